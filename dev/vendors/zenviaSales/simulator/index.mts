import { AGENTS, GROUPS } from './account.mts';
import { refusal } from './answers.mts';
import { Ids } from './ids.mts';
import { Interactions } from './interactions.mts';
import type { History } from './interactions.mts';
import { Keys } from './keys.mts';
import type { DateBounds } from './lists.mts';
import { Messages } from './messages.mts';
import type { Interaction, Subscription } from './model.mts';
import { operations } from './operations.mts';
import { Prospects } from './prospects.mts';
import { Quotes } from './quotes.mts';
import { Subscriptions } from './subscriptions.mts';
import type { NotificationSettings } from './subscriptions.mts';
import type {
	Answer,
	Call,
	Handler,
	Json,
	SimulatorContext,
	Vendor,
	VendorDefinition,
} from '../../../kit/simulator.mts';

export { AppCaller } from './app.mts';
export type { AppAnswer, AppSettings } from './app.mts';

/** How the simulated account is set up. */
export interface ZenviaSalesOptions {
	/** The key of the Sales group, with every scope and an acting user. Default `zenvia-key`. */
	apiKey?: string;
	/** Scopes of that key, if not all. */
	scopes?: string[];
	/** Whether that key has a user to act as. Default true. */
	actsAsUser?: boolean;
	/** How notifications go out. Default: real envelopes, one copy, redelivery after 1,000 ms. */
	notifications?: Partial<NotificationSettings>;
	/** Whether records made exactly at a date's bound are in; SEED does not say. Default inclusive. */
	dateBounds?: DateBounds;
	/** What GET /prospect-by answers: one object (SEED), or a list (SOFIA, live). Default object. */
	foundAs?: 'object' | 'list';
}

/** The group of the default key. */
const SALES = 1;
/** "The limit itself is not published" (contract): this number is the simulator's own. */
const REQUESTS_A_MINUTE = 60;
const SEED_PHONE = 10_000_000;

/** The Zenvia account behind the API keys. */
export class ZenviaSales implements Vendor {
	readonly handlers: Record<string, Handler>;
	readonly actions: NonNullable<Vendor['actions']>;
	readonly groups = GROUPS;
	readonly agents = AGENTS;
	readonly keys: Keys;
	readonly prospects: Prospects;
	readonly interactions: Interactions;
	/** `messages.files` has the bytes of every file that arrived. */
	readonly messages: Messages;
	readonly quotes: Quotes;
	/** `subscriptions.active` and `subscriptions.webhooks.deliveries` tell who is told, and of what. */
	readonly subscriptions: Subscriptions;
	/** What GET /prospect-by answers; only a list tells of several that match. */
	foundAs: 'object' | 'list';

	constructor(context: SimulatorContext, options: ZenviaSalesOptions) {
		const { apiKey = 'zenvia-key', dateBounds = 'inclusive', foundAs = 'object' } = options;
		const ids = new Ids();
		const settings = {
			envelope: 'real',
			copies: 1,
			baseWaitMs: 1_000,
			...options.notifications,
		} as const;
		this.subscriptions = new Subscriptions(ids, context, settings);
		const { tell } = this.subscriptions;
		this.keys = new Keys(ids);
		this.prospects = new Prospects(ids, context.journal, tell, dateBounds);
		this.interactions = new Interactions(ids, tell, dateBounds);
		this.messages = new Messages(this.interactions, context.journal);
		this.quotes = new Quotes(ids, context.journal, tell, dateBounds);
		const user = options.actsAsUser === false ? undefined : this.agentsOf(SALES)[0];
		this.keys.add({
			key: apiKey,
			group: this.group(SALES),
			...(options.scopes && { scopes: options.scopes }),
			...(user && { user }),
		});
		this.foundAs = foundAs;
		this.handlers = operations(this);
		this.actions = {
			seedProspects: ({ count }) => this.seedProspects(Number(count)),
			seedInteractions: (input) => this.seedInteractions(input as Partial<History>),
			receiveMessage: ({ prospectId, ...message }) =>
				this.receiveMessage(String(prospectId), message),
			grantScope: ({ key, scope, afterMs }) =>
				this.keys.grant(String(key), String(scope), Number(afterMs ?? 0)),
			revokeScope: ({ key, scope }) => this.keys.revoke(String(key), String(scope)),
			subscriptions: () => this.subscriptions.active,
			deliveries: () => this.subscriptions.webhooks.deliveries,
		};
	}

	authenticate(call: Call): Answer | undefined {
		return this.keys.refuse(call);
	}

	/** What is wrong is told (SOFIA, live); what is too much is passed over (inferred). */
	invalid({ violations }: Call): Answer | undefined {
		const id = violations.find(({ where }) => where === 'path');
		if (id) return refusal(400, 'INVALID_ID', `Invalid ${id.pointer.slice(1)}`);
		const passedOver = [
			'additionalProperties',
			'undocumented',
			'unevaluatedProperties',
			'media-type',
		];
		const [wrong] = violations.filter(
			({ where, keyword }) =>
				(where === 'body' || where === 'query') && !passedOver.includes(keyword),
		);
		return wrong && refusal(400, 'SCHEMA_VALIDATION_FAILED', wrong.message);
	}

	notFound(): Answer {
		return refusal(404, 'NOT_FOUND', 'Not found');
	}

	limitKey({ query }: Call): string {
		return String(query['api-key']);
	}

	limited(): Answer {
		return refusal(429, 'TOO_MANY_REQUESTS', 'Too Many Requests');
	}

	summary(): Json {
		const { deliveries } = this.subscriptions.webhooks;
		return {
			prospects: this.prospects.byId.size,
			interactions: this.interactions.size,
			files: this.messages.files.length,
			subscriptions: this.subscriptions.active.length,
			deliveries: deliveries.length,
			acknowledged: deliveries.filter(({ state }) => state === 'acknowledged').length,
		};
	}

	close(): void {
		this.subscriptions.webhooks.close();
	}

	/** Puts prospects into the Sales group, `seed<n>@example.com`; gives their ids. */
	seedProspects(count: number): string[] {
		const first = this.prospects.byId.size + 1;
		return Array.from({ length: count }, (_, index) => {
			const number = first + index;
			return this.addProspect({
				utmSource: 'seed',
				firstName: 'Seed',
				lastName: String(number),
				emails: [`seed${number}@example.com`],
				phones: [`+54911${SEED_PHONE + number}`],
			});
		});
	}

	/** Puts a prospect into the Sales group; gives its id. */
	addProspect(lead: Json): string {
		return this.prospects.addLead(this.group(SALES), 'retail', lead).id;
	}

	/** Puts in another prospect with the phone number and e-mail of one that is there; gives its id. */
	seedTwin(prospectId: string): string {
		const { phones, emails } = this.prospects.get(prospectId);
		const lead = { utmSource: 'seed', firstName: 'Twin', phones, emails };
		return this.prospects.addLead(this.group(SALES), 'retail', lead, false).id;
	}

	/** Puts a history in, made from numbers: 100,000 cost nothing. Default: of one new prospect. */
	seedInteractions({ count = 1_000, from, to, prospectIds }: Partial<History>): void {
		const now = Date.now();
		const history = {
			count,
			from: from ?? new Date(now - 365 * 86_400_000).toISOString(),
			to: to ?? new Date(now - 1_000).toISOString(),
			prospectIds: prospectIds ?? this.seedProspects(1),
		};
		this.interactions.seed(history);
	}

	/** A contact writes: opens the free window of 24 hours and notifies. Default: by WhatsApp. */
	receiveMessage(prospectId: string, { via = 'whatsApp', ...message }: Json = {}): Interaction {
		return this.interactions.receive(this.prospects.get(prospectId), String(via), message);
	}

	/** The subscription of the Sales group. */
	get subscription(): Subscription | undefined {
		return this.keys.all[0] && this.subscriptions.of(this.keys.all[0])[0];
	}

	private group(index: number) {
		const group = GROUPS[index];
		if (!group) throw new RangeError(`There is no group ${index}`);
		return group;
	}

	private agentsOf(index: number) {
		return AGENTS.get(this.group(index).id) ?? [];
	}
}

/** Zenvia Sales, to be given to `startSimulator`. The API's base is `<url>/api/v1`. */
export default function zenviaSales(
	options: ZenviaSalesOptions = {},
): VendorDefinition<ZenviaSales> {
	return {
		name: 'zenviaSales',
		contract: new URL('../contract.yaml', import.meta.url),
		documentedLimit: {
			kind: 'fixed',
			requests: REQUESTS_A_MINUTE,
			windowMs: 60_000,
			rateLimitHeaders: true,
		},
		// SEED, Transfer and Rating: {success, error}. The body knows no passing refusal.
		refusalIn200: ({ path, method }) =>
			method === 'POST' && /\/(transfer|csat)$/.test(path)
				? { success: false, error: 'Not possible at the moment' }
				: undefined,
		create: (context) => new ZenviaSales(context, options),
	};
}
