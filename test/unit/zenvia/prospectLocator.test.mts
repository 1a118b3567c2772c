import { afterEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { ZenviaSalesApi } from '../../../credentials/ZenviaSalesApi.credentials.ts';
import { resources } from '../../../nodes/ZenviaSales/resources/index.ts';
import { ZenviaSales } from '../../../nodes/ZenviaSales/ZenviaSales.node.ts';
import { run as runInEngine } from '../engine.mts';
import { answer, closeServers, serve } from '../server.mts';
import { propertyOf, type Reply, run as runNode, type RunOptions } from './context.mts';

afterEach(closeServers);

const idOf = (n: number) => String(n).padStart(24, 'a');
const by = (mode: string, value: unknown) => ({
	__rl: true as const,
	mode,
	value: value as string,
});

/** People of an account, as the search and the reading of one give them. */
interface Person {
	id: string;
	phones?: string[];
	emails?: string[];
	firstName?: string;
	status?: string;
}

const pathOf = ({ url }: IHttpRequestOptions) => url.replace('https://sales.zenvia.com/api/v1', '');

/** An account that finds exactly what it holds, and makes prospects of leads. */
function account(people: Person[]) {
	return async (request: IHttpRequestOptions): Promise<Reply> => {
		const path = pathOf(request);
		const { email, phoneNumber } = (request.qs ?? {}) as Record<string, string>;
		if (path === '/prospect-by') {
			const found = people.filter(
				({ phones = [], emails = [] }) =>
					phones.includes(phoneNumber ?? '') || emails.includes(email ?? ''),
			);
			return { body: found.map(({ id, phones }) => ({ _id: id, phones })) };
		}
		if (path === '/lead/retail') {
			// Who asks meanwhile does not find it yet.
			await new Promise((resolve) => setTimeout(resolve, 20));
			const { phones, emails } = request.body as Person;
			const person = { id: idOf(900 + people.length), phones, emails };
			people.push(person as Person);
			return { body: person };
		}
		const one = people.find(({ id }) => path === `/prospect/${id}`);
		if (one) return { body: { status: 'new', ...one } };
		return { body: [{ id: idOf(1), content: (request.body as IDataObject)?.content }] };
	};
}

const send = { resource: 'message', operation: 'send', channel: 'whatsapp', content: 'Hello' };

interface Options extends Partial<RunOptions> {
	people?: Person[];
	mode?: string;
	/** What each item names its prospect by. */
	values: unknown[];
	more?: IDataObject;
}

async function run({ people = [], mode = 'phone', values, more = {}, ...options }: Options) {
	const result = await runNode({
		parameters: { ...send, ...more },
		perItem: { prospectId: (index) => by(mode, values[index]) },
		items: values.map(() => ({ json: {} })),
		server: account(people),
		typeVersion: 1.2,
		...options,
	});
	const asked = result.requests.map((request) => `${request.method} ${pathOf(request)}`);
	const searched = result.requests
		.filter(({ url }) => url.endsWith('/prospect-by'))
		.map(({ qs }) => Object.values(qs as IDataObject)[0]);
	const sent = asked.filter((one) => one.includes('/messaging/'));
	return { ...result, asked, searched, sent, jsons: result.output.map(({ json }) => json) };
}

const to = (n: number) => `POST /prospect/${idOf(n)}/messaging/whatsapp`;

describe('a prospect by phone or e-mail', () => {
	it('is looked up once for all items that name it, and each item says by what', async () => {
		const people = [
			{ id: idOf(1), phones: ['+5511912345678'] },
			{ id: idOf(2), phones: ['+5511987654321'] },
		];
		const [one, same, other] = ['+55 11 91234-5678', '5511912345678', '+5511987654321'];
		const { sent, searched, output, error } = await run({
			people,
			values: [one, other, same, one],
		});
		expect(error).toBeUndefined();
		expect(searched.sort()).toEqual(['+5511912345678', '+5511987654321']);
		expect(sent).toEqual([to(1), to(2), to(1), to(1)]);
		expect(output.map(({ json, pairedItem }) => [json.matchedBy, pairedItem])).toEqual([
			['+5511912345678', { item: 0 }],
			['+5511987654321', { item: 1 }],
			['+5511912345678', { item: 2 }],
			['+5511912345678', { item: 3 }],
		]);
	});

	it.each([
		['a Brazilian number without its 9', '+5511987654321', ['+551187654321']],
		['a Brazilian number with it', '+551187654321', ['+5511987654321']],
		['a Mexican number with 1', '+525512345678', ['+5215512345678']],
		['an Argentine number with 15', '+5491145520371', ['+541145520371', '+54111545520371']],
	])('is found under %s', async (_, entered, twins) => {
		const last = twins.at(-1) ?? '';
		const { jsons, searched, sent } = await run({
			people: [{ id: idOf(1), phones: [last] }],
			values: [entered],
		});
		expect(searched).toEqual([entered, ...twins]);
		expect(sent).toEqual([to(1)]);
		expect(jsons[0]?.matchedBy).toBe(last);
	});

	it('is one person, whichever way items write the number', async () => {
		const { asked, sent } = await run({
			values: ['+5511987654321', '+551187654321'],
			more: { ifNotFound: 'create', newLeadSource: 'website' },
		});
		expect(asked.filter((one) => one === 'POST /lead/retail')).toHaveLength(1);
		expect(new Set(sent).size).toBe(1);
	});

	it('is looked up side by side with others', async () => {
		const people = [1, 2, 3].map((n) => ({ id: idOf(n), emails: [`p${n}@example.com`] }));
		const answers = account(people);
		let searches = 0;
		let comes = () => {};
		// The first search has its answer once the second has come.
		const second = new Promise<void>((resolve) => (comes = resolve));
		const { sent } = await run({
			mode: 'email',
			values: people.map(({ emails: [email] }) => email),
			server: async (request) => {
				if (pathOf(request) === '/prospect-by') {
					if (++searches === 2) comes();
					await second;
				}
				return await answers(request);
			},
		});
		expect(searches).toBe(3);
		expect(sent).toEqual([to(1), to(2), to(3)]);
	});

	it('by e-mail, whatever its case', async () => {
		const people = [{ id: idOf(1), emails: ['Ana@example.com'] }];
		const values = ['Ana@example.com', 'ana@EXAMPLE.com'];
		const { searched, sent, jsons } = await run({ people, mode: 'email', values });
		expect(searched).toEqual(['Ana@example.com']);
		expect(sent).toEqual([to(1), to(1)]);
		expect(jsons[0]?.matchedBy).toBe('Ana@example.com');
	});

	it('has the country that is chosen for numbers without one', async () => {
		const people = [{ id: idOf(1), phones: ['+5511987654321'] }];
		const values = ['(11) 98765-4321'];
		const { sent } = await run({ people, values, more: { prospectCountry: 'BR' } });
		expect(sent).toEqual([to(1)]);
		const without = await run({ people, values });
		expect(without.error?.message).toContain('\'Prospect\' holds "(11) 98765-4321"');
		expect(without.requests).toEqual([]);
	});

	it('is sent to in the order of the items, as one thing', async () => {
		const people = [{ id: idOf(1), phones: ['+5511987654321'] }];
		const order: string[] = [];
		const serving = account(people);
		await runNode({
			parameters: { ...send, prospectId: by('phone', '+5511987654321') },
			perItem: { content: (index) => `n${index}` },
			items: Array.from({ length: 5 }, () => ({ json: {} })),
			typeVersion: 1.2,
			server: async (request) => {
				const content = (request.body as IDataObject | undefined)?.content;
				if (content !== undefined) {
					await new Promise((resolve) => setTimeout(resolve, Math.random() * 10));
					order.push(String(content));
				}
				return await serving(request);
			},
		});
		expect(order).toEqual(['n0', 'n1', 'n2', 'n3', 'n4']);
	});
});

describe('several that match', () => {
	const phones = ['+5511987654321'];
	const several = (...statuses: string[]) =>
		statuses.map((status, n) => ({ id: idOf(n), phones, status, firstName: `Ana ${n}` }));

	it('are the one that is not archived', async () => {
		const { sent } = await run({ people: several('archived', 'new', 'archived'), values: phones });
		expect(sent).toEqual([to(1)]);
	});

	it.each([
		[
			['new', 'followUp'],
			['0', '1'],
		],
		[
			['archived', 'archived'],
			['0', '1'],
		],
		[
			['archived', 'new', 'unclaimed'],
			['1', '2'],
		],
	])('%j are refused with their ids and names, and nothing is sent', async (statuses, named) => {
		const { error, sent } = await run({
			people: [...several(...statuses), { id: idOf(9), phones: ['+5511911112222'] }],
			values: ['+5511911112222', ...phones],
		});
		const names = named.map((n) => `${idOf(Number(n))} (Ana ${n}`);
		for (const name of names) expect(error?.message).toContain(name);
		expect(error?.message).toContain(
			'\'Prospect\' is "+5511987654321", which several prospects have',
		);
		expect(error?.message).toContain('Choose one By ID.');
		expect(error?.description).toBe('Nothing has been sent.');
		expect(sent).toEqual([]);
	});

	it('fail only their own item where the node is set to continue', async () => {
		const people = [...several('new', 'new'), { id: idOf(9), phones: ['+5511911112222'] }];
		const values = ['+5511911112222', ...phones];
		const { sent, jsons } = await run({ people, values, continueOnFail: true });
		expect(sent).toEqual([to(9)]);
		expect(jsons[1]?.error).toContain('which several prospects have');
	});
});

describe('an agent by e-mail', () => {
	it('is none of two who have it', async () => {
		const email = 'ana@example.com';
		const agents = [1, 2].map((n) => ({ id: idOf(n), firstName: `Ana ${n}`, email }));
		const { error, requests } = await runNode({
			parameters: {
				...{ resource: 'agent', operation: 'isWorking' },
				agentId: by('email', email),
			},
			typeVersion: 1.2,
			server: () => ({ body: { agents, groups: [] } }),
		});
		expect(error?.message).toContain('\'Agent\' is "ana@example.com", which several agents have');
		for (const { id, firstName } of agents)
			expect(error?.message).toContain(`${id} (${firstName})`);
		expect(requests.map(pathOf)).toEqual(['/as-user/transfer']);
	});

	it('is called by the name of the field where it is none', async () => {
		const said = async (parameters: IDataObject) =>
			(await runNode({ parameters, typeVersion: 1.2 })).error?.message;
		const agent = { resource: 'agent', operation: 'isWorking', agentId: by('email', 'ana') };
		expect(await said(agent)).toContain('\'Agent\' is "ana", which is not a valid e-mail address');
		const transfer = { resource: 'prospect', operation: 'transfer', transferTo: 'user' };
		const user = { ...transfer, prospectId: idOf(7), userId: by('email', 'ana') };
		expect(await said(user)).toContain('\'User\' is "ana", which is not a valid e-mail address');
	});
});

describe('nobody found', () => {
	const values = ['+5511987654321', '+5511911112222', '+5511987654321'];
	const people = () => [{ id: idOf(1), phones: ['+5511911112222'] }];

	it('fails all rows before the first is sent', async () => {
		const { error, sent, searched } = await run({ people: people(), values });
		expect(error?.message).toContain(
			'\'Prospect\' is "+5511987654321", which no prospect has (items 0 and 2)',
		);
		expect(error?.description).toContain("choose in 'If Not Found' what to do. Nothing has been");
		expect(sent).toEqual([]);
		expect(searched).toHaveLength(3);
	});

	it('skips the item, and says why', async () => {
		const { sent, jsons, output } = await run({
			people: people(),
			values,
			more: { ifNotFound: 'skip' },
		});
		expect(sent).toEqual([to(1)]);
		const skipped = { skipped: true, reason: 'No prospect has "+5511987654321".' };
		expect([jsons[0], jsons[2]]).toEqual([skipped, skipped]);
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2].map((item) => ({ item })));
	});

	it('creates one lead for each, with its source', async () => {
		const { requests, sent, jsons } = await run({
			people: people(),
			values,
			more: { ifNotFound: 'create', newLeadSource: 'website' },
		});
		const bodies = requests
			.filter(({ url }) => url.endsWith('/lead/retail'))
			.map(({ body }) => body);
		expect(bodies).toEqual([{ utmSource: 'website', phones: ['+5511987654321'] }]);
		expect(sent.sort()).toEqual([to(1), to(901), to(901)].sort());
		expect(jsons.map(({ isNew, matchedBy }) => isNew ?? matchedBy)).toEqual([
			true,
			'+5511911112222',
			true,
		]);
	});

	it('creates one lead for all runs of the process that look at the same time', async () => {
		const all: Person[] = [];
		const server = account(all);
		const credential = { apiKey: 'shared-by-two-runs' };
		const more = { ifNotFound: 'create', newLeadSource: 'website' };
		const runs = await Promise.all(
			[1, 2, 3].map(async () => await run({ values, more, server, credential })),
		);
		expect(all.map(({ phones }) => phones)).toEqual([['+5511987654321'], ['+5511911112222']]);
		expect(new Set(runs.flatMap(({ sent }) => sent)).size).toBe(2);
		// Who looks later finds it, or makes it anew where it was deleted meanwhile.
		all.splice(0);
		await run({ values: ['+5511987654321'], more, server, credential });
		expect(all).toHaveLength(1);
	});

	it('wants a source for the leads that it creates', async () => {
		const { error, requests } = await run({ values, more: { ifNotFound: 'create' } });
		expect(error?.message).toContain("'Lead Source (UTM)' is empty");
		expect(requests).toEqual([]);
	});

	it('creates nothing where an operation wants a prospect that is there', async () => {
		const more = { operation: 'get', resource: 'prospect', ifNotFound: 'create' };
		const { error, requests } = await run({ values, more: { ...more, newLeadSource: 'x' } });
		expect(error?.message).toContain('\'If Not Found\' is "create" (items 0, 1 and 2)');
		expect(requests).toEqual([]);
	});
});

describe('what is said', () => {
	it('about all rows, before anything is looked up', async () => {
		const { error, requests } = await run({
			values: ['+5511987654321', 'n/a', '12', '', 'ana@example.com'],
		});
		for (const index of [1, 2, 3, 4]) expect(error?.message).toContain(`${index}`);
		expect(error?.message).toContain("'Prospect' is empty (item 3)");
		expect(requests).toEqual([]);
	});

	it('about a phone number without a country, by the field that could say it', async () => {
		const { error, requests } = await run({ values: ['+5511987654321', '11 98765-4321'] });
		expect(error?.message).toContain(
			"'Prospect' holds \"11 98765-4321\", which has no country code. Enter it with + and its country code, or choose its country in 'Country of Phone Number'.",
		);
		expect(requests).toEqual([]);
	});

	it('about what is no e-mail address', async () => {
		const { error, requests } = await run({ mode: 'email', values: ['ana'] });
		expect(error?.message).toContain('\'Prospect\' is "ana", which is not a valid e-mail address');
		expect(error?.message).toContain('Correct it, e.g. ana@example.com.');
		expect(requests).toEqual([]);
	});

	it('names the scope that the look-up needs, and asks no more', async () => {
		const values = Array.from({ length: 60 }, (_, n) => `+55119876543${String(n + 10)}`);
		const { error, requests } = await run({
			values,
			server: () => ({ status: 403, body: { message: 'Forbidden' } }),
		});
		expect(error?.description).toContain('Give the key the scope prospects:read in Zenvia.');
		expect(error?.description).toContain('Nothing has been sent.');
		expect(requests.length).toBeLessThanOrEqual(10);
	});
});

describe('a prospect by ID', () => {
	it.each([
		[1, idOf(7)],
		[1.1, idOf(7)],
		[1.2, idOf(7)],
		[1.2, by('id', idOf(7))],
		[1.2, by('list', idOf(7))],
	])('in version %p as %j needs no look-up', async (typeVersion, prospectId) => {
		const { requests, error } = await runNode({ parameters: { ...send, prospectId }, typeVersion });
		expect(error).toBeUndefined();
		expect(requests.map(pathOf)).toEqual([`/prospect/${idOf(7)}/messaging/whatsapp`]);
	});

	it('is called by the name that its version shows', async () => {
		const said = async (typeVersion: number) =>
			(await runNode({ parameters: { ...send, prospectId: '7' }, typeVersion })).error?.message;
		expect(await said(1.1)).toContain("'Prospect ID' has 1 characters");
		expect(await said(1.2)).toContain("'Prospect' has 1 characters");
	});

	it.each(['interaction', 'quote'])(
		'cannot be combined with a filter of the account, which is told by no name of another version: %s',
		async (resource) => {
			const parameters = { resource, operation: 'getAll', filters: { after: idOf(1) } };
			for (const [typeVersion, prospectId] of [
				[1.1, idOf(7)],
				[1.2, by('id', idOf(7))],
			] as const) {
				const { error } = await runNode({ parameters: { ...parameters, prospectId }, typeVersion });
				expect(error?.message).toMatch(/ Remove (it|them), or choose no prospect\.$/);
			}
		},
	);

	it('is a locator wherever a prospect is meant', () => {
		const meant = resources.flatMap(({ value, operations }) =>
			operations
				.filter(({ fields }) => fields.some(({ name }) => name === 'prospectId'))
				.map((operation) => propertyOf(value, operation.value, 'prospectId')),
		);
		expect(meant.length).toBeGreaterThan(20);
		for (const property of meant) {
			expect(property?.type).toBe('resourceLocator');
			expect(property?.modes?.map(({ name }) => name)).toEqual(['list', 'phone', 'email', 'id']);
		}
	});
});

describe("n8n's Retry On Fail", () => {
	it('neither looks up nor creates once more what it did in the first try', async () => {
		let refusals = 1;
		const server = await serve((received, response, request) => {
			if (received.path === '/prospect-by') return [];
			if (received.path === '/lead/retail') return { id: idOf(3) };
			if (refusals-- > 0) return answer(400, { message: 'No' })(received, response, request);
			return [{ id: idOf(1) }];
		});
		const { error, items } = await runInEngine(
			{ node: new ZenviaSales(), credential: new ZenviaSalesApi() },
			{
				typeVersion: 1.2,
				parameters: {
					...send,
					prospectId: by('phone', '+12025550123'),
					ifNotFound: 'create',
					newLeadSource: 'website',
				},
				credential: { apiKey: 'retried-key', environment: 'custom', baseUrl: server.url },
				maxTries: 3,
			},
		);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.isNew)).toEqual([true]);
		expect(server.received.map(({ path }) => path)).toEqual([
			'/prospect-by',
			'/lead/retail',
			`/prospect/${idOf(3)}/messaging/whatsapp`,
			`/prospect/${idOf(3)}/messaging/whatsapp`,
		]);
	});
});

describe('an AI agent’s word for nothing', () => {
	it.each([
		['email', 'null'],
		['email', '""'],
		['phone', 'N/A'],
		['id', 'None'],
	])('in place of a prospect whose list is asked for is none: %s %s', async (mode, value) => {
		const server = await serve(() => []);
		const { items } = await runInEngine(
			{ node: new ZenviaSales(), credential: new ZenviaSalesApi() },
			{
				typeVersion: 1.2,
				asTool: true,
				parameters: { resource: 'quote', operation: 'getAll', prospectId: by(mode, value) },
				credential: { apiKey: 'key-of-an-agent', environment: 'custom', baseUrl: server.url },
			},
		);
		expect(JSON.stringify(items)).not.toContain('error');
		expect(server.received.map(({ path }) => path)).toEqual(['/prospects/quotes']);
	});
});

it.each([{}, [{}], [{ id: null }], { found: false }])(
	'%j is an answer about nobody, and no prospect without an ID',
	async (body) => {
		const server = await serve(() => body);
		const { error } = await runInEngine(
			{ node: new ZenviaSales(), credential: new ZenviaSalesApi() },
			{
				typeVersion: 1.2,
				parameters: {
					...{ resource: 'prospect', operation: 'delete' },
					prospectId: by('email', 'ana@example.com'),
				},
				credential: { apiKey: 'key-of-nobody', environment: 'custom', baseUrl: server.url },
			},
		);
		expect(error?.message).toContain('is "ana@example.com", which no prospect has');
		expect(server.received.map(({ path }) => path)).toEqual(['/prospect-by']);
	},
);
