import type { SoakKit } from '../../kit/vendorKit.mts';
import { byId, byKey, counts, holdsName, parts, picked, times } from '../../soak/batch.mts';
import type { Saleswhale } from './simulator/index.mts';

/** Beyond one page of the node, which asks for 100. */
const CONVERSATIONS = 120;

const firstName = '={{ $json.firstName }}';
const leadId = '={{ $json.name }}';

/** Saleswhale, with more requests a second than the vendor allows, so that a soak ends in time. */
export const soak: SoakKit<Saleswhale> = {
	account: { requestsPerSecond: 50 },
	batches({ vendor }, { count, tag }) {
		vendor.seedConversations(CONVERSATIONS);
		const campaigns = [...vendor.engagements.campaigns.values()];
		const campaignId = campaigns.find(({ status }) => status === 'running')?.id;
		const leads = (size: number) => vendor.seedLeads(size).map((id) => ({ name: String(id) }));
		const size = parts(count, {
			get: 30,
			list: 5,
			campaigns: 5,
			update: 15,
			remove: 10,
			create: 20,
			enrol: 15,
		});
		const named = times(size.create, (n) => `soak-${tag}-${n}@example.com`);
		return [
			{
				resource: 'lead',
				operation: 'get',
				duty: 'read',
				parameters: { leadId },
				items: leads(size.get),
				isAnswer: holdsName,
			},
			{
				resource: 'conversation',
				operation: 'getAll',
				duty: 'read',
				parameters: { limit: CONVERSATIONS },
				items: times(size.list, (n) => ({ name: `list ${n}` })),
				isAnswer: counts(CONVERSATIONS),
			},
			{
				resource: 'campaign',
				operation: 'getAll',
				duty: 'read',
				parameters: { returnAll: true },
				items: times(size.campaigns, (n) => ({ name: `campaigns ${n}` })),
				isAnswer: counts(campaigns.filter(({ status }) => status !== 'draft').length),
			},
			{
				resource: 'lead',
				operation: 'update',
				duty: 'repeatable',
				parameters: { leadId, updateFields: { firstName } },
				items: leads(size.update).map((lead) => ({ ...lead, firstName: `New ${lead.name}` })),
				done: { what: 'lead.update', name: byId },
				isAnswer: holdsName,
			},
			{
				resource: 'lead',
				operation: 'delete',
				duty: 'repeatable',
				parameters: { leadId },
				items: leads(size.remove),
				done: { what: 'lead.delete', name: byId },
			},
			{
				resource: 'lead',
				operation: 'create',
				duty: 'once',
				parameters: { firstName, email: '={{ $json.name }}' },
				items: named.map((name) => ({ name, firstName: 'Soak' })),
				done: { what: 'lead.create', name: byKey },
				isAnswer: holdsName,
			},
			{
				resource: 'enrolment',
				operation: 'create',
				duty: 'once',
				parameters: { campaignId: picked(campaignId), leadId },
				items: leads(size.enrol),
				done: { what: 'enrolment.create', name: ({ key }) => key.split('/')[1] ?? '' },
				isAnswer: holdsName,
			},
		];
	},
};
