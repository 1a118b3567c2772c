import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SavedCredential } from '../../dev/n8n/workflow.mts';
import convertalk, { type Convertalk } from '../../dev/simulators/convertalk.mts';
import { type Simulator, startSimulator } from '../../dev/simulators/simulator.mts';
import { resources } from '../../nodes/Convertalk/resources/index.ts';
import { type NodeResult, startTestN8n, type TestN8n } from './harness.mts';

const token = 'token-that-nobody-may-see';

let sim: Simulator<Convertalk>;
let test: TestN8n;
let credential: SavedCredential;
let data: Record<string, unknown>;

beforeAll(async () => {
	sim = await startSimulator(convertalk({ token, pageSize: 4 }));
	test = await startTestN8n();
	data = {
		token,
		botId: 'bot-1',
		customerId: 'customer-1',
		authentication: 'tokenHeaders',
		baseUrl: sim.url,
	};
	credential = await test.credential('convertalkApi', data);
});

afterAll(async () => {
	await test?.close();
	await sim?.close();
});

beforeEach(() => sim.reset());

type Run = Partial<Parameters<TestN8n['runNode']>[0]>;

const run = async (resource: string, operation: string, parameters: object = {}, more: Run = {}) =>
	await test.runNode({
		node: 'convertalk',
		parameters: { resource, operation, ...parameters },
		credential,
		...more,
	});

const jsons = ({ items, error }: NodeResult) => {
	if (error) throw new Error(`${error.message} ${error.description}`);
	return items.map(({ json }) => json);
};

const upsert = {
	uuid: 'uuid-1',
	fields: {
		agentId: 'agent-1',
		name: 'Nathan Smith',
		email: 'nathan@example.com',
		dialCode: '+55',
		phone: '11987654321',
		picture: 'https://example.com/nathan.png',
		status: 'INPROGRESS',
	},
	tags: 'customer, newsletter',
	notes: { note: [{ title: 'Demo booked', description: 'Tuesday at 10' }] },
	attributes: { attribute: [{ key: 'plan', value: 'Pro' }] },
};

/** One call of each operation: its parameters, and what comes of it. */
const cases: Record<string, () => [object, object[]]> = {
	'lead.upsert': () => [upsert, [{ uuid: 'uuid-1', success: true }]],
	'lead.getAll': () => {
		const leads = sim.vendor.leads.addMany(10);
		return [
			{ type: 'lead', returnAll: true },
			leads.map(({ uuid }) => ({ uuid, type: 'lead' })),
		];
	},
	'contact.search': () => {
		const [lead] = sim.vendor.leads.addMany(6);
		return [
			{ returnAll: true, filters: { searchText: 'lead1@', createdAfter: '2020-01-01T00:00:00Z' } },
			[{ _id: lead?._id, isContact: true }],
		];
	},
};

const operations = resources.flatMap(({ value, operations: list }) =>
	list.map((operation) => `${value}.${operation.value}`),
);

describe('Convertalk in n8n', () => {
	it('has a case here for each operation', () => {
		expect(Object.keys(cases).sort()).toEqual([...operations].sort());
	});

	it.each(operations)('runs %s with either authentication, within the contract', async (name) => {
		const [resource = '', operation = ''] = name.split('.');
		for (const authentication of ['tokenHeaders', 'bearer']) {
			sim.reset();
			const [parameters, expected] = cases[name]?.() ?? [];
			const used = await test.credential('convertalkApi', { ...data, authentication });
			const answers = jsons(await run(resource, operation, parameters, { credential: used }));
			expect(answers).toHaveLength(expected?.length ?? 0);
			expect(answers).toEqual(
				expect.arrayContaining((expected ?? []).map((one) => expect.objectContaining(one))),
			);
			expect(sim.requests.map(({ operationId }) => operationId)).toContain(name);
			expect(sim.violations()).toEqual([]);
		}
	});

	it('works whichever of the two token headers the server reads', async () => {
		for (const reads of ['x-bp-token', 'x-bot-token'] as const) {
			const other = await startSimulator(convertalk({ token, reads }));
			try {
				other.vendor.leads.addMany(1);
				const used = await test.credential('convertalkApi', { ...data, baseUrl: other.url });
				jsons(await run('lead', 'upsert', { uuid: 'uuid-1' }, { credential: used }));
				expect(jsons(await run('lead', 'getAll', {}, { credential: used }))).toHaveLength(1);
			} finally {
				await other.close();
			}
		}
	});

	it('sends lists as lists, from rows and from JSON', async () => {
		const asJson = {
			...upsert,
			specifyLists: 'json',
			tags: '={{ $json.tags }}',
			notes: '={{ $json.notes }}',
			attributes: '={{ JSON.stringify($json.attributes) }}',
		};
		const item = {
			tags: ['customer', 'newsletter'],
			notes: [{ title: 'Demo booked', description: 'Tuesday at 10' }],
			attributes: [{ key: 'plan', value: 'Pro' }],
		};
		jsons(await run('lead', 'upsert', upsert));
		jsons(await run('lead', 'upsert', asJson, { items: [item] }));
		const [rows, json] = sim.requests.map(({ body }) => body);
		expect(rows).toEqual({
			...upsert.fields,
			...item,
			uuid: 'uuid-1',
			botId: 'bot-1',
			customerId: 'customer-1',
		});
		expect(json).toEqual(rows);
		expect(sim.violations()).toEqual([]);
	});

	it('keeps the order of items that write the same lead', async () => {
		const statuses = ['OPEN', 'REVIEW', 'ONHOLD', 'INPROGRESS', 'CLOSED', 'OPEN', 'DEPENDANCY'];
		const parameters = { uuid: 'uuid-1', fields: { status: '={{ $json.status }}' } };
		const items = statuses.map((status) => ({ status }));
		jsons(await run('lead', 'upsert', parameters, { items }));
		expect(sim.requests.map(({ body }) => (body as { status: string }).status)).toEqual(statuses);
	});

	it('reads leads and other chats, and says which is which', async () => {
		sim.vendor.leads.addMany(5);
		sim.vendor.actions.startChats?.({ count: 2 });
		const types = async (parameters: object) =>
			jsons(await run('lead', 'getAll', parameters)).map(({ type }) => type);
		expect(await types({ type: 'both', returnAll: true })).toEqual([
			...Array<string>(5).fill('lead'),
			...Array<string>(2).fill('nonLead'),
		]);
		expect(await types({ type: 'nonLead', returnAll: true })).toHaveLength(2);
		sim.reset();
		sim.vendor.leads.addMany(9);
		expect(await types({ type: 'lead', limit: 4 })).toHaveLength(4);
		expect(sim.requests).toHaveLength(1);
	});

	it('ends a list whose pages repeat, with a sentence', async () => {
		sim.vendor.leads.addMany(9);
		const { leads } = sim.vendor;
		const first = leads.page('lead', 1);
		leads.page = () => first;
		const { error } = await run('lead', 'getAll', { returnAll: true });
		expect(error?.message).toBe('Page 2 holds the same records as the page before it');
		expect(sim.requests).toHaveLength(2);
	});
});

describe('a wrong credential', () => {
	it.each(['token', 'botId', 'customerId'])('says what to check when %s is wrong', async (field) => {
		const wrong = { ...data, [field]: 'wrong' };
		const used = await test.credential('convertalkApi', wrong);
		const { error } = await run('lead', 'getAll', {}, { credential: used });
		expect(error?.message).toBe('Convertalk says: Unauthorized');
		expect(error?.description).toContain('check Token, Bot ID and Customer ID');
		const tested = await test.n8n.testCredential(credential, wrong);
		expect(tested.status).toBe('Error');
		expect(tested.message).toContain('this token for this bot and customer');
	});

	it('passes its test when it is right', async () => {
		for (const authentication of ['tokenHeaders', 'bearer']) {
			const { status } = await test.n8n.testCredential(credential, { ...data, authentication });
			expect(status).toBe('OK');
		}
	});

	it('shows the token nowhere', async () => {
		const { execution } = await run('contact', 'search', { filters: { searchText: 'x' } });
		sim.setFault(() => ({
			kind: 'answer',
			when: 'before',
			answer: { status: 400, body: { data: [`no such token ${token}`, 'page is wrong'] } },
		}));
		const refused = await run('lead', 'getAll');
		sim.setFault(undefined);
		expect(refused.error?.message).toBe('Convertalk says: no such token [hidden]; page is wrong');
		expect(JSON.stringify([execution.raw, refused.execution.raw])).not.toContain(token);
	});
});

describe('bad input', () => {
	const cases: Array<[string, object, string]> = [
		['no uuid', { uuid: "={{ '' }}" }, 'UUID is empty'],
		['no uuid in the form', { uuid: '' }, '"UUID" is required'],
		['a status that is none', { uuid: 'u', fields: { status: '={{ "DONE" }}' } }, 'Status is "DONE"'],
		[
			'a picture that is no web address',
			{ uuid: 'u', fields: { picture: 'ftp://example.com/a.png' } },
			'Picture is "ftp://example.com/a.png", which is no http or https address',
		],
		[
			'an attribute without a key',
			{ uuid: 'u', attributes: { attribute: [{ key: "={{ '' }}", value: 'Pro' }] } },
			'Attribute Key is empty',
		],
		[
			'the same in JSON',
			{ uuid: 'u', specifyLists: 'json', attributes: '[{"value": "Pro"}]' },
			'Attribute Key is empty',
		],
		[
			'attributes as one object',
			{ uuid: 'u', specifyLists: 'json', attributes: '={{ { plan: "Pro" } }}' },
			'Attributes is no list of rows',
		],
		['broken JSON', { uuid: 'u', specifyLists: 'json', notes: '[{' }, 'Notes is not valid JSON'],
		[
			'a dial code without its plus sign',
			{ uuid: 'u', fields: { dialCode: '55' } },
			'Dial Code is "55", which is no dial code with its plus sign',
		],
	];

	it.each(cases)('%s is told in a sentence, before anything is sent', async (_, parameters, said) => {
		const { error } = await run('lead', 'upsert', parameters);
		expect(error?.message).toContain(said);
		expect(sim.requests).toEqual([]);
	});

	it('fails its own item only, where the node goes on', async () => {
		const parameters = { uuid: '={{ $json.uuid }}' };
		const items = [{ uuid: 'u-1' }, { uuid: '' }, { uuid: 'u-3' }];
		const result = await run('lead', 'upsert', parameters, { items, onError: 'continueRegularOutput' });
		expect(jsons(result)).toEqual([
			{ uuid: 'u-1', success: true },
			expect.objectContaining({ error: expect.stringContaining('UUID is empty') }),
			{ uuid: 'u-3', success: true },
		]);
	});
});
