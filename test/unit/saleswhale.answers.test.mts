import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INodeParameters, NodeExecutionHint } from 'n8n-workflow';
import { SaleswhaleApi } from '../../credentials/SaleswhaleApi.credentials.ts';
import { Saleswhale } from '../../nodes/Saleswhale/Saleswhale.node.ts';
import { hurry, run, type RunOptions } from './engine.mts';
import { answer, closeServers, type Handler, serve } from './server.mts';

let calm = () => {};
beforeEach(() => {
	calm = hurry();
});
afterEach(async () => {
	calm();
	await closeServers();
});

const picked = (value: string) => ({ __rl: true, mode: 'id', value });
const lead = picked('7');
const ada = { firstName: 'Ada', email: 'ada@example.com' };

/** Runs an operation against a server that gives one answer, whatever is asked. */
async function ask(
	name: string,
	parameters: INodeParameters,
	handler: Handler,
	more: Partial<RunOptions> = {},
) {
	const server = await serve(handler);
	const [resource = '', operation = ''] = name.split('.');
	const result = await run(
		{ node: new Saleswhale(), credential: new SaleswhaleApi() },
		{
			typeVersion: 1.1,
			parameters: { resource, operation, ...parameters },
			credential: { apiKey: 'the-key', baseUrl: server.url, requestsPerSecond: 0 },
			...more,
		},
	);
	return { ...result, asked: server.received.length };
}

const refusal = (message: unknown, status = 'unprocessable_entity') => ({
	errors: [{ id: 'ff', message, status }],
});

describe('an answer that holds nothing but errors', () => {
	const ongoing = 'Lead 7 has an ongoing conversation.';

	// SEED, Delete a Lead: "Any errors will be returned as an object", under whichever code.
	it('is no success of a lead that was not deleted', async () => {
		const { items, error } = await ask(
			'lead.delete',
			{ leadId: lead },
			answer(200, refusal(ongoing)),
		);
		expect(items).toEqual([]);
		expect(error?.message).toBe(`Saleswhale says: ${ongoing}`);
		expect(error?.description).toContain('Switch on Force');
	});

	it.each<[name: string, parameters: INodeParameters]>([
		['team.get', {}],
		['lead.create', ada],
		['lead.getConversations', { leadId: lead }],
		['enrolment.create', { campaignId: picked('5'), leadId: lead }],
		['conversation.getAll', { returnAll: true }],
		['customApiCall.send', { method: 'DELETE', path: '/leads/7' }],
		['customApiCall.getAll', { path: '/conversations' }],
	])(
		'is a refusal in the words of the vendor, and nothing is done: %s',
		async (name, parameters) => {
			const { items, error } = await ask(name, parameters, answer(200, refusal(ongoing)));
			expect(items).toEqual([]);
			expect(error?.message).toBe(`Saleswhale says: ${ongoing}`);
			expect(error?.description).not.toContain('may have worked');
		},
	);

	it('says by its status that the key is not accepted', async () => {
		const body = refusal('Your API key is invalid', 'unauthorized');
		const { error } = await ask('team.get', {}, answer(200, body));
		expect(error?.description).toContain('Open the credential');
	});

	it('is not one where there are none, or something else beside them', async () => {
		const body = { lead: { id: 7 }, errors: ['Owner was ignored'] };
		expect((await ask('lead.get', { leadId: lead }, answer(200, body))).error).toBeUndefined();
		const none = await ask('lead.delete', { leadId: lead }, answer(200, { errors: [] }));
		expect(none.items.map(({ json }) => json)).toEqual([{ deleted: true }]);
	});
});

describe('the words of a refusal', () => {
	it.each<[what: string, body: object, said: string]>([
		['a message', refusal('Lead 7 does not exist.'), 'Lead 7 does not exist.'],
		['a detail', { errors: [{ detail: 'Lead 7 does not exist.' }] }, 'Lead 7 does not exist.'],
		['texts', { errors: ['First.', 'Second.'] }, 'First. Second.'],
		['a text', { error: 'Lead 7 does not exist.' }, 'Lead 7 does not exist.'],
		['texts by field', { errors: { email: ['is invalid', 'is short'] } }, 'email is invalid'],
	])('are told: %s', async (_, body, said) => {
		const { error } = await ask('lead.get', { leadId: lead }, answer(422, body));
		expect(error?.message).toContain(`Saleswhale says: ${said}`);
	});

	it.each([[null], [{ code: 7 }], ['']])('are not made of %j', async (message) => {
		const { error } = await ask('lead.get', { leadId: lead }, answer(422, refusal(message)));
		expect(error?.message).toBe('Saleswhale answered that it does not accept these values');
	});

	it.each([
		refusal('Email has already been taken'),
		refusal('Duplicated record'),
		refusal('Lead already exists'),
		{ errors: { email: ['has already been taken'] } },
	])('tell that a lead is there: %j', async (body) => {
		const { items } = await ask('lead.create', { ...ada, ifExists: 'skip' }, answer(422, body));
		expect(items.map(({ json }) => json)).toEqual([
			{ skipped: true, reason: 'There is a lead with "ada@example.com".' },
		]);
	});

	it.each([
		['Force', 'Lead 7 has an ongoing conversation.', { method: 'DELETE', path: '/leads/7' }],
		['If It Exists', 'Email has already been taken', { method: 'POST', path: '/leads' }],
	])('name no field that a call of one’s own lacks: %s', async (field, said, call) => {
		const { error } = await ask('customApiCall.send', call, answer(422, refusal(said)));
		expect(error?.message).toBe(`Saleswhale says: ${said}`);
		expect(error?.description).not.toContain(field);
	});
});

// SUP 115003646334, and an older copy of SEED: "409 Time Out Error: Your session timed out."
describe('a session that timed out', () => {
	const timedOut = answer(409, refusal('Your session timed out.', 'conflict'));

	it('is asked again where that does no harm', async () => {
		let count = 0;
		const handler: Handler = (...given) =>
			count++ === 0 ? timedOut(...given) : { lead: { id: 7, email: 'ada@example.com' } };
		const { items, asked } = await ask('lead.get', { leadId: lead }, handler);
		expect(items.map(({ json }) => json.id)).toEqual([7]);
		expect(asked).toBe(2);
	});

	it('leaves open whether a lead was created, which is said and not tried again', async () => {
		const { error, asked } = await ask('lead.create', ada, timedOut);
		expect(asked).toBe(1);
		expect(error?.message).toBe('Saleswhale says: Your session timed out.');
		expect(error?.description).toContain('This may have worked. Look for lead ada@example.com');
	});
});

describe('a list whose answer says of its pages', () => {
	const meta = (page: number) => ({ current_page: page, total_pages: 3, total_count: 3 });
	const texts = (page: number) => ({ next_page: page < 3 ? `${page + 1}` : '', total_pages: '3' });

	it.each<[string, (page: number) => object]>([
		['numbers as texts', texts],
		['how many there are, and not which is next', meta],
	])('%s, is read to its end', async (_, metaOf) => {
		const handler: Handler = ({ query }) => {
			const page = Number(query.get('page'));
			return { conversations: [{ id: page }], meta: metaOf(page) };
		};
		const { items, asked } = await ask('conversation.getAll', { returnAll: true }, handler);
		expect(items.map(({ json }) => json.id)).toEqual([1, 2, 3]);
		expect(asked).toBe(3);
	});

	it('that there is no next one, ends there', async () => {
		const handler: Handler = () => ({
			conversations: [{ id: 1 }],
			meta: { ...meta(1), next_page: null },
		});
		expect((await ask('conversation.getAll', { returnAll: true }, handler)).asked).toBe(1);
	});
});

describe('the conversations of a lead', () => {
	const get = async (body: unknown) =>
		await ask('lead.getConversations', { leadId: lead }, answer(200, body));
	const one = { id: 9, status: 'qualified' };

	it.each([
		[{ conversation: one }, [one]],
		[{ conversations: [one, one] }, [one, one]],
		[[one], [one]],
		[{ conversation: null }, []],
		[{ conversations: [] }, []],
		[{}, []],
	])('are those of %j', async (body, expected) => {
		const { items, error } = await get(body);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json)).toEqual(expected);
	});

	it.each([[{ data: [one] }], [{ lead: { id: 7 } }], [{ conversation: 'none' }]])(
		'are not none where the answer tells of something else: %j',
		async (body) => {
			expect((await get(body)).error?.message).toContain('The answer holds no "conversation"');
		},
	);
});

describe('Fail If Saleswhale Rejects', () => {
	const enrol = async (enrolment: object) =>
		await ask(
			'enrolment.create',
			{ campaignId: picked('5'), leadId: lead, options: { failOnInvalidated: true } },
			answer(201, { enrolment: { id: 1, ...enrolment } }),
		);

	it.each([
		[{ state: 'invalidated', status: 'error', errors: ['Lead already engaged', 'Was in it'] }],
		[{ state: 'invalidated', status: 'error', errors: 'Lead already engaged; Was in it' }],
		[{ status: 'error', errors: ['Lead already engaged', 'Was in it'] }],
	])('fails the item, and tells the reasons: %j', async (enrolment) => {
		const { error } = await enrol(enrolment);
		expect(error?.message).toContain('was invalidated: Lead already engaged; Was in it.');
	});

	it.each([[null], [[]], ['']])('says that there is none where they are %j', async (errors) => {
		const { error } = await enrol({ state: 'invalidated', errors });
		expect(error?.message).toContain('no reason was given');
	});

	it.each([
		[{ state: 'pending', status: 'error' }],
		[{ state: 'processed', status: 'processed' }],
		[{ status: 'processed' }],
	])('lets %j by', async (enrolment) => {
		expect((await enrol(enrolment)).error).toBeUndefined();
	});
});

describe('what came and is not what was asked for is said above the output', () => {
	const rows = { items: [0, 1, 2, 3, 4, 5].map((n) => ({ id: 40 + n })) };
	const said = ({ hints }: { hints: NodeExecutionHint[] }) => hints.map(({ message }) => message);

	it('of enrolments that were rejected', async () => {
		const handler: Handler = ({ body }) => {
			const { lead_id: id } = (body as { enrolment: { lead_id: string } }).enrolment;
			return { enrolment: { id: 1, state: Number(id) % 2 ? 'processed' : 'invalidated' } };
		};
		const form = { campaignId: picked('5'), leadId: picked('={{ $json.id }}') };
		const result = await ask('enrolment.create', form, handler, rows);
		expect(result.error).toBeUndefined();
		expect(said(result)).toEqual([
			'Saleswhale rejected the enrolment, so no conversation begins: its item has the reasons (items 0, 2 and 4).',
		]);
		const dry = { ...form, options: { dryRun: true } };
		const told = said(await ask('enrolment.create', dry, handler, rows));
		expect(told.join()).not.toContain('rejected');
	});

	it.each([
		['lead.create', { ...ada, additionalFields: { leadOwnerId: picked('4421') } }],
		['lead.update', { leadId: lead, updateFields: { leadOwnerId: picked('4421') } }],
	])('of lead owners that were not kept: %s', async (name, form) => {
		const owned = (id: number) => answer(200, { lead: { id: 7, lead_owner: { id } } });
		const dropped = await ask(name, form as INodeParameters, owned(4430));
		expect(said(dropped)).toEqual([
			'Saleswhale did not keep the lead owner: see &#39;warning&#39; (item 0).',
		]);
		expect(said(await ask(name, form as INodeParameters, owned(4421)))).toEqual([]);
	});
});
