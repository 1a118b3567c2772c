import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SavedCredential } from '../../dev/n8n/workflow.mts';
import { OpenAi } from '../../dev/kit/openAi.mts';
import { filledIn, formOf, runExample, standIn } from './examples.world.mts';
import { Vendors } from './vendors.world.mts';

let vendors: Vendors;
beforeAll(async () => {
	vendors = await Vendors.start();
});
afterAll(async () => await vendors?.close());
beforeEach(() => vendors.reset());

/** Nothing was asked that a vendor's contract does not have. */
const expectOwnRequests = () => expect(vendors.violations()).toEqual([]);

describe('a list of leads', () => {
	it('is created without those whom some vendor knows', async () => {
		const { saleswhale, zenviaSales, salesflow, convertalk } = vendors.sims;
		saleswhale.vendor.leads.create({ first_name: 'Old', email: 'whale@example.com' });
		zenviaSales.vendor.seedProspects(1);
		salesflow.vendor.seedContacts(1);
		convertalk.vendor.leads.add({ email: 'chat@example.com' });
		const row = (email: string, person: string) => ({
			email,
			first_name: 'Ana',
			last_name: '',
			linkedin_url: `https://www.linkedin.com/in/${person}`,
		});
		const given = await runExample(vendors, await filledIn(vendors, 'dedupe-across-vendors'), {
			'Upload CSV': [{}],
			'Read Rows': [
				row('new@example.com', 'new'),
				row('SEED1@example.com', 'person-1'),
				row('chat@example.com', 'other'),
				row('whale@example.com', 'whale'),
			],
		});
		const known = given('Known Already').map(({ email, known_in }) => [email, known_in]);
		expect(known).toEqual([
			['SEED1@example.com', 'Zenvia Sales, Salesflow'],
			['chat@example.com', 'Convertalk'],
		]);
		expect(given('In Saleswhale Already')).toEqual([
			{ email: 'whale@example.com', reason: expect.stringContaining('already been taken') },
		]);
		const emails = [...saleswhale.vendor.leads.byId.values()].map(({ email }) => email);
		expect(emails).toEqual(['whale@example.com', 'new@example.com']);
		expectOwnRequests();
	});

	it('is reported on, row by row, with the reasons', async () => {
		const workflow = await filledIn(vendors, 'zenvia-csv-with-report');
		// The mail server has a stand-in that gives what would be sent.
		standIn(workflow, 'Send Report', ['subject', 'text']);
		const row = (email: string) => ({ email, phone: '', first_name: 'Ana', comments: '' });
		const given = await runExample(vendors, workflow, {
			'Upload CSV': [{}],
			'Read Rows': [row('a@example.com'), row('nobody'), row('b@example.com'), row('')],
		});
		const rows = given('All Rows').map(({ email, result, reason }) => [email, result, reason]);
		expect(rows).toEqual([
			['a@example.com', 'taken', ''],
			['b@example.com', 'taken', ''],
			['nobody', 'refused', expect.stringContaining('not a valid e-mail address')],
			['', 'refused', expect.stringContaining('both empty')],
		]);
		expect(given('Write Report')).toHaveLength(1);
		expect(given('Send Report')).toEqual([
			{ subject: 'Import of 4 leads', text: 'The report is attached.' },
		]);
		expect(vendors.sims.zenviaSales.vendor.prospects.byId.size).toBe(2);
		expectOwnRequests();
	});
});

describe('an AI agent', () => {
	let model: OpenAi;
	let openAi: SavedCredential;
	beforeAll(async () => {
		model = await OpenAi.start();
		openAi = await vendors.tested.credential('openAiApi', { apiKey: 'model-key', url: model.url });
	});
	afterAll(async () => await model?.close());

	it('enriches a lead with what other vendors know', async () => {
		const { saleswhale, salesflow } = vendors.sims;
		const [leadId = 0] = saleswhale.vendor.seedLeads(1);
		salesflow.vendor.seedContacts(1);
		const workflow = await filledIn(vendors, 'lead-enrichment-with-agent');
		const chatModel = workflow.nodes.find(({ name }) => name === 'Chat Model');
		// OpenAI has a stand-in that speaks its protocol; the credential leads to it.
		if (chatModel) chatModel.credentials = { openAiApi: { id: openAi.id, name: openAi.name } };
		const id = String(leadId);
		model.script = (_request, turn) =>
			[
				[{ tool: 'Get_Lead', arguments: { Lead_ID: id } }],
				[
					{ tool: 'Look_Up_in_Salesflow', arguments: { LinkedIn_Profile: 'person-1' } },
					{ tool: 'Find_in_Zenvia_Sales', arguments: { Email: 'seed1@example.com' } },
				],
				[{ tool: 'Update_Lead', arguments: { Lead_ID: id, Job_Title: 'CEO', Account_Name: '' } }],
			][turn] ?? [];
		const form = formOf(workflow, {
			'Lead ID': id,
			'LinkedIn profile': 'linkedin.com/in/person-1',
		});
		const given = await runExample(vendors, workflow, { 'Lead to Enrich': [form] });
		expect(given('Enrich Lead')).toMatchObject([{ output: 'Done.' }]);
		expect(model.answers).toEqual([
			expect.stringContaining('"email":"seed1@example.com"'),
			expect.stringContaining('"Occupation":"CEO"'),
			'[{"result":"Nothing was found."}]',
			expect.stringContaining('"job_title":"CEO"'),
		]);
		const asked = saleswhale.requests.find(({ operationId }) => operationId === 'lead.update');
		expect(asked?.body).toEqual({ lead: { job_title: 'CEO' } });
		const [question] = model.requests;
		expect(JSON.stringify(question?.messages)).toContain(
			`Lead ${id} of Saleswhale, LinkedIn profile: linkedin`,
		);
		expectOwnRequests();
	});
});
