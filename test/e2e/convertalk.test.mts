import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import convertalk from '../../dev/vendors/convertalk/simulator/index.mts';
import { startSimulator } from '../../dev/kit/simulator.mts';
import { resources } from '../../nodes/Convertalk/resources/index.ts';
import { jsons, token, Setup } from './convertalk.setup.mts';
import { expectSameRecords } from './listFile.mts';
import { does } from '../../dev/n8n/changes.mts';

let setup: Setup;

beforeAll(async () => (setup = await Setup.start(4)));
afterAll(async () => await setup?.close());
beforeEach(() => setup.sim.reset());

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
		const leads = setup.sim.vendor.leads.addMany(10);
		return [{ type: 'lead', returnAll: true }, leads.map(({ uuid }) => ({ uuid, type: 'lead' }))];
	},
	'contact.search': () => {
		const [lead] = setup.sim.vendor.leads.addMany(6);
		return [
			{ returnAll: true, filters: { searchText: 'lead1@', createdAfter: '2020-01-01T00:00:00Z' } },
			[{ _id: lead?._id, isContact: true }],
		];
	},
	'customApiCall.send': () => [
		{
			method: 'PUT',
			path: '/inbox/direct/lead',
			body: { uuid: 'uuid-1', name: 'Nathan' },
		},
		[{ success: true }],
	],
	'customApiCall.getAll': () => {
		const leads = setup.sim.vendor.leads.addMany(10);
		const parameter = [{ name: 'type', value: 'lead' }];
		return [
			{ path: '/inbox/direct/chats', query: { parameter }, returnAll: true },
			leads.map(({ uuid }) => ({ uuid })),
		];
	},
};

/** What the calls of no operation of the node's ask. */
const asked: Record<string, string> = {
	'customApiCall.send': 'lead.upsert',
	'customApiCall.getAll': 'lead.getAll',
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
			setup.sim.reset();
			const [parameters, expected] = cases[name]?.() ?? [];
			const used = await setup.credentialWith({ authentication });
			const answers = jsons(await setup.run(resource, operation, parameters, { credential: used }));
			expect(answers).toHaveLength(expected?.length ?? 0);
			expect(answers).toEqual(
				expect.arrayContaining((expected ?? []).map((one) => expect.objectContaining(one))),
			);
			expect(setup.sim.requests.map(({ operationId }) => operationId)).toContain(
				asked[name] ?? name,
			);
			expect(setup.sim.violations()).toEqual([]);
		}
	});

	it('works whichever of the two token headers the server reads', async () => {
		for (const reads of ['x-bp-token', 'x-bot-token'] as const) {
			const other = await startSimulator(convertalk({ token, reads }));
			try {
				other.vendor.leads.addMany(1);
				const used = await setup.credentialWith({ baseUrl: other.url });
				const named = { uuid: 'uuid-1', fields: { name: 'Ana' } };
				jsons(await setup.run('lead', 'upsert', named, { credential: used }));
				expect(jsons(await setup.run('lead', 'getAll', {}, { credential: used }))).toHaveLength(1);
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
		jsons(await setup.run('lead', 'upsert', upsert));
		jsons(await setup.run('lead', 'upsert', asJson, { items: [item] }));
		const [rows, json] = setup.sim.requests.map(({ body }) => body);
		expect(rows).toEqual({
			...upsert.fields,
			...item,
			uuid: 'uuid-1',
			botId: 'bot-1',
			customerId: 'customer-1',
		});
		expect(json).toEqual(rows);
		expect(setup.sim.violations()).toEqual([]);
	});

	it('keeps the order of items that write the same lead', async () => {
		const statuses = ['OPEN', 'REVIEW', 'ONHOLD', 'INPROGRESS', 'CLOSED', 'OPEN', 'DEPENDANCY'];
		const parameters = { uuid: 'uuid-1', fields: { status: '={{ $json.status }}' } };
		const items = statuses.map((status) => ({ status }));
		jsons(await setup.run('lead', 'upsert', parameters, { items }));
		expect(setup.sim.requests.map(({ body }) => (body as { status: string }).status)).toEqual(
			statuses,
		);
	});

	it('writes to the lead that has an e-mail or a phone', async () => {
		const { leads } = setup.sim.vendor;
		const [first, second] = leads.addMany(6);
		leads.change(second?.uuid ?? '', ({ profile }) => {
			profile.userDetails.contact.phone = { number: '011987654321', prefix: '55' };
		});
		const fields = { name: 'New' };
		const byEmail = { matchBy: 'email', matchEmail: 'LEAD1@example.com', fields };
		const byPhone = { matchBy: 'phone', matchPhone: '+55 11 98765-4321', fields };
		const [one] = jsons(await setup.run('lead', 'upsert', byEmail));
		const [two] = jsons(await setup.run('lead', 'upsert', byPhone));
		expect([one?.uuid, two?.uuid]).toEqual([first?.uuid, second?.uuid]);
		const { error } = await setup.run('lead', 'upsert', { ...byEmail, matchEmail: 'no@x.org' });
		expect(error?.message).toContain('\'Email to Match\' is "no@x.org", which no lead has');
		expect(leads.byUuid.size).toBe(6);
		expect(setup.sim.violations()).toEqual([]);
	});

	it('skips whom nobody has, and writes to none of several', async () => {
		const { leads } = setup.sim.vendor;
		const [lead] = leads.addMany(1);
		const twins = ['Ana', 'Bea'].map((name) => leads.add({ name, email: 'twin@example.com' }));
		const parameters = {
			...{ matchBy: 'email', matchEmail: '={{ $json.email }}', ifNotFound: 'skip' },
			fields: { name: 'New' },
		};
		const row = (email: string) => ({ email });
		const items = ['lead1@example.com', 'no@x.org'].map(row);
		expect(jsons(await setup.run('lead', 'upsert', parameters, { items }))).toEqual([
			{ uuid: lead?.uuid, matchedBy: 'lead1@example.com', success: true },
			{ skipped: true, reason: expect.stringContaining('No lead has "no@x.org".') },
		]);
		const writes = () => setup.sim.requests.filter(({ method }) => method === 'PUT').length;
		const several = { items: ['lead1@example.com', 'twin@example.com'].map(row) };
		const { error } = await setup.run('lead', 'upsert', parameters, several);
		for (const { uuid } of twins) expect(error?.message).toContain(uuid);
		expect(writes()).toBe(1);
	});

	it('reads leads and other chats, and says which is which', async () => {
		setup.sim.vendor.leads.addMany(5);
		setup.sim.vendor.actions.startChats?.({ count: 2 });
		const types = async (parameters: object) =>
			jsons(await setup.run('lead', 'getAll', parameters)).map(({ type }) => type);
		expect(await types({ type: 'both', returnAll: true })).toEqual([
			...Array<string>(5).fill('lead'),
			...Array<string>(2).fill('nonLead'),
		]);
		expect(await types({ type: 'nonLead', returnAll: true })).toHaveLength(2);
		setup.sim.reset();
		setup.sim.vendor.leads.addMany(9);
		expect(await types({ type: 'lead', limit: 4 })).toHaveLength(4);
		expect(setup.sim.requests).toHaveLength(1);
	});

	it('gives the same chats as a file', async () => {
		setup.sim.vendor.leads.addMany(9);
		setup.sim.vendor.actions.startChats?.({ count: 2 });
		const { tested, credential } = setup;
		const parameters = { resource: 'lead', operation: 'getAll', type: 'both' };
		const count = await expectSameRecords(tested, { node: 'convertalk', parameters, credential });
		expect(count).toBe(11);
	});

	it('ends a list whose pages repeat, with a sentence', async () => {
		setup.sim.vendor.leads.addMany(9);
		const { leads } = setup.sim.vendor;
		const first = leads.page('lead', 1);
		leads.page = () => first;
		const { error } = await setup.run('lead', 'getAll', { returnAll: true });
		expect(error?.message).toBe('Page 3 holds the same records as the page before it');
		expect(setup.sim.requests).toHaveLength(3);
	});
});

describe('a wrong credential', () => {
	it.each(['token', 'botId', 'customerId'])(
		'says what to check when %s is wrong',
		async (field) => {
			const wrong = { ...setup.data, [field]: 'wrong' };
			const used = await setup.credentialWith(wrong);
			const { error } = await setup.run('lead', 'getAll', {}, { credential: used });
			expect(error?.message).toBe('Convertalk says: Unauthorized');
			expect(error?.description).toContain('check Token, Bot ID and Customer ID');
			const tested = await setup.tested.n8n.testCredential(setup.credential, wrong);
			expect(tested.status).toBe('Error');
			const said = does('saysWhyCredentialsFail')
				? 'this token for this bot and customer'
				: 'check your credentials';
			expect(tested.message).toContain(said);
		},
	);

	it('passes its test when it is right', async () => {
		for (const authentication of ['tokenHeaders', 'bearer']) {
			const { status } = await setup.tested.n8n.testCredential(setup.credential, {
				...setup.data,
				authentication,
			});
			expect(status).toBe('OK');
		}
	});

	it('is a refusal under HTTP 200 too, with the vendor’s words', async () => {
		const answer = {
			status: 200,
			body: { success: false, code: 401, message: 'Token has expired' },
		};
		setup.sim.setFault(() => ({ kind: 'answer', when: 'before', answer }));
		const { error } = await setup.run('lead', 'getAll');
		const tested = await setup.tested.n8n.testCredential(setup.credential, setup.data);
		setup.sim.setFault(undefined);
		expect(error?.message).toBe('Convertalk says: Token has expired');
		expect(error?.description).toContain('check Token, Bot ID and Customer ID');
		expect(tested).toMatchObject({ status: 'Error' });
		expect(tested.message).toContain('this token for this bot and customer');
	});

	it('is right with blanks around its IDs, for its test as for the nodes', async () => {
		const { botId, customerId } = setup.data as Record<string, string>;
		const spaced = { ...setup.data, botId: ` ${botId}`, customerId: `${customerId}\u00a0` };
		const used = await setup.credentialWith(spaced);
		jsons(await setup.run('lead', 'getAll', {}, { credential: used }));
		const tested = await setup.tested.n8n.testCredential(setup.credential, spaced);
		expect(tested).toMatchObject({ status: 'OK' });
	});

	it('shows the token nowhere', async () => {
		const { execution } = await setup.run('contact', 'search', { filters: { searchText: 'x' } });
		setup.sim.setFault(() => ({
			kind: 'answer',
			when: 'before',
			answer: { status: 400, body: { data: [`no such token ${token}`, 'page is wrong'] } },
		}));
		const refused = await setup.run('lead', 'getAll');
		setup.sim.setFault(undefined);
		expect(refused.error?.message).toBe('Convertalk says: no such token [hidden]; page is wrong');
		expect(JSON.stringify([execution.raw, refused.execution.raw])).not.toContain(token);
	});
});
