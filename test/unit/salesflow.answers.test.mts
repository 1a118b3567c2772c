import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import { SalesflowSetup } from './salesflow.setup.mts';

const salesflow = new SalesflowSetup();

const byId = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });
const campaign = { resource: 'campaign', campaignId: byId(29854) };
const contact = { resource: 'contact', contactId: byId(46875434) };
const profile = 'https://linkedin.com/in/ana-lima';
const imported = {
	...{ resource: 'contact', operation: 'import' },
	...{ campaignId: byId(29854), linkedInUrl: profile },
};
const webhook = { resource: 'webhook', webhookId: byId(10265) };
const event = { runOn: 2 };

/** Each operation by what it asks, apart from those of a request of one's own. */
const operations: Record<string, INodeParameters> = {
	'account.getAll': { resource: 'account', operation: 'getAll' },
	'campaign.getAll': { resource: 'campaign', operation: 'getAll', returnAll: true },
	'campaign.getStatistics': { ...campaign, operation: 'getStatistics' },
	'campaign.start': { ...campaign, operation: 'start' },
	'contact.import': imported,
	'contact.delete': { ...contact, operation: 'delete' },
	'contact.get': { ...contact, operation: 'get' },
	'contact.get.byPublicIdentifier': {
		...{ resource: 'contact', operation: 'get' },
		contactId: { __rl: true, mode: 'publicIdentifier', value: 'ana-lima' },
	},
	'contact.getAll': { ...campaign, resource: 'contact', operation: 'getAll', returnAll: true },
	'contact.lookup': { resource: 'contact', operation: 'lookup', publicIdentifier: 'ana-lima' },
	'contact.update': { ...contact, operation: 'update', updateFields: { firstName: 'Ana' } },
	'webhook.getAll': { resource: 'webhook', operation: 'getAll' },
	'webhook.attach': { ...webhook, ...event, operation: 'attach', campaignId: byId(29854) },
	'webhook.create': { ...webhook, operation: 'create', name: 'CRM', url: 'https://example.com' },
	'webhook.delete': { ...webhook, operation: 'delete' },
	'webhook.detach': { resource: 'webhook', operation: 'detach', webhookCampaignId: '27830' },
};
const cases = Object.entries(operations);
const writes = cases.filter(([id]) => !/\.(?:get|lookup)/.test(id));

/** Answers one operation with HTTP 200 and a body. */
const answering = async (operationId: string, body: unknown, parameters?: INodeParameters) => {
	salesflow.sim.setFault((call) =>
		call.operationId === operationId
			? { kind: 'answer', when: 'before', answer: { status: 200, body } }
			: undefined,
	);
	return await salesflow.run(parameters ?? operations[operationId] ?? {}, { typeVersion: 1.2 });
};

describe('an answer of 200 that is not what was asked for', () => {
	it.each([
		[{ Status: 403, Message: 'No' }],
		[{ Status: '403', Message: 'No' }],
		[{ Status: 0, Message: 'No' }],
		[{ Status: 302, Message: 'No' }],
		[{ Status: null, Message: 'No' }],
		[{ Message: 'No' }],
	])('%j is told in its words by each operation', async (body) => {
		for (const [id] of cases) {
			const { items, error } = await answering(id, body);
			expect([id, items.map(({ json }) => json), error?.message]).toEqual([
				...[id, [], 'Salesflow says: No'],
			]);
		}
	});

	it.each([[{ Status: 403 }], [{ Status: '403' }], [{ Success: false }], [{}]])(
		'%j is no success of any operation',
		async (body) => {
			for (const [id] of cases) {
				const { items, error } = await answering(id, body);
				expect([id, items.map(({ json }) => json)]).toEqual([id, []]);
				expect(error?.message).toMatch(/^(?:The answer holds no |Salesflow answered )/);
			}
		},
	);

	it('says of a write that it may have worked, where the answer says nothing of it', async () => {
		for (const [id] of writes.filter(([one]) => one !== 'contact.update')) {
			const { error } = await answering(id, { Message: 'Something of account 321 failed' });
			expect(error?.message).toBe('Salesflow says: Something of account [hidden] failed');
			expect(error?.description).toMatch(/^This may have worked\. Look /);
		}
	});

	it('fails the item alone where the node goes on', async () => {
		salesflow.sim.setFault((call) =>
			call.query.linkedInUrl === 'https://linkedin.com/in/b'
				? { kind: 'answer', when: 'before', answer: { status: 200, body: { Message: 'No' } } }
				: undefined,
		);
		const { items, failed } = await salesflow.run(
			{ ...imported, linkedInUrl: '=linkedin.com/in/{{ $json.who }}' },
			{
				...{ typeVersion: 1.2, onError: 'continueErrorOutput' },
				items: ['a', 'b', 'c'].map((who) => ({ who })),
			},
		);
		expect(items.map(({ json }) => json.PublicIdentifier)).toEqual(['a', 'c']);
		expect(failed.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
	});
});

describe('an answer that says it was done', () => {
	it.each(['contact.delete', 'webhook.delete', 'webhook.detach'])(
		'ends %s well, also without a body',
		async (id) => {
			for (const body of [{ Status: 204, Message: null }, { Status: '200', Message: 'Done' }, '']) {
				const { items, error } = await answering(id, body);
				expect(error).toBeUndefined();
				expect(items).toHaveLength(1);
			}
		},
	);

	it('ends an import well although it does not hold the contact, and its status is no flag', async () => {
		const body = { Status: 200, Message: 'Added' };
		const { items, error } = await answering('contact.import', body);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json)).toEqual([body]);
	});
});

describe('contacts that do not say whose they are', () => {
	const anonymous = [{ MemberId: 1, FirstName: 'Ana' }];

	it('are not taken for nobody by a look-up', async () => {
		for (const body of [anonymous, [{ ...anonymous[0], PublicIdentifier: null }]]) {
			const { items, error } = await answering('contact.lookup', body);
			expect(items).toEqual([]);
			expect(error?.message).toContain('The answer holds no "PublicIdentifier".');
		}
	});

	it('keep an import with If It Exists from adding them once more', async () => {
		const ifExists = { ...imported, ifExists: 'skip' };
		const { error } = await answering('contact.lookup', anonymous, ifExists);
		expect(error?.message).toContain('The answer holds no "PublicIdentifier".');
		expect(salesflow.sim.counts.byOperation['contact.import'] ?? 0).toBe(0);
	});
});
