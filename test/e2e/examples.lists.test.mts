import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SavedCredential } from '../../dev/n8n/workflow.mts';
import { OpenAi } from '../../dev/kit/openAi.mts';
import { vendorNames } from '../../dev/vendors.mts';
import { e164Phones, phoneOf, profileOf, saved, sheet } from './examples.csv.mts';
import { filledIn, formOf, picked, runExample, standIn, UploadedFile } from './examples.setup.mts';
import { WhatIsNew } from './onlyNew.mts';
import { expectOwnRequests, vendors, withVendors } from './vendors.setup.mts';

withVendors();

describe('a first look', () => {
	it.each([
		['saleswhale', 'Campaigns'],
		['zenvia', 'Newest Contacts'],
		['salesflow', 'Campaigns'],
		['convertalk', 'Chats'],
	])('shows what is in an account of %s, and writes nothing', async (name, last) => {
		const { zenviaSales, convertalk } = vendors.sims;
		zenviaSales.vendor.seedProspects(3);
		convertalk.vendor.leads.addMany(3);
		const given = await runExample(vendors, await filledIn(vendors, `first-look-${name}`));
		expect(given(last).length).toBeGreaterThan(1);
		const methods = Object.values(vendors.sims).flatMap(({ requests }) =>
			requests.map(({ method }) => method),
		);
		expect(new Set(methods)).toEqual(new Set(['GET']));
		expectOwnRequests();
	});
});

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
			'Read File': [{}],
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
		expect(given('Refused')).toEqual([
			{ email: 'whale@example.com', reason: expect.stringContaining('already been taken') },
		]);
		const emails = [...saleswhale.vendor.leads.byId.values()].map(({ email }) => email);
		expect(emails).toEqual(['whale@example.com', 'new@example.com']);
		expectOwnRequests();
	});

	it.each(['zenviaSales', 'salesflow', 'convertalk'] as const)(
		'is created of nobody who may be known to %s, where the look-up failed',
		async (name) => {
			const { leads } = vendors.sims.saleswhale.vendor;
			const answer = { status: 403, body: { message: 'Not allowed' } };
			vendors.sims[name].setFault(() => ({ kind: 'answer', when: 'before', answer }));
			const row = { first_name: 'Ana', last_name: '' };
			const given = await runExample(vendors, await filledIn(vendors, 'dedupe-across-vendors'), {
				'Upload CSV': [{}],
				'Read File': [{}],
				'Read Rows': [
					{ ...row, email: 'ana@example.com', linkedin_url: 'https://www.linkedin.com/in/ana' },
					{ ...row, email: 'bea@example.com', linkedin_url: '' },
				],
			});
			vendors.sims[name].setFault(undefined);
			// Nothing is looked for in Salesflow without a profile.
			const created = name === 'salesflow' ? ['bea@example.com'] : [];
			expect([...leads.byId.values()].map(({ email }) => email)).toEqual(created);
			const refused = ['ana@example.com', 'bea@example.com'].filter(
				(email) => !created.includes(email),
			);
			expect(given('Refused')).toEqual(
				refused.map((email) => ({
					email,
					reason: expect.stringMatching(/Not allowed|may not do this/),
				})),
			);
		},
	);

	it('is reported on, row by row, with the reasons', async () => {
		const workflow = await filledIn(vendors, 'zenvia-csv-with-report');
		// The mail server has a stand-in that gives what would be sent.
		standIn(workflow, 'Send Report', ['subject', 'text']);
		const row = (email: string) => ({ email, phone: '', first_name: 'Ana', comments: '' });
		const given = await runExample(vendors, workflow, {
			'Upload CSV': [{}],
			'Read File': [{}],
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

describe.each(Object.keys(saved))('a sheet saved by %s', (how) => {
	const taken = ['ana', 'joao', 'zoe', 'angela', 'ines', 'raul', 'lia', 'kim'].map(
		(name) => `${name}@example.com`,
	);
	const named = {
		first_name: (first: string) => first,
		last_name: (_: string, last: string) => last,
	};
	const email = (_: string, __: string, value: string) => value;
	const linkedin_url = (_: string, __: string, value: string) =>
		`https://www.linkedin.com/in/${profileOf(value)}`;
	/** The rows that an example refused; the one that holds nothing is none of them. */
	const refused = (rows: Array<Record<string, unknown>>, column: string) =>
		rows.map((row) => row[column]);
	const uploaded = (field: string, columns: Parameters<typeof sheet>[0]) => ({
		'Upload CSV': [new UploadedFile(field, saved[how]?.(sheet(columns)) ?? Buffer.alloc(0))],
	});

	it('is read by the example for Saleswhale', async () => {
		const { leads } = vendors.sims.saleswhale.vendor;
		const workflow = await filledIn(vendors, 'saleswhale-csv-to-campaign', {
			Enrol: { campaignId: picked(41201) },
		});
		const columns = { ...named, email, job_title: () => 'CEO', company: () => 'Acme & Cia' };
		const given = await runExample(vendors, workflow, uploaded('Leads', columns));
		const created = [...leads.byId.values()];
		expect(created.map((lead) => String(lead.email).toLowerCase())).toEqual(taken);
		expect(created).toContainEqual(
			expect.objectContaining({ first_name: 'João', last_name: 'Muñoz' }),
		);
		expect(created).toContainEqual(expect.objectContaining({ last_name: '“Lili” Souza' }));
		expect(created).toContainEqual(expect.objectContaining({ last_name: 'O’Brien' }));
		expect(refused(given('Refused'), 'email')).toEqual(['bruno@example']);
		expectOwnRequests();
	});

	it('is read by the example for Zenvia Sales', async () => {
		const { prospects } = vendors.sims.zenviaSales.vendor;
		const workflow = await filledIn(vendors, 'zenvia-csv-with-report', {
			'Create Lead': { defaultCountry: 'BR' },
		});
		standIn(workflow, 'Send Report', ['subject', 'text']);
		const phone = (_: string, __: string, value: string) => phoneOf(value);
		const columns = { email, phone, first_name: named.first_name, comments: () => '' };
		const given = await runExample(vendors, workflow, uploaded('Leads', columns));
		const created = [...prospects.byId.values()];
		expect(created.flatMap(({ emails }) => emails).map((one) => one.toLowerCase())).toEqual(taken);
		expect(created.flatMap((prospect) => prospect.phones)).toEqual(e164Phones);
		expect(created.map(({ firstName }) => firstName)).toContain('Ângela');
		expect(refused(given('Refused'), 'email')).toEqual(['bruno@example']);
		expectOwnRequests();
	});

	it('is read by the example for Salesflow', async () => {
		const workflow = await filledIn(vendors, 'salesflow-rows-to-campaign', {
			Import: { campaignId: picked(29854) },
		});
		const columns = { linkedin_url, ...named, occupation: () => 'CEO' };
		await runExample(vendors, workflow, uploaded('Contacts', columns));
		const contacts = vendors.sims.salesflow.vendor.contacts.inCampaign(29854);
		const profiles = contacts.map(({ PublicIdentifier }) => PublicIdentifier);
		expect(profiles).toEqual([...taken.slice(0, 4), 'bruno@', ...taken.slice(4)].map(profileOf));
		expect(contacts.map(({ LastName }) => LastName)).toContain('Ibáñez');
		expectOwnRequests();
	});

	it('is looked up in every vendor, whatever its addresses look like', async () => {
		const { saleswhale, zenviaSales, salesflow, convertalk } = vendors.sims;
		zenviaSales.vendor.seedProspects(1);
		salesflow.vendor.seedContacts(1);
		convertalk.vendor.leads.add({ email: 'Raul@example.com' });
		const workflow = await filledIn(vendors, 'dedupe-across-vendors');
		const inZenvia = (email: string) => (email.includes('JOAO') ? ' SEED1@Example.com ' : email);
		const inSalesflow = (email: string) =>
			email.startsWith('zoe') ? 'Person-1' : profileOf(email);
		const columns = {
			...named,
			email: (_: string, __: string, value: string) => inZenvia(value),
			linkedin_url: (_: string, __: string, value: string) =>
				`https://br.linkedin.com/in/${inSalesflow(value)}/?utm_source=share`,
		};
		const given = await runExample(vendors, workflow, uploaded('Leads', columns));
		const known = given('Known Already').map((row) => [row.first_name, row.known_in]);
		expect(known).toEqual([
			['João', 'Zenvia Sales'],
			['Zoë', 'Salesflow'],
			['Raúl', 'Convertalk'],
		]);
		const emails = [...saleswhale.vendor.leads.byId.values()].map((lead) => lead.email);
		expect(emails).toEqual(
			['ana', 'angela', 'ines', 'lia', 'kim'].map((name) => `${name}@example.com`),
		);
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

describe('Only New Since Last Run', () => {
	it.each(vendorNames)('gives each record of %s once, whatever fails', async (name) => {
		const news = await WhatIsNew.publish(vendors, name);
		try {
			news.list.put(Date.now());
			expect(await news.run()).toMatchObject({ status: 'success', keys: [] });
			const key = news.list.put(Date.now());
			expect(await news.run('fail')).toMatchObject({ status: 'error', keys: [key] });
			const again = await news.run();
			expect(again).toMatchObject({ status: 'success', keys: [key] });
			expect(again.said).toContain('did not end well');
			expect(await news.run()).toMatchObject({ status: 'success', keys: [], said: '' });
			const other = news.list.put(Date.now());
			expect(await news.byHand()).toMatchObject({ keys: [other] });
			expect(await news.run()).toMatchObject({ keys: [other] });
			expectOwnRequests();
		} finally {
			await news.close();
		}
	});

	it('writes each record to one file, and again where that execution failed', async () => {
		const file = { returnAs: 'file', fileFormat: 'jsonl' };
		const news = await WhatIsNew.publish(vendors, 'zenviaSales', file);
		try {
			news.list.put(Date.now());
			expect(await news.run()).toMatchObject({ status: 'success', keys: [], written: [] });
			news.list.put(Date.now());
			news.list.put(Date.now());
			expect(await news.run('fail')).toMatchObject({ status: 'error', written: [2] });
			const again = await news.run();
			expect(again).toMatchObject({ status: 'success', written: [2] });
			expect(again.said).toContain('did not end well');
			expect(await news.run()).toMatchObject({ status: 'success', keys: [], said: '' });
			expectOwnRequests();
		} finally {
			await news.close();
		}
	});

	it('gives nothing while the execution before is at work, and loses nothing of one that was canceled', async () => {
		const news = await WhatIsNew.publish(vendors, 'zenviaSales');
		try {
			await news.run();
			const key = news.list.put(Date.now());
			const slow = await news.begin('slow');
			const beside = await news.run();
			expect(beside).toMatchObject({ status: 'success', keys: [] });
			expect(beside.said).toContain(`Execution ${slow} still works on what was new last`);
			await vendors.tested.n8n.cancel(slow);
			expect(await news.run()).toMatchObject({ status: 'success', keys: [key] });
			expect(await news.run()).toMatchObject({ status: 'success', keys: [] });
		} finally {
			await news.close();
		}
	});
});
