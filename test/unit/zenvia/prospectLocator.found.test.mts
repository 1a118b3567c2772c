import { afterEach, describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { ZenviaSalesApi } from '../../../credentials/ZenviaSalesApi.credentials.ts';
import { resources } from '../../../nodes/ZenviaSales/resources/index.ts';
import { ZenviaSales } from '../../../nodes/ZenviaSales/ZenviaSales.node.ts';
import { run as runInEngine } from '../engine.mts';
import { answer, closeServers, serve } from '../server.mts';
import { propertyOf, run as runNode } from './context.mts';
import { idOf, by, pathOf, account, send, run, to } from './prospectLocator.setup.mts';

afterEach(closeServers);

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
