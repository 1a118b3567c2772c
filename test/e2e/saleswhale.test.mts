import { describe, expect, it } from '@jest/globals';
import { resources } from '../../nodes/Saleswhale/resources/index.ts';
import saleswhale from '../../dev/vendors/saleswhale/simulator/index.mts';
import { startSimulator } from '../../dev/kit/simulator.mts';
import { type NodeResult, type TestN8n } from '../../dev/n8n/harness.mts';
import { expectSameRecords } from './listFile.mts';
import {
	seed,
	cases,
	asked,
	sim,
	apiKey,
	test,
	credential,
	picked,
	withSaleswhale,
} from './saleswhale.setup.mts';

withSaleswhale();

type Run = Partial<Parameters<TestN8n['runNode']>[0]>;

const run = async (resource: string, operation: string, parameters: object = {}, more: Run = {}) =>
	await test.runNode({
		node: 'saleswhale',
		parameters: { resource, operation, ...parameters },
		credential,
		...more,
	});

const jsons = ({ items, error }: NodeResult) => {
	if (error) throw new Error(error.message);
	return items.map(({ json }) => json);
};

const operations = resources.flatMap(({ value, operations: list }) =>
	list.map((operation) => `${value}.${operation.value}`),
);

describe('Saleswhale in n8n', () => {
	it('has a case here for each operation', () => {
		expect(Object.keys(cases).sort()).toEqual([...operations].sort());
	});

	it.each(operations)('runs %s, with requests that the contract allows', async (name) => {
		const [resource = '', operation = ''] = name.split('.');
		const make = cases[name];
		if (!make) throw new Error(`no case for ${name}`);
		if (name === 'enrolment.cancel') return await cancelsPlannedEnrolment();
		const [parameters, expected] = make(seed());
		const result = await run(resource, operation, parameters);
		expect(jsons(result)[0]).toMatchObject(expected);
		expect(result.items.every(({ pairedItem }) => pairedItem !== undefined)).toBe(true);
		expect(sim.requests.map(({ operationId }) => operationId)).toContain(asked[name] ?? name);
		expect(sim.violations()).toEqual([]);
	});

	async function cancelsPlannedEnrolment() {
		const [leadId] = sim.vendor.seedLeads(1);
		const scheduled = [...sim.vendor.engagements.campaigns.values()].find(
			({ status }) => status === 'scheduled',
		);
		const { id } = sim.vendor.engagements.enrol(scheduled?.id, leadId);
		const [cancelled] = jsons(await run('enrolment', 'cancel', { enrolmentId: String(id) }));
		expect(cancelled).toMatchObject({ id, state: 'canceled' });
		expect(sim.violations()).toEqual([]);
	}

	it('links lists to the items they came from', async () => {
		const leads = sim.vendor.seedConversations(3).map((conversationId) => {
			const conversation = sim.vendor.engagements.conversations.get(conversationId);
			return { leadId: conversation?.enrolment.lead_id };
		});
		const { items } = await run('conversation', 'getAll', { limit: 2 }, { items: leads });
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 1, 1, 2, 2].map((item) => ({ item })),
		);
	});

	it('gives 8 and 2 of 10 items on the right outputs, in order and linked', async () => {
		const items = Array.from({ length: 10 }, (_, n) => ({
			n,
			email: n === 3 || n === 7 ? 'taken@example.com' : `lead${n}@example.com`,
		}));
		sim.vendor.leads.create({ first_name: 'Taken', email: 'taken@example.com' });
		const parameters = { firstName: '=Lead {{ $json.n }}', email: '={{ $json.email }}' };
		const apart = await run('lead', 'create', parameters, {
			items,
			onError: 'continueErrorOutput',
		});
		expect(apart.items.map(({ json }) => json.first_name)).toEqual(
			[0, 1, 2, 4, 5, 6, 8, 9].map((n) => `Lead ${n}`),
		);
		expect(apart.items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 4, 5, 6, 8, 9].map((item) => ({ item })),
		);
		expect(apart.failed.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 3 }, { item: 7 }]);
		expect(apart.failed[0]?.json.error).toContain('Saleswhale says:');
		sim.reset();
		sim.vendor.leads.create({ first_name: 'Taken', email: 'taken@example.com' });
		const together = await run('lead', 'create', parameters, {
			items,
			onError: 'continueRegularOutput',
		});
		expect(together.items.map(({ json }) => 'error' in json)).toEqual(
			items.map(({ n }) => n === 3 || n === 7),
		);
	});

	it('restores an archived lead, and says that a duplicate is one', async () => {
		const parameters = { firstName: 'Myah', email: 'myah@example.com' };
		const [created] = jsons(await run('lead', 'create', parameters));
		const duplicate = await run('lead', 'create', parameters);
		expect(duplicate.error?.message).toContain('Saleswhale says:');
		expect(duplicate.error?.description).toContain('to Skip or Update');
		await run('lead', 'delete', { leadId: String(created?.id) });
		const [restored] = jsons(await run('lead', 'create', parameters));
		expect(restored?.id).toBe(created?.id);
	});

	it.each([
		['skip', { skipped: true, reason: 'There is a lead with "seed1@example.com".' }],
		['update', { updated: true, first_name: 'Ana' }],
	])('%s: a lead whose e-mail is taken is not created', async (ifExists, expected) => {
		seed();
		const items = ['seed1', 'new', 'NEW'].map((name) => ({ email: `${name}@example.com` }));
		const parameters = { firstName: 'Ana', email: '={{ $json.email }}', ifExists };
		const [known, created, again] = jsons(await run('lead', 'create', parameters, { items }));
		expect(known).toMatchObject(expected);
		expect(again).toMatchObject(
			ifExists === 'skip' ? { skipped: true, id: created?.id } : { updated: true, id: created?.id },
		);
		expect(sim.vendor.leads.byId.size).toBe(2);
		expect(sim.violations()).toEqual([]);
	});

	it('finds leads in as many pages of conversations as was chosen, each read once', async () => {
		sim.vendor.seedConversations(101);
		const items = ['seed101', 'seed2', 'seed1', 'nobody'].map((name) => ({
			email: `${name}@example.com`,
		}));
		const parameters = { email: '={{ $json.email }}', mostPages: 1 };
		const found = jsons(await run('lead', 'findByEmail', parameters, { items }));
		expect(found.map((one) => one.found)).toEqual([true, true, false, false]);
		expect(found[2]?.reason).toContain("there are more: raise 'Most Pages'.");
		const pages = sim.requests.filter(({ operationId }) => operationId === 'conversation.getAll');
		expect(pages).toHaveLength(1);
		expect(sim.violations()).toEqual([]);
	});

	it('says when the vendor dropped the lead owner', async () => {
		const reps = [...sim.vendor.leads.reps.values()];
		const owner = (handoff: boolean) =>
			String(reps.find(({ id }) => sim.vendor.leads.handoff.has(id) === handoff)?.id);
		const create = async (email: string, rep: string) =>
			jsons(
				await run('lead', 'create', {
					firstName: 'A',
					email,
					additionalFields: { leadOwnerId: picked(rep) },
				}),
			)[0];
		expect(await create('a@example.com', owner(false))).toHaveProperty(
			'warning',
			expect.stringContaining('handoff rep'),
		);
		expect(await create('b@example.com', owner(true))).not.toHaveProperty('warning');
	});

	it('gives one conversation of a lead, or many, as the vendor answers', async () => {
		const { leadId } = seed();
		expect(jsons(await run('lead', 'getConversations', { leadId }))).toHaveLength(1);
		const many = await startSimulator(saleswhale({ apiKey, conversationsOfLead: 'many' }));
		try {
			const [conversationId = 0] = many.vendor.seedConversations(1);
			const conversation = many.vendor.engagements.conversations.get(conversationId);
			const own = await test.credential('saleswhaleApi', { apiKey, baseUrl: many.url });
			const result = await run(
				'lead',
				'getConversations',
				{ leadId: String(conversation?.enrolment.lead_id) },
				{ credential: own },
			);
			expect(jsons(result)).toHaveLength(1);
		} finally {
			await many.close();
		}
	});

	it('makes an invalidated enrolment an item with reasons, or one that failed', async () => {
		const { leadId, campaignId } = seed();
		const parameters = { campaignId: picked(campaignId), leadId };
		const [item] = jsons(await run('enrolment', 'create', parameters));
		expect(item).toMatchObject({ state: 'invalidated', errors: expect.any(Array) });
		const failed = await run('enrolment', 'create', {
			...parameters,
			options: { failOnInvalidated: true },
		});
		expect(failed.error?.message).toMatch(/^The enrolment was invalidated: .+/);
	});

	it('reads all pages, or as many as asked for', async () => {
		sim.vendor.seedConversations(250);
		expect(jsons(await run('conversation', 'getAll', { returnAll: true }))).toHaveLength(250);
		const before = sim.requests.length;
		expect(jsons(await run('conversation', 'getAll', { limit: 120 }))).toHaveLength(120);
		expect(sim.requests.length - before).toBe(2);
	});

	it('gives the same records as a file', async () => {
		sim.vendor.seedConversations(250);
		const parameters = { resource: 'conversation', operation: 'getAll' };
		expect(await expectSameRecords(test, { node: 'saleswhale', parameters, credential })).toBe(250);
	});

	it('simplifies a lead unless told otherwise', async () => {
		const { leadId } = seed();
		const [simple] = jsons(await run('lead', 'get', { leadId }));
		const [raw] = jsons(await run('lead', 'get', { leadId, simplify: false }));
		expect(Object.keys(simple ?? {}).length).toBeLessThanOrEqual(10);
		expect(Object.keys(raw ?? {}).length).toBeGreaterThan(10);
	});

	it('fills dropdowns from the account, and searches them', async () => {
		const node = test.node({
			node: 'saleswhale',
			parameters: { resource: 'enrolment', operation: 'create' },
			credential,
		});
		const { results } = await test.n8n.listSearch(node, 'searchCampaigns');
		const open = [...sim.vendor.engagements.campaigns.values()].filter(({ status }) =>
			['running', 'scheduled'].includes(status),
		);
		expect(results).toHaveLength(open.length);
		const found = await test.n8n.listSearch(node, 'searchCampaigns', { filter: 'running' });
		expect(found.results).toHaveLength(open.filter(({ status }) => status === 'running').length);
		expect(found.results.every(({ name }) => name.includes('running'))).toBe(true);
		const reps = await test.n8n.listSearch(node, 'searchSalesReps');
		expect(reps.results).toHaveLength(sim.vendor.leads.reps.size);
		const { fields } = await test.n8n.resourceMapperFields(node, 'getCustomAttributes');
		expect(fields).toHaveLength(sim.vendor.leads.attributes.size);
	});

	it('maps custom attributes by hand and from input columns of the same name', async () => {
		const attribute = [...sim.vendor.leads.attributes.values()][0];
		const id = String(attribute?.id);
		const schema = [
			{
				id,
				displayName: attribute?.name,
				type: 'string',
				display: true,
				required: false,
				defaultMatch: false,
			},
		];
		const create = async (email: string, customAttributes: object, item: Record<string, unknown>) =>
			jsons(
				await run('lead', 'create', { firstName: 'A', email, customAttributes }, { items: [item] }),
			)[0]?.custom_attribute_values;
		const byHand = {
			mappingMode: 'defineBelow',
			value: { [id]: 'Web' },
			schema,
			matchingColumns: [],
		};
		const expected = [
			expect.objectContaining({ custom_attribute_id: attribute?.id, value: 'Web' }),
		];
		expect(await create('a@example.com', byHand, {})).toEqual(expected);
		const auto = { mappingMode: 'autoMapInputData', value: null, schema, matchingColumns: [] };
		expect(await create('b@example.com', auto, { [String(attribute?.name)]: 'Web' })).toEqual(
			expected,
		);
	});

	it('tests the credential', async () => {
		expect(await test.n8n.testCredential(credential)).toMatchObject({ status: 'OK' });
		const wrong = { apiKey: 'wrong', baseUrl: sim.url };
		expect(await test.n8n.testCredential(credential, wrong)).toMatchObject({ status: 'Error' });
	});
});
