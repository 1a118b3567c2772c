import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
	filledIn,
	formOf,
	picked,
	publishExample,
	runExample,
	standIn,
} from './examples.setup.mts';
import { example } from '../../dev/examples.mts';
import { answer, beginAsking } from './sendAndWait.mts';
import { secrets, Vendors } from './vendors.setup.mts';
import { does } from '../../dev/n8n/changes.mts';
import { itemsOf } from '../../dev/n8n/execution.mts';
import { until } from '../../dev/n8n/until.mts';
import type { SavedWorkflow } from '../../dev/n8n/workflow.mts';

const campaign = picked(41201);

let vendors: Vendors;
beforeAll(async () => {
	vendors = await Vendors.start();
});
afterAll(async () => await vendors?.close());
beforeEach(() => vendors.reset());

/** Nothing was asked that a vendor's contract does not have. */
const expectOwnRequests = () => expect(vendors.violations()).toEqual([]);

describe('a form', () => {
	/** Fills in the form of an example, once right and once wrong. */
	async function fillIn(
		name: string,
		answers: Array<Record<string, string>>,
		parameters: Record<string, Record<string, unknown>> = {},
	) {
		const workflow = await filledIn(vendors, name, parameters);
		const pinned = { 'Contact Form': answers.map((one) => formOf(workflow, one)) };
		const given = await runExample(vendors, workflow, pinned);
		expectOwnRequests();
		return given;
	}

	it('leads to Saleswhale and into a campaign', async () => {
		const right = { 'First name': 'Ana', 'E-mail': 'ana@example.com', Company: 'Acme' };
		const answers = [right, { ...right, 'E-mail': 'ana@example' }];
		const given = await fillIn('form-to-saleswhale', answers, { Enrol: { campaignId: campaign } });
		const { leads, engagements } = vendors.sims.saleswhale.vendor;
		expect([...leads.byId.values()]).toMatchObject([
			{ email: 'ana@example.com', account_name: 'Acme' },
		]);
		expect([...engagements.enrolments.values()]).toMatchObject([{ campaign_id: 41201 }]);
		expect(given('Refused')).toEqual([
			{ email: 'ana@example', reason: expect.stringContaining('not a valid e-mail address') },
		]);
	});

	it('leads to Zenvia Sales', async () => {
		const right = {
			'First name': 'Ana',
			Phone: '+55 11 91234 5678',
			'What is it about?': 'A test drive',
		};
		const given = await fillIn('form-to-zenvia', [right, { 'First name': 'Nobody' }]);
		expect([...vendors.sims.zenviaSales.vendor.prospects.byId.values()]).toMatchObject([
			{ firstName: 'Ana', phones: ['+5511912345678'], leads: [{ comments: 'A test drive' }] },
		]);
		expect(given('Refused')).toEqual([
			{ phone: '', reason: expect.stringContaining('both empty') },
		]);
	});

	it('leads to Salesflow', async () => {
		const answers = ['https://www.linkedin.com/in/ada', 'https://example.com/ada'].map(
			(profile) => ({
				'LinkedIn profile': profile,
				'First name': 'Ada',
			}),
		);
		const given = await fillIn('form-to-salesflow', answers, {
			Import: { campaignId: picked(29854) },
		});
		expect(vendors.sims.salesflow.vendor.contacts.inCampaign(29854)).toMatchObject([
			{ PublicIdentifier: 'ada', FirstName: 'Ada' },
		]);
		expect(given('Refused')).toMatchObject([{ profile: 'https://example.com/ada' }]);
	});

	it('leads to Convertalk, where it makes a lead of the chat', async () => {
		const { leads } = vendors.sims.convertalk.vendor;
		const { uuid } = leads.add();
		const right = {
			uuid,
			Name: 'Ana',
			'E-mail': 'ana@example.com',
			'Dial code': '+55',
			Phone: '(011) 98765-4321',
		};
		const given = await fillIn('form-to-convertalk', [right, { ...right, 'Dial code': 'BR' }]);
		expect(leads.list('lead')).toMatchObject([
			{
				uuid,
				profile: {
					userDetails: {
						name: 'Ana',
						tags: ['form'],
						contact: { email: 'ana@example.com', phone: { number: '11987654321', prefix: '55' } },
					},
				},
			},
		]);
		expect(given('Refused')).toMatchObject([{ reason: expect.stringContaining('Dial Code') }]);
	});
});

describe('the leads of many clients', () => {
	it('go to Saleswhale with the key of each, and one of nobody goes nowhere', async () => {
		const { tested, sims } = vendors;
		const own = await tested.credential('saleswhaleApi', {
			...vendors.dataFor('saleswhale'),
			apiKey: '={{ $json.key }}',
		});
		const workflow = await example('one-workflow-many-clients', { credentials: [own] });
		const lead = (client: string, email: string) =>
			formOf(workflow, { Client: client, 'First name': 'Ana', 'E-mail': email });
		const given = await runExample(vendors, workflow, {
			'Contact Form': [
				lead('Acme', 'a@example.com'),
				lead('Nobody', 'b@example.com'),
				lead('Bolt', 'c@example.com'),
			],
			Clients: [
				{ client: 'Acme', key: secrets.saleswhale },
				{ client: 'Bolt', key: 'the-key-of-another' },
			],
		});
		const { leads } = sims.saleswhale.vendor;
		expect([...leads.byId.values()].map(({ email }) => email)).toEqual(['a@example.com']);
		expect(given('Refused')).toEqual([
			{ client: 'Bolt', email: 'c@example.com', reason: expect.stringContaining('key') },
			{
				client: 'Nobody',
				email: 'b@example.com',
				reason: expect.stringMatching(/^'API Key' of item 2 is empty/),
			},
		]);
		expect(JSON.stringify(given('Refused'))).not.toContain('the-key-of-another');
		expectOwnRequests();
	});
});

describe('a chat', () => {
	/** Slack and the mail server have stand-ins: nobody but a person can answer there. */
	it.each([
		['zenvia-answer-from-slack', 'Ask in Slack'],
		['zenvia-answer-by-email', 'Ask by E-mail'],
	])('is answered by %s', async (name, ask) => {
		const { vendor } = vendors.sims.zenviaSales;
		const [prospectId = ''] = vendor.seedProspects(1);
		const interaction = vendor.receiveMessage(prospectId, { content: 'When do you open?' });
		const workflow = await filledIn(vendors, name);
		standIn(workflow, ask, ['message'], { data: { text: 'At nine.' } });
		const event = { topic: 'interactions', type: 'created', interaction };
		const given = await runExample(vendors, workflow, {
			'Message Received': [{ ...event, prospect: vendor.prospects.get(prospectId) }],
		});
		expect(given(ask)).toMatchObject([
			{ message: 'Seed (+5491110000001) writes: When do you open?' },
		]);
		expect(given('Send Answer')).toMatchObject([
			{ prospectId, output: { message: { content: 'At nine.' } } },
		]);
		expectOwnRequests();
	});

	it('is asked, and what comes of it stands in its history', async () => {
		const { vendor } = vendors.sims.zenviaSales;
		const { n8n } = vendors.tested;
		const [prospectId = ''] = vendor.seedProspects(1);
		vendor.receiveMessage(prospectId, { content: 'Hello' });
		const [value = ''] = vendor.prospects.get(prospectId).phones;
		const assignments = [
			{ id: 'phone', name: 'phone', value, type: 'string' },
			{ id: 'when', name: 'when', value: 'Friday', type: 'string' },
		];
		const workflow = await filledIn(vendors, 'ask-and-wait', {
			Appointment: { assignments: { assignments } },
		});
		const { id, link } = await beginAsking(n8n, workflow, 'Ask');
		expect(await (await fetch(link)).text()).toContain('Shall we see you on Friday?');
		expect((await answer(link, { approved: 'false' })).status).toBe(200);
		const execution = await n8n.untilEnded(id);
		expect(itemsOf(execution, 'Write Answer')).toMatchObject([
			{
				json: {
					prospectId,
					output: { comment: 'Appointment on Friday: declined by the contact.' },
				},
			},
		]);
		expectOwnRequests();
	});

	it('in several short messages is answered once', async () => {
		const { vendor } = vendors.sims.zenviaSales;
		const [prospectId = ''] = vendor.seedProspects(1);
		const received = ['Hi', 'One question:', 'Do you deliver?'].map((content) =>
			vendor.receiveMessage(prospectId, { content }),
		);
		const prospect = vendor.prospects.get(prospectId);
		const workflow = await filledIn(vendors, 'buffer-messages', { 'Wait a Little': { amount: 0 } });
		const answers: object[] = [];
		for (const interaction of received) {
			const given = await runExample(vendors, workflow, {
				'Message Received': [{ prospect, interaction }],
			});
			answers.push([given('One Text'), given('Answer').length]);
		}
		const text = 'Hi\nOne question:\nDo you deliver?';
		expect(answers).toEqual([
			[[], 0],
			[[], 0],
			[[{ text, count: 3 }], 1],
		]);
		expectOwnRequests();
	});

	it('reply of LinkedIn is read in Slack, also where a narrow blank stands before PM', async () => {
		const workflow = await filledIn(vendors, 'salesflow-replies-to-slack');
		standIn(workflow, 'Post in Slack', ['text']);
		const { vendor } = vendors.sims.salesflow;
		vendor.timeStyle.beforeHalf = '\u202f';
		const given = await publishExample(vendors, workflow, () => {
			const [contact] = vendor.seedContacts(1);
			vendor.connect(contact?.MemberId);
			vendor.reply(contact?.MemberId, 'Yes, please');
		});
		expect(given('Post in Slack')).toEqual([
			{ text: 'Person 1 replied to Sales 1: Yes, please\nhttps://linkedin.com/in/person-1' },
		]);
		// A registration outlives its workflow by two seconds, for a change that n8n makes of an end and a beginning.
		await until(
			async () => (vendor.webhooks.byId.size === 0 ? true : undefined),
			() => 'the webhooks of the example are still there',
		);
	});
});

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
