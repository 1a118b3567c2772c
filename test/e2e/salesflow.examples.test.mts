import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { example } from '../../dev/examples.mts';
import { itemsOf } from '../../dev/n8n/execution.mts';
import { until } from '../../dev/n8n/until.mts';
import { type SavedCredential, triggerOf, type Workflow } from '../../dev/n8n/workflow.mts';
import salesflow, { type Salesflow } from '../../dev/vendors/salesflow/simulator/index.mts';
import { type Simulator, startSimulator } from '../../dev/kit/simulator.mts';
import { startTestN8n, type TestN8n } from '../../dev/n8n/harness.mts';

let sim: Simulator<Salesflow>;
let test: TestN8n;
let credential: SavedCredential;
let formUsers: SavedCredential;

beforeAll(async () => {
	sim = await startSimulator(salesflow());
	test = await startTestN8n();
	formUsers = await test.credential('httpBasicAuth', { user: 'form', password: 'word' });
	credential = await test.credential('salesflowApi', {
		token: 'salesflow-token',
		accountId: '321',
		baseUrl: sim.url,
		statisticsBaseUrl: sim.url,
	});
});

afterAll(async () => {
	await test?.close();
	await sim?.close();
});

beforeEach(() => sim.reset());

/** Runs an example from what is pinned to its nodes; gives the json of a node's items, of all its runs. */
async function run(workflow: Workflow, pinned: Record<string, object[]> = {}) {
	const pinData = Object.fromEntries(
		Object.entries(pinned).map(([name, items]) => [name, items.map((json) => ({ json }))]),
	);
	const execution = await test.n8n.run(
		{ ...workflow, pinData },
		{ trigger: triggerOf(workflow).name },
	);
	expect(execution.error).toBeUndefined();
	expect(sim.violations()).toEqual([]);
	return (name: string) =>
		(execution.nodes[name] ?? []).flatMap(({ outputs }) => outputs.flat()).map(({ json }) => json);
}

describe('a Salesflow example', () => {
	it('puts the new rows of a sheet into a campaign, and says why others are refused', async () => {
		const campaignId = [...sim.vendor.campaigns.keys()][1] ?? 0;
		const workflow = await example('salesflow-rows-to-campaign', {
			credentials: [credential, formUsers],
			parameters: { Import: { campaignId: { __rl: true, mode: 'id', value: String(campaignId) } } },
		});
		sim.vendor.seedContacts(1);
		const rows = [
			{
				linkedin_url: 'https://www.linkedin.com/in/new-1',
				first_name: 'Ada',
				last_name: 'L',
				occupation: 'CEO',
			},
			{ linkedin_url: 'https://www.linkedin.com/in/person-1', first_name: 'Old' },
			{ linkedin_url: 'https://example.com/in/none', first_name: 'None' },
			{ linkedin_url: 'https://www.linkedin.com/in/new-2', first_name: 'x'.repeat(64) },
		];
		const items = await run(workflow, { 'Upload CSV': [{}], 'Read File': [{}], 'Read Rows': rows });
		expect(sim.vendor.contacts.inCampaign(campaignId)).toMatchObject([
			{ PublicIdentifier: 'new-1', FirstName: 'Ada', LastName: 'L', Occupation: 'CEO' },
		]);
		const refused = Object.fromEntries(
			items('Refused').map(({ linkedin_url: url, reason }) => [url, reason]),
		);
		expect(refused).toEqual({
			'https://example.com/in/none': expect.stringContaining('neither a public identifier nor'),
			'https://www.linkedin.com/in/new-2': expect.stringContaining(
				'64 characters, 1 more than the 63',
			),
		});
	});

	it('makes a note of a reply, also where a narrow blank stands before PM', async () => {
		sim.vendor.timeStyle.beforeHalf = '\u202f';
		const workflow = await example('salesflow-replies-to-crm', { credentials: [credential] });
		const saved = await test.n8n.createWorkflow(workflow);
		await test.n8n.activate(saved.id);
		try {
			const [contact] = sim.vendor.seedContacts(1);
			sim.vendor.connect(contact?.MemberId);
			sim.vendor.reply(contact?.MemberId, 'Yes, please');
			const [newest] = await test.n8n.untilExecutions(saved.id, 1);
			const execution = await test.n8n.execution(newest?.id ?? '');
			expect(itemsOf(execution, 'To CRM').map(({ json }) => json)).toMatchObject([
				{
					name: 'Person 1',
					profile: 'https://linkedin.com/in/person-1',
					campaign: 'Sales 1',
					message: 'Yes, please',
				},
			]);
		} finally {
			await test.n8n.deactivate(saved.id);
		}
		// They outlive the deactivation by two seconds.
		await until(
			async () => sim.vendor.webhooks.byId.size === 0 || undefined,
			() => 'There were webhooks still',
			20_000,
		);
	});

	it('reports the numbers of all campaigns', async () => {
		const [contact] = sim.vendor.seedContacts(4);
		sim.vendor.connect(contact?.MemberId);
		sim.vendor.reply(contact?.MemberId, 'Yes');
		const items = await run(
			await example('salesflow-weekly-report', { credentials: [credential] }),
		);
		expect(items('Columns')).toHaveLength(sim.vendor.campaigns.size);
		expect(items('Columns')[0]).toMatchObject({
			campaign: 'Sales 1',
			status: 'CAMPAIGN_RUNNING',
			contacts: 4,
			connections: 1,
			replies: 1,
			connected_percent: 25,
			replied_percent: 100,
			counted_at: expect.stringMatching(/Z$/),
		});
		expect(items('To CSV')).toHaveLength(1);
	});
});
