import { find, refusal } from './answers.mts';
import { Engagements } from './engagements.mts';
import { Leads } from './leads.mts';
import { ONGOING } from './model.mts';
import type { Conversation, Lead } from './model.mts';
import { operations } from './operations.mts';
import { hmacSha256, WebhookSender } from '../../../kit/simulator.mts';
import type {
	Answer,
	Call,
	Handler,
	Json,
	SimulatorContext,
	Vendor,
	VendorDefinition,
} from '../../../kit/simulator.mts';

/** How the simulated account is set up. */
export interface SaleswhaleOptions {
	/** The account's API key. Default `saleswhale-key`. */
	apiKey?: string;
	/** The Target URL of the account's settings. Default: none, no webhooks are sent. */
	webhookUrl?: string;
	/** Milliseconds before the first redelivery; each further wait is twice as long. Default 1,000. */
	webhookBaseWaitMs?: number;
	/** Enrolments begin as `planned` and go on at each `advance()`. Default: settled at once. */
	stepwiseEnrolments?: boolean;
	/** What GET /leads/{id}/conversations/ answers: the newest (default), or a list. */
	conversationsOfLead?: 'one' | 'many';
}

/** Which conversations `endConversations` ends, and how. */
export interface EndConversations {
	/** Statuses to end with, used in turn. Default `qualified`. */
	statuses?: string[];
	/** Only these conversations, ended or not. Default: all that are ongoing. */
	ids?: number[];
	/** Most of them. Default: all. */
	count?: number;
}

/** At most 4 redeliveries (SEED, Acknowledging a Webhook). */
const DELIVERIES = 5;
const DELIVERY_TIMEOUT_MS = 10_000;
const DELIVERIES_AT_ONCE = 20;
/** SEED, email.sent. */
const SNIPPET_LENGTH = 117;

/** The Saleswhale account behind the API key. */
export class Saleswhale implements Vendor {
	readonly handlers: Record<string, Handler>;
	readonly actions: NonNullable<Vendor['actions']>;
	readonly leads: Leads;
	readonly engagements: Engagements;
	/** Delivers the webhooks and keeps a record of attempts and answers. */
	readonly webhooks: WebhookSender;
	/** Where webhooks go to; undefined sends none. Can be changed at any time. */
	webhookUrl: string | undefined;
	private readonly apiKey: string;

	constructor(
		private readonly context: SimulatorContext,
		options: SaleswhaleOptions,
	) {
		const { apiKey = 'saleswhale-key', webhookUrl, webhookBaseWaitMs = 1_000 } = options;
		this.apiKey = apiKey;
		this.webhookUrl = webhookUrl;
		this.leads = new Leads(context.journal);
		const listener = {
			started: (conversation: Conversation, lead: Lead) => this.tellSent(conversation, lead),
			ended: (conversation: Conversation) => this.tell('conversation.ended', { conversation }),
		};
		const stepwise = options.stepwiseEnrolments === true;
		this.engagements = new Engagements(this.leads, context.journal, listener, stepwise);
		this.webhooks = new WebhookSender({
			attempts: DELIVERIES,
			baseWaitMs: webhookBaseWaitMs,
			growth: 2,
			timeoutMs: DELIVERY_TIMEOUT_MS,
			concurrency: DELIVERIES_AT_ONCE,
			// "All other HTTP codes will be interpreted as a failed webhook delivery" (SEED).
			acknowledges: (status) => status === 200,
			sign: (body) => {
				const timestamp = String(Math.floor(Date.now() / 1000));
				return { query: { signature: hmacSha256(apiKey, `${timestamp}.${body}`), timestamp } };
			},
		});
		this.handlers = operations(this.leads, this.engagements, options.conversationsOfLead ?? 'one');
		this.actions = {
			endConversations: (input) => this.endConversations(input),
			markDoNotContact: ({ leadId }) => this.markDoNotContact(leadId),
			addLeadToConversation: ({ conversationId, leadId }) =>
				this.engagements.addLead(conversationId, leadId),
			seedLeads: ({ count }) => this.seedLeads(Number(count)),
			seedConversations: ({ count }) => this.seedConversations(Number(count)),
			startCampaign: ({ campaignId }) => this.engagements.startCampaign(campaignId),
			advance: () => this.engagements.advance(),
			setWebhookUrl: ({ url }) => {
				this.webhookUrl = typeof url === 'string' ? url : undefined;
			},
			deliveries: () => this.webhooks.deliveries,
		};
	}

	authenticate({ query, body }: Call): Answer | undefined {
		const inBody = (body as Json | null | undefined)?.['token'];
		const given = query['token'] ?? inBody;
		return given === this.apiKey ? undefined : refusal(401, 'Your API key is invalid.');
	}

	/** Missing properties are 400, wrong ones 422 (SEED, Errors); unknown ones are passed over. */
	invalid({ violations }: Call): Answer | undefined {
		const said = violations.filter(({ where }) => where === 'body' || where === 'query');
		const missing = said.filter(({ keyword }) => keyword === 'required' || keyword === 'parse');
		if (missing.length > 0) return refusal(400, ...missing.map(({ message }) => message));
		const passedOver = ['additionalProperties', 'undocumented', 'media-type'];
		const wrong = said.filter(({ keyword }) => !passedOver.includes(keyword));
		if (wrong.length > 0) return refusal(422, ...wrong.map(({ message }) => message));
		return undefined;
	}

	notFound(): Answer {
		return refusal(404, 'Not found.');
	}

	limitKey({ query, body }: Call): string {
		return String(query['token'] ?? (body as Json | null | undefined)?.['token']);
	}

	limited(): Answer {
		return refusal(429, 'Rate limit is exceeded. Limit is 5 requests per second.');
	}

	summary(): Json {
		const { leads, engagements, webhooks } = this;
		const conversations = [...engagements.conversations.values()];
		const { deliveries } = webhooks;
		return {
			leads: leads.byId.size,
			enrolments: engagements.enrolments.size,
			conversations: conversations.length,
			ongoing: conversations.filter(({ status }) => ONGOING.includes(status)).length,
			deliveries: deliveries.length,
			acknowledged: deliveries.filter(({ state }) => state === 'acknowledged').length,
			givenUp: deliveries.filter(({ state }) => state === 'given up').length,
		};
	}

	close(): void {
		this.webhooks.close();
	}

	/** Ends conversations; each fires `conversation.ended`. Gives their ids. */
	endConversations({ statuses = ['qualified'], ids, count }: EndConversations = {}): number[] {
		const all = [...this.engagements.conversations.values()];
		const chosen = ids
			? ids.map((id) => find('Conversation', this.engagements.conversations, id))
			: all.filter(({ status }) => ONGOING.includes(status));
		return chosen.slice(0, count).map((conversation, index) => {
			this.engagements.end(conversation, statuses[index % statuses.length] ?? 'qualified');
			return conversation.id;
		});
	}

	/** Marks a lead as Do Not Contact and fires `lead.marked_do_not_contact`. */
	markDoNotContact(leadId: unknown): Lead {
		const lead = find('Lead', this.leads.byId, leadId);
		lead.do_not_contact = true;
		// The sample of this event lacks the crm_* properties.
		const { crm_object_id: _id, crm_object_type: _type, crm_type: _crm, ...shown } = lead;
		this.tell('lead.marked_do_not_contact', { lead: shown });
		return lead;
	}

	/** Puts `count` leads in, `seed<n>@example.com`; gives their ids. */
	seedLeads(count: number): number[] {
		const first = this.leads.byId.size + 1;
		return Array.from({ length: count }, (_, index) => {
			const email = `seed${first + index}@example.com`;
			return this.leads.create({ first_name: 'Seed', last_name: String(first + index), email }).id;
		});
	}

	/** Puts `count` leads in and has a conversation begin with each; gives the conversations' ids. */
	seedConversations(count: number): number[] {
		const { engagements } = this;
		const running = [...engagements.campaigns.values()].find(({ status }) => status === 'running');
		return this.seedLeads(count).map(
			(leadId) => engagements.enrol(running?.id, leadId).conversation_id ?? 0,
		);
	}

	private tellSent({ id, started_at }: Conversation, { email, first_name }: Lead): void {
		const text = `Hi ${first_name}, would your company be interested in a great product?`;
		this.tell('email.sent', {
			email: {
				to: [email],
				cc: [],
				from: 'david@example.com',
				snippet: text.slice(0, SNIPPET_LENGTH),
				subject: `Are you interested, ${first_name}?`,
				created_at: started_at,
				conversation_id: id,
			},
		});
	}

	private tell(name: string, payload: Json): void {
		if (this.webhookUrl === undefined) return;
		const event_time = new Date().toISOString();
		const event = { event_name: name, event_time, event_payload: payload };
		this.context.checkWebhook(name, event);
		this.webhooks.deliver(this.webhookUrl, name, event);
	}
}

/** Saleswhale, to be given to `startSimulator`. */
export default function saleswhale(options: SaleswhaleOptions = {}): VendorDefinition<Saleswhale> {
	return {
		name: 'saleswhale',
		contract: new URL('../contract.yaml', import.meta.url),
		documentedLimit: { kind: 'fixed', requests: 5, windowMs: 1_000 },
		create: (context) => new Saleswhale(context, options),
	};
}
