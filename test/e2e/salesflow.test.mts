import { describe, expect, it } from '@jest/globals';
import salesflow from '../../dev/vendors/salesflow/simulator/index.mts';
import { startSimulator } from '../../dev/kit/simulator.mts';
import { resources } from '../../nodes/Salesflow/resources/index.ts';
import { type NodeResult, type TestN8n } from '../../dev/n8n/harness.mts';
import { expectSameRecords } from './listFile.mts';
import {
	seed,
	cases,
	asked,
	sim,
	token,
	test,
	credential,
	dataFor,
	picked,
	accountId,
	withSalesflow,
} from './salesflow.setup.mts';

withSalesflow();

type Run = Partial<Parameters<TestN8n['runNode']>[0]>;

const run = async (resource: string, operation: string, parameters: object = {}, more: Run = {}) =>
	await test.runNode({
		node: 'salesflow',
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

describe('Salesflow in n8n', () => {
	it('has a case here for each operation', () => {
		expect(Object.keys(cases).sort()).toEqual([...operations].sort());
	});

	it.each(operations)('runs %s, with requests that the contract allows', async (name) => {
		const [resource = '', operation = ''] = name.split('.');
		const make = cases[name];
		if (!make) throw new Error(`no case for ${name}`);
		const [parameters, expected] = make(seed());
		const result = await run(resource, operation, parameters);
		expect(jsons(result)[0]).toMatchObject(expected);
		expect(result.items.every(({ pairedItem }) => pairedItem !== undefined)).toBe(true);
		expect(sim.requests.map(({ operationId }) => operationId)).toContain(asked[name] ?? name);
		expect(sim.violations()).toEqual([]);
	});

	it('gets a contact by its public identifier and by its LinkedIn URL', async () => {
		const { contact } = seed();
		for (const [mode, value] of [
			['publicIdentifier', 'person-1'],
			['linkedInUrl', 'https://www.linkedin.com/in/person-1/'],
		]) {
			const [found] = jsons(await run('contact', 'get', { contactId: picked(value, mode) }));
			expect(found?.MemberId).toBe(contact);
		}
		expect(sim.violations()).toEqual([]);
	});

	it('gives the same contacts as a file', async () => {
		const { campaign } = seed();
		const parameters = {
			resource: 'contact',
			operation: 'getAll',
			...cases['contact.getAll']?.(seed())[0],
			campaignId: picked(campaign),
		};
		const count = await expectSameRecords(test, { node: 'salesflow', parameters, credential });
		expect(count).toBe(6);
	});

	it('looks 1,000 contacts up in 50 requests and pairs each answer, unknown ones too', async () => {
		sim.vendor.seedContacts(900);
		const unknown = new Set<number>();
		for (let seedling = 42; unknown.size < 100;) {
			seedling = (seedling * 1103515245 + 12345) % 2 ** 31;
			unknown.add(seedling % 1000);
		}
		let known = 0;
		const items = Array.from({ length: 1000 }, (_, n) => ({
			who: unknown.has(n) ? `nobody-${n}` : `person-${++known}`,
		}));
		const asked = { publicIdentifier: '={{ $json.who }}' };
		const result = await run('contact', 'lookup', asked, { items });
		expect(sim.counts.byOperation['contact.lookup']).toBe(50);
		expect(result.items).toHaveLength(1000);
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			items.map((_, item) => ({ item })),
		);
		expect(result.items.map(({ json }) => [json.PublicIdentifier, json.found])).toEqual(
			items.map(({ who }, n) => [who, !unknown.has(n)]),
		);
		expect(sim.violations()).toEqual([]);
	});

	it('tells a campaign that runs from one that cannot start, under HTTP 200 too', async () => {
		for (const refusals of ['http', 'body'] as const) {
			const own = await startSimulator(salesflow({ token, refusals }));
			try {
				const other = await test.credential('salesflowApi', dataFor(own.url));
				const start = async (status: string) => {
					const all = [...own.vendor.campaigns.values()];
					const campaign = all.find(({ Status }) => Status === status)?.CampaignId;
					return (
						await run('campaign', 'start', { campaignId: picked(campaign) }, { credential: other })
					).error;
				};
				const running = await start('CAMPAIGN_RUNNING');
				expect(running?.message).toBe('Salesflow says: Campaign is already running');
				expect(running?.description).toContain('nothing left to do');
				const empty = await start('CAMPAIGN_STOPPED');
				expect(empty?.message).toBe('Salesflow says: Campaign has no contacts.');
				expect(empty?.description).toContain('solve this');
			} finally {
				await own.close();
			}
		}
	});

	it('marks a contact that was imported twice, and reads its flags as names and as a number', async () => {
		for (const statusAs of ['names', 'number'] as const) {
			const own = await startSimulator(salesflow({ token, statusAs }));
			try {
				const other = await test.credential('salesflowApi', dataFor(own.url));
				const [, second] = ['a', 'b'].map(() =>
					own.vendor.contacts.import([...own.vendor.campaigns.keys()][0] ?? 0, 'twice', {}),
				);
				const contactId = picked(second?.MemberId);
				const [contact] = jsons(await run('contact', 'get', { contactId }, { credential: other }));
				expect(contact?.StatusNames).toEqual(['MEMBER_IMPORTED', 'MEMBER_DUPLICATE']);
				expect(contact?.Status).toBe(
					statusAs === 'number' ? 2080 : 'MEMBER_IMPORTED, MEMBER_DUPLICATE',
				);
			} finally {
				await own.close();
			}
		}
	});

	it.each([
		['skip', { skipped: true }],
		['update', { updated: true, FirstName: 'Ana' }],
	])('%s: a profile that is there is not imported', async (ifExists, expected) => {
		const { campaign } = seed();
		const before = sim.vendor.contacts.byId.size;
		const items = ['person-1', 'new', 'NEW'].map((who) => ({
			url: `https://www.linkedin.com/in/${who}`,
		}));
		const imported = jsons(
			await run(
				'contact',
				'import',
				{
					campaignId: picked(campaign),
					linkedInUrl: '={{ $json.url }}',
					ifExists,
					additionalFields: { firstName: 'Ana' },
				},
				{ items },
			),
		);
		expect(imported[0]).toMatchObject(expected);
		expect(imported[2]).toMatchObject(expected);
		expect(sim.vendor.contacts.byId.size).toBe(before + 1);
		expect(sim.counts.byOperation['contact.lookup']).toBe(1);
		expect(sim.violations()).toEqual([]);
	});

	it('fail: a profile that is there stops all rows before the first is imported', async () => {
		const { campaign, contact } = seed();
		const before = sim.vendor.contacts.byId.size;
		const { error } = await run(
			'contact',
			'import',
			{
				campaignId: picked(campaign),
				linkedInUrl: '=https://www.linkedin.com/in/{{ $json.who }}',
				ifExists: 'fail',
			},
			{ items: [{ who: 'new' }, { who: 'person-1' }] },
		);
		expect(error?.message).toContain(`is "person-1", which contact ${contact} has`);
		expect(sim.vendor.contacts.byId.size).toBe(before);
	});

	it('does not import again when the answer was lost, and says so', async () => {
		const { campaign } = seed();
		sim.setFault(({ operationId }) =>
			operationId === 'contact.import' ? { kind: 'drop', when: 'after' } : undefined,
		);
		const before = sim.journal.entries('contact.import').length;
		const { error } = await run('contact', 'import', {
			campaignId: picked(campaign),
			linkedInUrl: 'https://www.linkedin.com/in/lost',
		});
		expect(sim.journal.entries('contact.import')).toHaveLength(before + 1);
		expect(error?.description).toContain('This may have worked');
	});

	it.each([
		[
			'contact',
			'import',
			{ linkedInUrl: 'https://example.com/in/john' },
			'not the address of a LinkedIn profile',
		],
		[
			'contact',
			'import',
			{
				linkedInUrl: 'https://linkedin.com/in/john',
				additionalFields: { firstName: 'x'.repeat(64) },
			},
			"'First Name' has 64 characters, 1 more than the 63 that fit",
		],
		[
			'contact',
			'update',
			{ contactId: '1', updateFields: { location: 'x'.repeat(128) } },
			"'Location' has 128 characters, 1 more than the 127 that fit",
		],
		[
			'contact',
			'update',
			{ contactId: '1', updateFields: { industry: 'x'.repeat(1024) } },
			"'Industry' has 1024 characters, 1 more than the 1023 that fit",
		],
		['contact', 'update', { contactId: '1', updateFields: {} }, "'Update Fields' is empty"],
		[
			'contact',
			'update',
			{ contactId: 'Import', updateFields: { firstName: 'a' } },
			`'Contact ID' is "Import", which is not a valid ID`,
		],
		['contact', 'delete', { contactId: '../campaigns/start' }, 'which is not a valid ID'],
		['contact', 'get', { contactId: picked('list-contacts') }, 'which is not a valid ID'],
		[
			'contact',
			'get',
			{ contactId: picked('https://example.com/in/a', 'linkedInUrl') },
			'neither a public identifier nor',
		],
		[
			'contact',
			'lookup',
			{ publicIdentifier: '={{ "" }}' },
			"'LinkedIn URL or Identifier' is empty",
		],
		['contact', 'getAll', { campaignId: picked('={{ "" }}') }, "'Campaign' is empty"],
		[
			'campaign',
			'getAll',
			{ filters: { updatedAfter: 'soon' } },
			`'Updated After' is "soon", which is not a valid date`,
		],
		[
			'webhook',
			'create',
			{ name: 'a', url: `https://example.com/${'x'.repeat(492)}` },
			"'URL' has 512 characters, 1 more than the 511 that fit",
		],
		[
			'webhook',
			'create',
			{ name: 'x'.repeat(256), url: 'https://example.com' },
			"'Name' has 256 characters, 1 more than the 255 that fit",
		],
		[
			'webhook',
			'create',
			{ name: 'a', url: 'example' },
			`'URL' is "example", which is not a valid http or https address`,
		],
	])(
		'refuses bad input before any request: %s %s %j',
		async (resource, operation, bad, sentence) => {
			const campaignId = { campaignId: picked(29854) };
			const { error } = await run(resource, operation, { ...campaignId, ...bad });
			expect(error?.message).toContain(sentence);
			expect(sim.requests).toEqual([]);
		},
	);

	it('fills its dropdowns from the account', async () => {
		seed();
		const node = test.node({
			node: 'salesflow',
			parameters: { resource: 'webhook', operation: 'attach' },
			credential,
		});
		const { results } = await test.n8n.listSearch(node, 'searchCampaigns');
		expect(results.map(({ name }) => name)).toContain('Sales 1 (running)');
		const webhooks = await test.n8n.listSearch(node, 'searchWebhooks', { filter: 'own' });
		expect(webhooks.results).toHaveLength(1);
	});

	it('tests the credential, against a refusal under HTTP 200 too', async () => {
		expect(await test.n8n.testCredential(credential)).toMatchObject({ status: 'OK' });
		const wrong = { ...dataFor(sim.url), token: 'wrong' };
		expect(await test.n8n.testCredential(credential, wrong)).toMatchObject({ status: 'Error' });
		const own = await startSimulator(salesflow({ token, refusals: 'body' }));
		try {
			const quiet = { ...dataFor(own.url), token: 'wrong' };
			const tested = await test.n8n.testCredential(credential, quiet);
			expect(tested).toMatchObject({ status: 'Error' });
			expect(tested.message).toContain('does not accept this token');
		} finally {
			await own.close();
		}
	});

	it('shows the token and the account in no execution, whatever goes wrong', async () => {
		const { campaign } = seed();
		sim.setFault(() => ({
			kind: 'answer',
			when: 'before',
			answer: {
				status: 422,
				body: { Status: 422, Message: `No: ${token} of account ${accountId}.` },
			},
		}));
		const { error, execution } = await run('contact', 'getAll', { campaignId: picked(campaign) });
		expect(error?.message).toBe('Salesflow says: No: [hidden] of account [hidden].');
		expect(JSON.stringify(execution.raw)).not.toContain(token);
		expect(JSON.stringify(execution.raw)).not.toMatch(/accountId|\b321\b/);
	});
});
