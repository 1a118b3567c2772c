import type { Answer, Call, Handler, Json } from '../../../kit/simulator.mts';
import { find, list, newestPage, page, Refusal, refusal } from './answers.mts';
import type { Engagements } from './engagements.mts';
import type { Leads } from './leads.mts';
import { ONGOING } from './model.mts';
import type { LeadInput } from './model.mts';
import { TEAM } from './seed.mts';

/** The handlers of the contract's operations over this state. */
export function operations(
	leads: Leads,
	engagements: Engagements,
	conversationsOfLead: 'one' | 'many',
): Record<string, Handler> {
	const { campaigns, enrolments, conversations } = engagements;
	const handlers: Record<string, (call: Call) => Answer> = {
		'team.get': () => ok({ team: TEAM }),

		'lead.create': (call) => created({ lead: leads.create(leadOf(call)) }),
		'lead.get': ({ params }) => ok({ lead: find('Lead', leads.byId, params['lead_id']) }),
		'lead.update': (call) => ok({ lead: leads.update(call.params['lead_id'], leadOf(call)) }),
		'lead.delete': ({ params, body }) => {
			const lead = find('Lead', leads.byId, params['lead_id']);
			const ongoing = engagements
				.conversationsOfLead(lead)
				.filter(({ status }) => ONGOING.includes(status));
			if (ongoing.length > 0 && (body as Json | undefined)?.['force'] !== true) {
				// The document says that it is prevented, not how: 422 and its words are inferred.
				return refusal(422, `Lead ${lead.id} has an ongoing conversation.`);
			}
			for (const conversation of ongoing) engagements.end(conversation, 'canceled');
			leads.archive(lead);
			return { status: 204 };
		},
		'lead.getConversations': ({ params }) => {
			const lead = find('Lead', leads.byId, params['lead_id']);
			const newestFirst = [...engagements.conversationsOfLead(lead)].reverse();
			return conversationsOfLead === 'many'
				? ok({ conversations: newestFirst })
				: ok({ conversation: newestFirst[0] ?? null });
		},

		'campaign.getAll': (call) => {
			const statuses = list(call, 'status[]');
			const after = Date.parse(String(call.query['updated_at__is_after'] ?? '1970-01-01'));
			const shown = [...campaigns.values()]
				.filter(({ status }) => status !== 'draft' && (statuses?.includes(status) ?? true))
				.filter(({ updated_at }) => Date.parse(updated_at) > after);
			return page('campaigns', shown, call);
		},

		'salesRep.get': ({ params }) =>
			ok({ sales_rep: find('Sales rep', leads.reps, params['sales_rep_id']) }),
		'salesRep.getAll': ({ query }) => {
			const reps = [...leads.reps.values()];
			const { email: wanted } = query;
			return ok({
				sales_reps: reps.filter(({ email }) => wanted === undefined || email === wanted),
			});
		},

		'customAttribute.getAll': () => ok({ custom_attributes: [...leads.attributes.values()] }),

		'enrolment.create': ({ body }) => {
			const { campaign_id, lead_id } = (body as { enrolment: Json }).enrolment;
			return created({ enrolment: engagements.enrol(campaign_id, lead_id) });
		},
		'enrolment.get': ({ params }) =>
			ok({ enrolment: find('Enrolment', enrolments, params['enrolment_id']) }),
		'enrolment.getAll': (call) => page('enrolments', [...enrolments.values()].reverse(), call),
		'enrolment.cancel': ({ params }) =>
			ok({ enrolment: engagements.cancelEnrolment(params['enrolment_id']) }),

		'conversation.get': ({ params }) =>
			ok({ conversation: find('Conversation', conversations, params['conversation_id']) }),
		'conversation.getAll': (call) => {
			const statuses = list(call, 'status[]');
			const shown = statuses
				? engagements.inOrder.filter(({ status }) => statuses.includes(status))
				: engagements.inOrder;
			return newestPage('conversations', shown, call);
		},
		'conversation.cancel': ({ params }) =>
			ok({ conversation: engagements.cancelConversation(params['conversation_id']) }),
	};
	return Object.fromEntries(
		Object.entries(handlers).map(([id, handler]) => [id, refusing(handler)]),
	);
}

function leadOf({ body }: Call): LeadInput {
	return (body as { lead: LeadInput }).lead;
}

function ok(body: Json): Answer {
	return { status: 200, body };
}

function created(body: Json): Answer {
	return { status: 201, body };
}

/** Lets a handler refuse by throwing. */
function refusing(handler: (call: Call) => Answer): Handler {
	return (call) => {
		try {
			return handler(call);
		} catch (error) {
			if (error instanceof Refusal) return error.answer;
			throw error;
		}
	};
}
