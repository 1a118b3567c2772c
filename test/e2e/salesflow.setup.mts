import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import type { SavedCredential } from '../../dev/n8n/workflow.mts';
import salesflow, { type Salesflow } from '../../dev/vendors/salesflow/simulator/index.mts';
import { type Simulator, startSimulator } from '../../dev/kit/simulator.mts';
import { startTestN8n, type TestN8n } from '../../dev/n8n/harness.mts';

/** The token that Salesflow takes. */
export const token = 'token-that-nobody-may-see';
/** The account that it is of. */
export const accountId = '321';

/** The vendor, which each test finds as new. */
export let sim: Simulator<Salesflow>;
/** A real n8n. */
export let test: TestN8n;
/** The credential of the account. */
export let credential: SavedCredential;

/** What a credential holds for Salesflow at this address. */
export const dataFor = (url: string) => ({
	token,
	accountId,
	baseUrl: url,
	statisticsBaseUrl: url,
});

/** Is called where a file's tests are described: starts Salesflow and n8n before them; each test finds a new account. */
export function withSalesflow(): void {
	beforeAll(async () => {
		sim = await startSimulator(salesflow({ token }));
		test = await startTestN8n();
		credential = await test.credential('salesflowApi', dataFor(sim.url));
	});

	afterAll(async () => {
		await test?.close();
		await sim?.close();
	});

	beforeEach(() => {
		sim.setFault(undefined);
		sim.reset();
	});
}

/** What a resource locator holds. */
export const picked = (value: unknown, mode = 'id') => ({ __rl: true, mode, value: String(value) });

/** Contacts in a campaign that is stopped, and a webhook that is attached to it. */
export function seed() {
	const { campaigns, webhooks } = sim.vendor;
	const stopped = [...campaigns.values()].find(({ Status }) => Status === 'CAMPAIGN_STOPPED');
	const campaign = stopped?.CampaignId ?? 0;
	const contacts = sim.vendor.seedContacts(3, campaign);
	const { WebhookId: webhook } = webhooks.create({ Name: 'Own', Url: 'https://example.com/own' });
	const { WebhookCampaignId: attachment } = webhooks.attach(webhook, campaign, 1);
	return { campaign, contact: contacts[0]?.MemberId ?? 0, webhook, attachment };
}

type Case = [parameters: object, expected: object];

/** One call of each operation: its parameters, and what it answers in the end. */
export const cases: Record<string, (seeded: ReturnType<typeof seed>) => Case> = {
	'account.getAll': () => [{}, { AccountId: 321, Status: 'ACCOUNT_ACTIVE' }],
	'campaign.getAll': () => [
		{ returnAll: true, filters: { updatedAfter: '2021-04-10T00:00:00Z' } },
		{ CampaignName: expect.any(String), LastModifiedAt: '2021-04-14T10:30:08.000Z' },
	],
	'campaign.start': ({ campaign }) => [
		{ campaignId: picked(campaign) },
		{ started: true, CampaignId: campaign, Message: 'Campaign has been started.' },
	],
	'campaign.getStatistics': ({ campaign }) => [
		{ campaignId: picked(campaign), forceRefresh: true },
		{ CampaignId: campaign, Total: 3, UpdatedAt: expect.stringMatching(/^\d{4}-.*Z$/) },
	],
	'contact.import': ({ campaign }) => [
		{
			campaignId: picked(campaign),
			linkedInUrl: 'https://www.linkedin.com/in/john-smith-123456/?utm_source=x',
			additionalFields: { firstName: 'John', occupation: 'CEO & founder', custom1: 'Webinar' },
		},
		{ FirstName: 'John', Occupation: 'CEO & founder', PublicIdentifier: 'john-smith-123456' },
	],
	'contact.update': ({ contact }) => [
		{ contactId: String(contact), updateFields: { lastName: 'Doe', email: 'doe@example.com' } },
		{ MemberId: contact, LastName: 'Doe', Email: 'doe@example.com' },
	],
	'contact.get': ({ contact }) => [
		{ contactId: picked(contact) },
		{ MemberId: contact, Status: 'MEMBER_IMPORTED', StatusNames: ['MEMBER_IMPORTED'] },
	],
	'contact.delete': ({ contact }) => [{ contactId: String(contact) }, { deleted: true }],
	'contact.getAll': ({ campaign, contact }) => [
		{ campaignId: picked(campaign), limit: 2, filters: { updatedAfter: '2021-01-01' } },
		{ MemberId: contact, AddedAt: expect.stringMatching(/\.\d{3}Z$/) },
	],
	'contact.lookup': () => [
		{ publicIdentifier: 'linkedin.com/in/person-2' },
		{ found: true, LastName: '2' },
	],
	'webhook.create': () => [
		{ name: 'Replies', url: 'https://example.com/hook', disableForMutedContacts: true },
		{ Name: 'Replies', DisableForMutedContacts: true },
	],
	'webhook.getAll': ({ webhook }) => [{}, { WebhookId: webhook }],
	'webhook.attach': ({ webhook, campaign }) => [
		{ webhookId: picked(webhook), campaignId: picked(campaign), runOn: 2 },
		{ CampaignId: campaign, RunOn: 2, WebhookCampaignId: expect.any(Number) },
	],
	'webhook.attachToAll': ({ webhook }) => [
		{ webhookId: picked(webhook), runOn: 2 },
		{ CampaignId: expect.any(Number), WebhookId: webhook, Result: 'attached', Message: null },
	],
	'webhook.detach': ({ attachment }) => [{ webhookCampaignId: attachment }, { detached: true }],
	'webhook.delete': ({ webhook }) => [{ webhookId: picked(webhook) }, { deleted: true }],
	'customApiCall.send': ({ campaign }) => [
		{
			host: 'statistics',
			path: '/api/statistics/GetCampaignStatistics',
			query: { parameter: [{ name: 'campaignId', value: String(campaign) }] },
		},
		{ CampaignId: campaign, Total: 3 },
	],
	'customApiCall.getAll': () => [
		{ path: '/api/campaigns/list-campaigns', limit: 1 },
		{ CampaignName: expect.any(String) },
	],
};

/** What is asked where that is no operation of this name: by calls of none, and in the end by several requests. */
export const asked: Record<string, string> = {
	'webhook.attachToAll': 'webhook.attach',
	'customApiCall.send': 'campaign.getStatistics',
	'customApiCall.getAll': 'campaign.getAll',
};
