import { saleswhale as api } from '../../../nodes/Saleswhale/vendor.ts';
import type { VendorKit } from '../../kit/vendorKit.mts';
import { hmac, queryTarget, unixTime, usedId } from '../../kit/webhookTarget.mts';
import saleswhale, { type Saleswhale } from './simulator/index.mts';
import { questions } from './questions.mts';
import { lists } from './lists.mts';
import { named } from './named.mts';
import { oracle } from './oracle.mts';
import { soak } from './soak.mts';
import { walks } from './walk.mts';

declare module '../../kit/vendorKit.mts' {
	interface VendorStates {
		saleswhale: Saleswhale;
	}
}

const kit: VendorKit<Saleswhale> = {
	simulator: (apiKey, settings) => saleswhale({ apiKey, ...settings }),
	keyField: 'apiKey',
	keyOf: (query) => query.get('token'),
	address: (baseUrl) => ({ baseUrl }),
	account: { requestsPerSecond: 1000 },
	paced: { requestsPerSecond: 5 },
	live: {
		api,
		questions,
		asked: { apiKey: 'SALESWHALE_API_KEY' },
		sources: {
			conversation_id: [['conversation.getAll', 'conversations.*.id']],
			// No endpoint lists leads.
			lead_id: [
				['conversation.getAll', 'conversations.*.leads.*.id'],
				['enrolment.getAll', 'enrolments.*.lead_id'],
			],
			enrolment_id: [
				['enrolment.getAll', 'enrolments.*.id'],
				['conversation.getAll', 'conversations.*.enrolment.id'],
			],
			sales_rep_id: [['salesRep.getAll', 'sales_reps.*.id']],
		},
		given: { per_page: ['5'] },
		pagedBy: {
			'campaign.getAll': 'meta',
			'conversation.getAll': 'meta',
			'enrolment.getAll': 'meta',
		},
		seed: (vendor) => void vendor.seedConversations(3),
	},
	lists,
	named,
	oracle,
	soak,
	walks,
	attack: {
		needed: { 'lead.update': { updateFields: { jobTitle: 'CEO' } } },
		webhooks: [
			{
				node: 'saleswhaleTrigger',
				parameters: { events: ['conversation.ended'] },
				// SEED, Checking Signature: HMAC-SHA256 over "<timestamp>.<body>".
				target: ({ url, key }) =>
					queryTarget({
						name: 'Saleswhale Trigger',
						url: url('webhook'),
						proofIn: 'signature',
						signsBody: true,
						proof: ({ body = '', timestamp = unixTime() }) => hmac(key, `${timestamp}.${body}`),
						body: (n) =>
							JSON.stringify({
								event_name: 'conversation.ended',
								event_time: '2026-05-19T12:11:03.321+08:00',
								event_payload: { conversation: { id: n, status: 'qualified', leads: [] } },
								eventId: usedId,
							}),
					}),
			},
		],
	},
	agents: {
		seed(vendor) {
			const [conversation] = vendor.seedConversations(1);
			const [enrolment] = vendor.engagements.enrolments.values();
			const [freeLead, doomedLead] = vendor.seedLeads(2);
			const { id, lead_id: lead } = enrolment ?? {};
			const leadEmail = vendor.leads.byId.get(Number(lead))?.email;
			return { conversation, enrolment: id, lead, leadEmail, freeLead, doomedLead };
		},
	},
	trial: {
		operation: { resource: 'team', operation: 'get' },
		trigger: { events: ['conversation.ended'] },
		toldByHand: 'webhook',
	},
	creating: {
		parameters: {
			resource: 'lead',
			operation: 'create',
			firstName: 'Ana',
			email: '={{$json.email}}',
		},
		what: 'lead.create',
	},
	marked: {
		...{ resource: 'lead', operation: 'create' },
		...{ firstName: 'Ana', email: '={{ $json.mark }}@example.com' },
	},
	pictures: {
		action: 'Create enrolment',
		event: 'On conversation ended',
		fill: async (editor) => {
			await editor.pick('campaignId', 'running', /running/);
			await editor.enterId('leadId', '21248461');
		},
	},
	happen(vendor, webhookUrl) {
		// A trigger that polls has no address.
		vendor.webhookUrl = webhookUrl === '' ? undefined : webhookUrl;
		vendor.seedConversations(1);
		vendor.endConversations();
		for (const lead of vendor.leads.byId.keys()) vendor.markDoNotContact(lead);
	},
};
export default kit;
