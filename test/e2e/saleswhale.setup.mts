import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import type { SavedCredential } from '../../dev/n8n/workflow.mts';
import saleswhale, { type Saleswhale } from '../../dev/vendors/saleswhale/simulator/index.mts';
import { type Simulator, startSimulator } from '../../dev/kit/simulator.mts';
import { startTestN8n, type TestN8n } from '../../dev/n8n/harness.mts';

/** The key that Saleswhale takes. */
export const apiKey = 'key-that-nobody-may-see';

/** The vendor, which each test finds as new. */
export let sim: Simulator<Saleswhale>;
/** A real n8n. */
export let test: TestN8n;
/** The credential of the account. */
export let credential: SavedCredential;

/** Is called where a file's tests are described: starts Saleswhale and n8n before them; each test finds a new account. */
export function withSaleswhale(): void {
	beforeAll(async () => {
		sim = await startSimulator(saleswhale({ apiKey }));
		test = await startTestN8n();
		credential = await test.credential('saleswhaleApi', {
			apiKey,
			baseUrl: sim.url,
			requestsPerSecond: 0,
		});
	});

	afterAll(async () => {
		await test?.close();
		await sim?.close();
	});

	beforeEach(() => sim.reset());
}

/** The running campaign and one lead in conversation. */
export function seed() {
	const [conversationId = 0] = sim.vendor.seedConversations(1);
	const conversation = sim.vendor.engagements.conversations.get(conversationId);
	const enrolment = conversation?.enrolment;
	const campaigns = [...sim.vendor.engagements.campaigns.values()];
	const running = campaigns.filter(({ status }) => status === 'running');
	return {
		conversationId: String(conversationId),
		enrolmentId: String(enrolment?.id),
		leadId: String(enrolment?.lead_id),
		campaignId: String(running[0]?.id),
		otherCampaignId: String(running[1]?.id),
		salesRepId: String([...sim.vendor.leads.reps.keys()][0]),
	};
}

/** What a resource locator holds. */
export const picked = (value: string) => ({ __rl: true, mode: 'id', value });

/** One call of each operation: its parameters, and what it answers in the end. */
export const cases: Record<
	string,
	(seeded: ReturnType<typeof seed>) => [object, object | object[]]
> = {
	'team.get': () => [{}, { id: expect.any(Number), name: expect.any(String) }],
	'lead.create': () => [
		{ firstName: 'Myah', email: 'myah@example.com', additionalFields: { lastName: 'Harber' } },
		{ first_name: 'Myah', last_name: 'Harber', email: 'myah@example.com' },
	],
	'lead.findByEmail': ({ leadId }) => [
		{ email: 'seed1@example.com' },
		{ found: true, id: Number(leadId), matchedBy: 'seed1@example.com' },
	],
	'lead.get': ({ leadId }) => [{ leadId }, { id: Number(leadId) }],
	'lead.update': ({ leadId }) => [
		{ leadId, updateFields: { firstName: 'New', email: 'new@example.com' } },
		{ id: Number(leadId), first_name: 'New', email: 'new@example.com' },
	],
	'lead.delete': ({ leadId }) => [{ leadId, force: true }, { deleted: true }],
	'lead.getConversations': ({ leadId, conversationId }) => [
		{ leadId },
		{ id: Number(conversationId) },
	],
	'campaign.getAll': () => [
		{ returnAll: true, filters: { status: ['running'], updatedAfter: '2020-01-01T00:00:00Z' } },
		{ status: 'running' },
	],
	'salesRep.get': ({ salesRepId }) => [
		{ salesRepId: picked(salesRepId) },
		{ id: Number(salesRepId) },
	],
	'salesRep.getAll': () => [{}, { type: 'sales_rep' }],
	'customAttribute.getAll': () => [{}, { name: expect.any(String) }],
	'enrolment.create': ({ leadId, campaignId }) => [
		{ campaignId: picked(campaignId), leadId },
		{ state: 'invalidated', errors: expect.any(Array) },
	],
	'enrolment.get': ({ enrolmentId }) => [{ enrolmentId }, { id: Number(enrolmentId) }],
	'enrolment.getAll': ({ enrolmentId }) => [{ returnAll: true }, { id: Number(enrolmentId) }],
	'enrolment.cancel': ({ enrolmentId }) => [{ enrolmentId }, { id: Number(enrolmentId) }],
	'conversation.get': ({ conversationId }) => [{ conversationId }, { id: Number(conversationId) }],
	'conversation.getAll': () => {
		const [other] = sim.vendor.seedConversations(1);
		sim.vendor.engagements.cancelConversation(other);
		return [
			{ limit: 5, filters: { status: ['canceled'] } },
			{ id: other, status: 'canceled' },
		];
	},
	'conversation.cancel': ({ conversationId }) => [{ conversationId }, { status: 'canceled' }],
	'customApiCall.send': ({ leadId }) => [
		{ method: 'PUT', path: `/leads/${leadId}`, body: '{"lead": {"first_name": "New"}}' },
		{ lead: { id: Number(leadId), first_name: 'New' } },
	],
	'customApiCall.getAll': ({ conversationId }) => [
		{ path: '/conversations', returnAll: true },
		{ id: Number(conversationId) },
	],
};

/** What those ask that are no endpoint of the vendor's. */
export const asked: Record<string, string> = {
	'lead.findByEmail': 'conversation.getAll',
	'customApiCall.send': 'lead.update',
	'customApiCall.getAll': 'conversation.getAll',
};
