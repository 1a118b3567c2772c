import { describe, expect, it } from '@jest/globals';
import { filledIn, picked, publishExample, runExample, standIn } from './examples.setup.mts';
import { expectOwnRequests, vendors, withVendors } from './vendors.setup.mts';
import { does } from '../../dev/n8n/changes.mts';
import { itemsOf } from '../../dev/n8n/execution.mts';
import type { SavedWorkflow } from '../../dev/n8n/workflow.mts';
import { describeForms, describeManyClients } from './examples.forms.mts';
import { describeChats } from './examples.chats.mts';

withVendors();

describe('what is new', () => {
	it('is read in Slack where no vendor can reach n8n, of contacts only', async () => {
		const { vendor } = vendors.sims.zenviaSales;
		const [prospectId = ''] = vendor.seedProspects(1);
		const workflow = await filledIn(vendors, 'behind-a-firewall');
		standIn(workflow, 'Post in Slack', ['text']);
		vendor.receiveMessage(prospectId, { content: 'Still there?' });
		const given = await runExample(vendors, workflow);
		expect(given('Post in Slack')).toEqual([{ text: `Still there?\nProspect ${prospectId}` }]);
		expectOwnRequests();
	});

	it.each(['Message Received', 'Every Night'])(
		'is recorded under one ID, by whichever way it comes: %s',
		async (trigger) => {
			const { vendor } = vendors.sims.zenviaSales;
			const [prospectId = ''] = vendor.seedProspects(1);
			const interaction = vendor.receiveMessage(prospectId, { content: 'Still there?' });
			const workflow = await filledIn(vendors, 'nightly-catch-up');
			const pinData = { 'Message Received': [{ json: { interaction } }] };
			const execution = await vendors.tested.n8n.run({ ...workflow, pinData }, { trigger });
			expect(itemsOf(execution, 'Record').map(({ json }) => json)).toEqual([
				{ id: interaction.id, prospect: prospectId, text: 'Still there?' },
			]);
			expectOwnRequests();
		},
	);
});

describe('one trigger', () => {
	/** A workflow that others call, as n8n's editor begins it. */
	async function called(name: string): Promise<SavedWorkflow> {
		const position: [number, number] = [0, 0];
		const trigger = {
			name: 'When Executed by Another Workflow',
			type: 'n8n-nodes-base.executeWorkflowTrigger',
			typeVersion: 1.1,
			position,
			parameters: { inputSource: 'passthrough' },
		};
		const saved = await vendors.tested.n8n.createWorkflow({
			name,
			nodes: [trigger],
			connections: {},
		});
		// n8n 1.x has no way to publish one that only others start.
		if (does('publishes')) await vendors.tested.n8n.activate(saved.id);
		return saved;
	}

	it('starts many workflows, of two vendors that know one receiver each', async () => {
		const { n8n } = vendors.tested;
		const names = ['Answer Message', 'Welcome Prospect', 'Hand Over', 'Keep a Record'];
		const workflows = new Map<string, SavedWorkflow>();
		for (const name of names) workflows.set(name, await called(name));
		const chosen = [...workflows].map(([name, { id }]) => [name, { workflowId: picked(id) }]);
		const workflow = await filledIn(
			vendors,
			'one-trigger-many-workflows',
			Object.fromEntries(chosen) as Record<string, Record<string, unknown>>,
		);
		const { zenviaSales, saleswhale } = vendors.sims;
		const [prospect = ''] = zenviaSales.vendor.seedProspects(1);
		const [conversation = 0] = saleswhale.vendor.seedConversations(1);
		const saved = await n8n.createWorkflow(workflow);
		await n8n.activate(saved.id);
		try {
			zenviaSales.vendor.receiveMessage(prospect, { content: 'Hello' });
			const path = 'one-trigger-saleswhale/webhook';
			saleswhale.vendor.webhookUrl = `${n8n.url}/webhook/${path}`;
			saleswhale.vendor.endConversations({ ids: [conversation], statuses: ['qualified'] });
			const counts = { 'Answer Message': 1, 'Hand Over': 1, 'Keep a Record': 2 };
			for (const [name, count] of Object.entries(counts))
				await n8n.untilExecutions(workflows.get(name)?.id ?? '', count);
			const [answered] = await n8n.executions(workflows.get('Answer Message')?.id ?? '');
			const { nodes } = await n8n.execution(answered?.id ?? '');
			const [given] = Object.values(nodes).flatMap(([run]) => run?.outputs.flat() ?? []);
			expect(given?.json).toMatchObject({
				event: 'messageReceived',
				interaction: { output: { message: { content: 'Hello' } } },
			});
			expect(await n8n.executions(workflows.get('Welcome Prospect')?.id ?? '')).toEqual([]);
			expect(await n8n.executions(saved.id)).toHaveLength(2);
		} finally {
			await n8n.deactivate(saved.id);
		}
		expectOwnRequests();
	});
});

describe('from one vendor to another', () => {
	it('goes a lead that Saleswhale qualified, and no other', async () => {
		const { vendor } = vendors.sims.saleswhale;
		const [first = 0, second = 0] = vendor.seedConversations(2);
		const workflow = await filledIn(vendors, 'saleswhale-qualified-to-zenvia');
		const given = await publishExample(vendors, workflow, (webhookUrl) => {
			vendor.webhookUrl = webhookUrl;
			vendor.endConversations({ ids: [first, second], statuses: ['not_interested', 'qualified'] });
		});
		expect(given('Main Lead')).toMatchObject([{ email: 'seed2@example.com', first_name: 'Seed' }]);
		expect([...vendors.sims.zenviaSales.vendor.prospects.byId.values()]).toMatchObject([
			{
				emails: ['seed2@example.com'],
				firstName: 'Seed',
				lastName: '2',
				leads: [
					{
						utmSource: 'saleswhale',
						comments: `Qualified by e-mail, in conversation ${second} of Saleswhale`,
					},
				],
			},
		]);
		expectOwnRequests();
	});

	it('goes an opt-out, to everybody with this address and to nobody else', async () => {
		const { saleswhale, zenviaSales, salesflow, convertalk } = vendors.sims;
		const [leadId] = saleswhale.vendor.seedLeads(1);
		zenviaSales.vendor.seedProspects(2);
		const contacts = [
			...salesflow.vendor.seedContacts(2),
			...salesflow.vendor.seedContacts(1, 29855),
		];
		for (const index of [0, 2])
			Object.assign(contacts[index] ?? {}, { Email: 'Seed1@example.com' });
		const { leads } = convertalk.vendor;
		const [same, other] = [
			leads.add({ email: 'seed1@example.com' }),
			leads.add({ email: 'b@example.com' }),
		];
		await publishExample(vendors, await filledIn(vendors, 'opt-out-everywhere'), (webhookUrl) => {
			saleswhale.vendor.webhookUrl = webhookUrl;
			saleswhale.vendor.markDoNotContact(leadId);
		});
		const statuses = [...zenviaSales.vendor.prospects.byId.values()].map(({ status }) => status);
		expect(statuses).toEqual(['archived', 'unclaimed']);
		expect([...salesflow.vendor.contacts.byId.keys()]).toEqual([contacts[1]?.MemberId]);
		expect([same, other].map(({ uuid }) => leads.byUuid.get(uuid)?.status)).toEqual([
			'CLOSED',
			'OPEN',
		]);
		expect(leads.byUuid.get(same.uuid)?.profile.userDetails.tags).toEqual(['do-not-contact']);
		expectOwnRequests();
	});

	it('go the numbers of a week, into one sheet', async () => {
		const { saleswhale, zenviaSales, salesflow, convertalk } = vendors.sims;
		saleswhale.vendor.seedConversations(3);
		saleswhale.vendor.endConversations({ count: 1 });
		zenviaSales.vendor.seedProspects(2);
		const [contact] = salesflow.vendor.seedContacts(1);
		salesflow.vendor.connect(contact?.MemberId);
		convertalk.vendor.leads.addMany(2, (n) =>
			n === 0 ? { createdAt: Date.parse('2024-01-01') } : {},
		);
		const workflow = await filledIn(vendors, 'weekly-numbers-to-sheet');
		// Google Sheets has a stand-in that gives the rows as they came.
		standIn(workflow, 'Add Rows', []);
		const given = await runExample(vendors, workflow);
		const numbers = given('Add Rows').map(({ vendor, measure, number }) => [
			vendor,
			measure,
			number,
		]);
		expect(numbers).toEqual([
			['Saleswhale', 'Conversations started', 3],
			['Saleswhale', 'Qualified', 1],
			['Zenvia Sales', 'New prospects', 2],
			['Salesflow', 'Connections so far', 1],
			['Salesflow', 'Replies so far', 0],
			['Convertalk', 'New leads', 1],
		]);
		expectOwnRequests();
	});

	it('counts a week to the hour, whatever the offsets of the times', async () => {
		const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
		// Half an hour off the hour: n8n takes its time to begin.
		const times = Array.from({ length: 200 }, (_, n) => hoursAgo(n + 0.5));
		const inOffset = (time: string, hours: number) => {
			const local = new Date(Date.parse(time) + hours * 3_600_000).toISOString();
			const sign = hours < 0 ? '-' : '+';
			return local.replace('Z', `${sign}${String(Math.abs(hours)).padStart(2, '0')}:00`);
		};
		const workflow = await filledIn(vendors, 'weekly-numbers-to-sheet');
		standIn(workflow, 'Add Rows', []);
		const given = await runExample(vendors, workflow, {
			Conversations: times.map((time, n) => ({
				started_at: inOffset(time, [-3, 0, 8][n % 3] ?? 0),
				status: 'open',
			})),
			'Chat Leads': times.map((createdAt) => ({ createdAt })),
		});
		const numberOf = (wanted: string) =>
			given('Add Rows').find(({ measure }) => measure === wanted)?.number;
		expect(numberOf('Conversations started')).toBe(168);
		expect(numberOf('New leads')).toBe(168);
	});

	it('go zeros into the sheet where nothing happened', async () => {
		const workflow = await filledIn(vendors, 'weekly-numbers-to-sheet');
		standIn(workflow, 'Add Rows', []);
		const given = await runExample(vendors, workflow);
		expect(given('Add Rows').map(({ number }) => number)).toEqual([0, 0, 0, 0, 0, 0]);
	});
});

describeForms();
describeManyClients();
describeChats();
