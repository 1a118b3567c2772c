import { inTurn, type NamedThings } from '../../kit/namedThings.mts';
import type { Saleswhale } from './simulator/index.mts';

/** What the node's resource locators name. No two leads have one e-mail address, so that there are no twins. */
export const named: NamedThings<Saleswhale> = {
	seed(vendor, n) {
		const { engagements, leads } = vendor;
		const [conversationId = 0] = vendor.seedConversations(1);
		const { leads: inIt = [] } = engagements.conversations.get(conversationId) ?? {};
		const { id = 0, email = '' } = inIt[0] ?? {};
		// One in a campaign that has not begun can be canceled.
		const waits = [...engagements.campaigns.values()].find(({ status }) => status === 'scheduled');
		const [waiting = 0] = vendor.seedLeads(1);
		const enrolment = engagements.enrol(waits?.id, waiting);
		const running = [...engagements.campaigns.values()].filter(
			({ status }) => status === 'running',
		);
		const campaign = inTurn(running, n);
		const rep = inTurn(leads.handoff, n);
		const salesRep = { id: String(rep), called: leads.reps.get(rep)?.email };
		return {
			campaignId: { id: String(campaign.id), called: campaign.name },
			conversationId: { id: String(conversationId), called: email },
			enrolmentId: { id: String(enrolment.id), called: `Lead ${waiting} in` },
			leadId: { id: String(id), called: email, by: { email: email.toUpperCase() } },
			leadOwnerId: salesRep,
			salesRepId: salesRep,
		};
	},
	twins: {},
};
