import { describe, expect, it } from '@jest/globals';
import { filledIn, formOf, picked, runExample } from './examples.setup.mts';
import { example } from '../../dev/examples.mts';
import { expectOwnRequests, secrets, vendors } from './vendors.setup.mts';

const campaign = picked(41201);

/** Forms that lead to a vendor. */
export function describeForms(): void {
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
			const given = await fillIn('form-to-saleswhale', answers, {
				Enrol: { campaignId: campaign },
			});
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
}

/** One workflow with the keys of many clients. */
export function describeManyClients(): void {
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
}
