import { find, Refusal, type RefusalStyle } from './answers.mts';
import { Contacts } from './contacts.mts';
import { type EventName, EVENTS, paragraph, payload, type TimeStyle } from './event.mts';
import { Webhooks } from './hooks.mts';
import { BITS, type Campaign, type Contact, sevenDigitTime } from './model.mts';
import { operations } from './operations.mts';
import { ACCOUNT_ID, accounts, campaigns } from './seed.mts';
import { type Delivery, WebhookSender } from '../../../kit/simulator.mts';
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
export interface SalesflowOptions {
	/** The account's API token. Default `salesflow-token`. */
	token?: string;
	/** How many campaigns there are. Default 12. */
	campaigns?: number;
	/** Where a refusal's status stands. Default `http`. */
	refusals?: RefusalStyle;
	/** How a contact's Status is written. Default `names`, as in the vendor's sample. */
	statusAs?: 'names' | 'number';
	/** Deliveries of an event, until one is answered with 2xx. Default 1: no document speaks of more. */
	attempts?: number;
}

const DELIVERY_TIMEOUT_MS = 10_000;
const DELIVERIES_AT_ONCE = 20;
const DEFAULT_CAMPAIGNS = 12;

/** The Salesflow account behind the token. */
export class Salesflow implements Vendor {
	readonly handlers: Record<string, Handler>;
	readonly actions: NonNullable<Vendor['actions']>;
	readonly accounts = accounts();
	readonly campaigns: Map<number, Campaign>;
	readonly contacts: Contacts;
	readonly webhooks: Webhooks;
	readonly statusAs: 'names' | 'number';
	/** Delivers the events and keeps a record of attempts and answers. */
	readonly sender: WebhookSender;
	/** Can be changed, as a person makes a new one. */
	token: string;
	/** How the times of messages are printed. */
	readonly timeStyle: TimeStyle = { beforeHalf: ' ' };
	private readonly style: RefusalStyle;

	constructor(
		private readonly context: SimulatorContext,
		options: SalesflowOptions,
	) {
		const { campaigns: count = DEFAULT_CAMPAIGNS, refusals = 'http', attempts = 1 } = options;
		this.token = options.token ?? 'salesflow-token';
		this.style = refusals;
		this.statusAs = options.statusAs ?? 'names';
		this.campaigns = new Map(campaigns(count).map((one) => [one.CampaignId, one]));
		this.contacts = new Contacts(context.journal);
		this.webhooks = new Webhooks(context.journal);
		this.sender = new WebhookSender({
			attempts,
			baseWaitMs: 100,
			growth: 2,
			timeoutMs: DELIVERY_TIMEOUT_MS,
			concurrency: DELIVERIES_AT_ONCE,
			acknowledges: (status) => status >= 200 && status < 300,
			// SEED, Webhooks: nothing signs a delivery.
			sign: () => ({}),
		});
		this.handlers = operations(this, refusals);
		this.actions = {
			seedContacts: ({ count: wanted, campaignId }) =>
				this.seedContacts(
					Number(wanted),
					campaignId === undefined ? undefined : Number(campaignId),
				),
			connect: ({ memberId }) => this.connect(memberId),
			reply: ({ memberId, text }) => this.reply(memberId, String(text)),
			withdraw: ({ memberId }) => this.withdraw(memberId),
			mute: ({ memberId }) => Object.assign(this.contacts.get(memberId), { isMuted: true }),
			createCampaign: ({ name }) => this.createCampaign(String(name)),
			deliveries: () => this.sender.deliveries,
		};
	}

	/** SEED, Start campaign: 403 for a wrong token or account. */
	authenticate({ query, operationId }: Call): Answer | undefined {
		const isAccountRight =
			operationId === 'account.getAll' || String(query['accountId']) === String(ACCOUNT_ID);
		if (query['token'] === this.token && isAccountRight) return undefined;
		return new Refusal(403, 'Invalid token/account').answer(this.style);
	}

	/** What breaks the contract is refused with 422 (inferred). */
	invalid({ violations }: Call): Answer {
		const said = violations.map(({ message }) => message).join(' ');
		return new Refusal(422, said).answer(this.style);
	}

	limited(): Answer {
		return new Refusal(429, 'Too many requests').answer('http');
	}

	summary(): Json {
		const { contacts, campaigns: all, webhooks, sender } = this;
		return {
			campaigns: all.size,
			contacts: contacts.byId.size,
			webhooks: webhooks.byId.size,
			attachments: webhooks.attachments().length,
			deliveries: sender.deliveries.length,
		};
	}

	close(): void {
		this.sender.close();
	}

	/** Puts contacts into a campaign (the first if none is said), `person-<n>`; gives them. */
	seedContacts(count: number, campaignId = [...this.campaigns.keys()][0] ?? 0): Contact[] {
		const first = this.contacts.byId.size + 1;
		return Array.from({ length: count }, (_, index) =>
			this.contacts.import(campaignId, `person-${first + index}`, {
				FirstName: 'Person',
				LastName: String(first + index),
				Occupation: 'CEO',
			}),
		);
	}

	/** Somebody creates a campaign in Salesflow, which the API cannot. */
	createCampaign(CampaignName: string): Campaign {
		const CampaignId = Math.max(0, ...this.campaigns.keys()) + 1;
		const campaign: Campaign = {
			CampaignId,
			CampaignName,
			Status: 'CAMPAIGN_STOPPED',
			LastModifiedAt: sevenDigitTime(),
		};
		this.campaigns.set(CampaignId, campaign);
		return campaign;
	}

	/** The contact accepts the invitation. */
	connect(memberId: unknown): Delivery[] {
		const contact = this.contacts.get(memberId);
		contact.status = BITS.MEMBER_CONNECTED;
		contact.ConnectedAt = sevenDigitTime();
		const text = 'This is a test connection message';
		contact.messages.push(paragraph('Connection message', text, this.timeStyle));
		return this.tell('memberConnected', contact);
	}

	/** The contact writes. SEED, Webhooks: nobody is told where it is muted. */
	reply(memberId: unknown, text: string): Delivery[] {
		const contact = this.contacts.get(memberId);
		const name = `${contact.FirstName} ${contact.LastName}`;
		contact.messages.push(paragraph(name, text, this.timeStyle));
		return contact.isMuted ? [] : this.tell('replyDetected', contact);
	}

	/** The invitation is withdrawn. */
	withdraw(memberId: unknown): Delivery[] {
		const contact = this.contacts.get(memberId);
		contact.status = BITS.MEMBER_INVITATION_WITHDRAWN;
		return this.tell('invitationWithdrawn', contact);
	}

	private tell(event: EventName, contact: Contact): Delivery[] {
		const campaign = find('Campaign', this.campaigns, contact.CampaignId);
		const body = payload(event, contact, campaign);
		this.context.checkWebhook(event, body);
		return [...this.webhooks.byId.values()]
			.filter(({ DisableForMutedContacts: skips }) => !(skips === true && contact.isMuted))
			.filter(({ AttachedWebhookCampaigns: attachments }) =>
				attachments.some(
					({ CampaignId, RunOn }) =>
						CampaignId === contact.CampaignId && RunOn === EVENTS[event].runOn,
				),
			)
			.map(({ Url }) => this.sender.deliver(Url, event, body));
	}
}

/** Salesflow, to be given to `startSimulator`. */
export default function salesflow(options: SalesflowOptions = {}): VendorDefinition<Salesflow> {
	return {
		name: 'salesflow',
		contract: new URL('../contract.yaml', import.meta.url),
		// SEED, Start campaign and others: {Status, Message}.
		refusalIn200: () => ({ Status: 503, Message: 'Service unavailable' }),
		create: (context) => new Salesflow(context, options),
	};
}
