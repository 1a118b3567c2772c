import type { Journal } from '../../../kit/simulator.mts';
import { find, Refusal } from './answers.mts';
import type { Leads } from './leads.mts';
import { ONGOING } from './model.mts';
import type { Conversation, Enrolment, EnrolmentState, Lead } from './model.mts';
import { campaigns } from './seed.mts';

const FIRST_ENROLMENT_ID = 512_562;
const FIRST_CONVERSATION_ID = 13_512_266;
/** States from which an enrolment can still be canceled. */
const OPEN: EnrolmentState[] = ['planned', 'pending', 'scheduled'];

/** Told of what happens to conversations, so that webhooks can be sent. */
export interface EngagementListener {
	/** The AI assistant sent its first email. */
	started(conversation: Conversation, lead: Lead): void;
	ended(conversation: Conversation): void;
}

/** Campaigns, enrolments and the conversations that come of them. */
export class Engagements {
	readonly campaigns = new Map(campaigns().map((campaign) => [campaign.id, campaign]));
	readonly enrolments = new Map<number, Enrolment>();
	readonly conversations = new Map<number, Conversation>();
	/** The same, oldest first, so that a page of 100,000 costs no more than one of 100. */
	readonly inOrder: Conversation[] = [];
	private readonly enrolmentsOf = new Map<number, Enrolment[]>();
	private readonly conversationsOf = new Map<number, Conversation[]>();

	/** With `stepwise`, an enrolment begins as `planned` and goes on at each `advance()`. */
	constructor(
		private readonly leads: Leads,
		private readonly journal: Journal,
		private readonly listener: EngagementListener,
		private readonly stepwise: boolean,
	) {}

	enrol(campaignId: unknown, leadId: unknown): Enrolment {
		const campaign = find('Campaign', this.campaigns, campaignId);
		const lead = find('Lead', this.leads.byId, leadId);
		const enrolment: Enrolment = {
			id: FIRST_ENROLMENT_ID + this.enrolments.size,
			state: 'planned',
			status: 'processed',
			campaign_id: campaign.id,
			lead_id: lead.id,
			errors: null,
			conversation_id: null,
		};
		if (!this.stepwise) this.settle(enrolment);
		this.enrolments.set(enrolment.id, enrolment);
		push(this.enrolmentsOf, lead.id, enrolment);
		this.journal.add('enrolment.create', enrolment.id, `${campaign.id}/${lead.id}`);
		return enrolment;
	}

	/** Moves every enrolment on by one state: planned, then pending or scheduled, then settled. */
	advance(): void {
		for (const enrolment of this.enrolments.values()) {
			if (enrolment.state === 'scheduled') this.settle(enrolment);
			else if (enrolment.state === 'planned') {
				enrolment.state =
					this.campaignOf(enrolment).status === 'scheduled' ? 'pending' : 'scheduled';
			}
		}
	}

	/** Starts a scheduled campaign: what was pending is settled. */
	startCampaign(id: unknown): void {
		const campaign = find('Campaign', this.campaigns, id);
		campaign.status = 'running';
		campaign.updated_at = new Date().toISOString();
		for (const enrolment of this.enrolments.values()) {
			if (enrolment.campaign_id === campaign.id && enrolment.state === 'pending') {
				this.settle(enrolment);
			}
		}
	}

	cancelEnrolment(id: unknown): Enrolment {
		const enrolment = find('Enrolment', this.enrolments, id);
		if (!OPEN.includes(enrolment.state)) {
			// Inferred: no document says what happens to an enrolment that is past canceling.
			throw new Refusal(422, `Enrolment ${enrolment.id} is ${enrolment.state}.`);
		}
		Object.assign(enrolment, { state: 'canceled', status: 'error' });
		this.journal.add('enrolment.cancel', enrolment.id, String(enrolment.id));
		return enrolment;
	}

	conversationsOfLead(lead: Lead): Conversation[] {
		return this.conversationsOf.get(lead.id) ?? [];
	}

	isEngaged(lead: Lead): boolean {
		return this.conversationsOfLead(lead).some(({ status }) => ONGOING.includes(status));
	}

	/** Ends a conversation, or moves it to `human_review`, which the vendor tells of as well. */
	end(conversation: Conversation, status: string): void {
		conversation.status = status;
		conversation.handover_rep = status === 'qualified' ? this.handoverRep(conversation) : null;
		this.journal.add('conversation.end', conversation.id, `${conversation.id}/${status}`);
		this.listener.ended(conversation);
	}

	cancelConversation(id: unknown): Conversation {
		const conversation = find('Conversation', this.conversations, id);
		if (!ONGOING.includes(conversation.status)) {
			// Inferred: no document says what happens to a conversation that has ended.
			throw new Refusal(422, `Conversation ${conversation.id} is ${conversation.status}.`);
		}
		this.end(conversation, 'canceled');
		return conversation;
	}

	/** Brings a colleague in, who becomes the main lead, as after a referral. */
	addLead(conversationId: unknown, leadId: unknown): Conversation {
		const conversation = find('Conversation', this.conversations, conversationId);
		const { id, email } = find('Lead', this.leads.byId, leadId);
		for (const lead of conversation.leads) lead.is_main = false;
		conversation.leads.push({ id, email, is_main: true, is_original: false });
		push(this.conversationsOf, id, conversation);
		return conversation;
	}

	private settle(enrolment: Enrolment): void {
		const lead = this.leads.byId.get(enrolment.lead_id);
		const errors = this.reasonsAgainst(enrolment, lead);
		if (!lead || errors.length > 0) {
			Object.assign(enrolment, { state: 'invalidated', status: 'error', errors });
		} else if (this.campaignOf(enrolment).status === 'scheduled') {
			enrolment.state = 'pending';
		} else {
			this.converse(enrolment, lead);
		}
	}

	/** The first two are the vendor's own words (SEED, Create an Enrolment), the rest is inferred. */
	private reasonsAgainst(enrolment: Enrolment, lead: Lead | undefined): string[] {
		const reasons: string[] = [];
		const earlier = (this.enrolmentsOf.get(enrolment.lead_id) ?? []).filter(
			({ id, campaign_id, state }) =>
				id < enrolment.id &&
				campaign_id === enrolment.campaign_id &&
				state !== 'canceled' &&
				state !== 'invalidated',
		);
		if (lead && this.isEngaged(lead)) reasons.push('Lead already engaged');
		if (earlier.length > 0) reasons.push('Lead was in this campaign');
		if (!lead) reasons.push('Lead was deleted');
		if (lead?.do_not_contact) reasons.push('Lead is marked as Do Not Contact');
		const { status } = this.campaignOf(enrolment);
		if (status !== 'running' && status !== 'scheduled') reasons.push(`Campaign is ${status}`);
		return reasons;
	}

	private converse(enrolment: Enrolment, lead: Lead): void {
		const id = FIRST_CONVERSATION_ID + this.conversations.size;
		Object.assign(enrolment, { state: 'processed', status: 'processed', conversation_id: id });
		const { state: _state, ...shown } = enrolment;
		const conversation: Conversation = {
			id,
			started_at: new Date().toISOString(),
			handover_rep: null,
			leads: [{ id: lead.id, email: lead.email, is_main: true, is_original: true }],
			status: 'pending_lead_response',
			enrolment: shown,
		};
		this.conversations.set(id, conversation);
		this.inOrder.push(conversation);
		push(this.conversationsOf, lead.id, conversation);
		this.listener.started(conversation, lead);
	}

	/** The lead's owner; without one the handoff reps take turns (SEED, lead owner). */
	private handoverRep(conversation: Conversation): Conversation['handover_rep'] {
		const main = conversation.leads.find(({ is_main }) => is_main);
		const owner = this.leads.byId.get(main?.id ?? 0)?.lead_owner;
		const handoff = [...this.leads.handoff];
		return owner ?? { id: handoff[conversation.id % handoff.length] ?? 0, type: 'sales_rep' };
	}

	private campaignOf({ campaign_id }: Enrolment): { status: string } {
		return find('Campaign', this.campaigns, campaign_id);
	}
}

function push<T>(lists: Map<number, T[]>, key: number, value: T): void {
	const list = lists.get(key);
	if (list) list.push(value);
	else lists.set(key, [value]);
}
