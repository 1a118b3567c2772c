import { WebhookSender } from '../../../kit/simulator.mts';
import type { Delivery, Json, SimulatorContext } from '../../../kit/simulator.mts';
import { TOPICS } from './account.mts';
import { find, Refusal } from './answers.mts';
import type { Ids } from './ids.mts';
import type { Key, Prospect, Subscription, Tell } from './model.mts';

/** "We will retry up to 20 times" (SEED, Webhooks); in which cases is lost. */
const DELIVERIES = 21;
const DELIVERY_TIMEOUT_MS = 10_000;
const DELIVERIES_AT_ONCE = 50;

export interface NotificationSettings {
	/** `real`: prospect and agent are objects (ZENDOO, MEGA). `documented`: arrays (SEED). Default real. */
	envelope: 'real' | 'documented';
	/** Deliveries of each notification at once: live traffic repeats within 19 to 90 ms (SOFIA). */
	copies: number;
	/** Milliseconds before the first redelivery of what was not taken; later ones wait twice as long. */
	baseWaitMs: number;
}

/** Who is told of what: one subscription to a group (SEED), and the notifications that go out. */
export class Subscriptions {
	/** Delivers the notifications and keeps a record of attempts and answers. */
	readonly webhooks: WebhookSender;
	private readonly byGroup = new Map<string, Subscription>();

	constructor(
		private readonly ids: Ids,
		private readonly context: SimulatorContext,
		readonly settings: NotificationSettings,
	) {
		this.webhooks = new WebhookSender({
			attempts: DELIVERIES,
			baseWaitMs: settings.baseWaitMs,
			growth: 2,
			timeoutMs: DELIVERY_TIMEOUT_MS,
			concurrency: DELIVERIES_AT_ONCE,
			// "Successful Request: Status Code < 400" (SEED).
			acknowledges: (status) => status > 0 && status < 400,
			// SEED names a signature for extension URLs only.
			sign: () => ({}),
		});
	}

	/** Every active subscription of the account. */
	get active(): Subscription[] {
		return [...this.byGroup.values()];
	}

	of({ group }: Key): Subscription[] {
		return this.active.filter((one) => this.byGroup.get(group.id) === one);
	}

	/** "Subscribing twice will result in the first subscription being deactivated" (SEED). */
	create({ group, scopes }: Key, topics: string[], callbackUrl: string): Subscription {
		const unknown = topics.find((topic) => !TOPICS.some(({ name }) => name === topic));
		if (unknown !== undefined || topics.length === 0) {
			throw new Refusal(400, 'INVALID_TOPIC', `There is no topic ${unknown ?? ''}`);
		}
		if (!URL.canParse(callbackUrl)) {
			throw new Refusal(400, 'INVALID_CALLBACK_URL', 'The callbackUrl is no URL');
		}
		if (topics.includes('agents') && !scopes.has('integration:act-as-user')) {
			throw new Refusal(403, 'FORBIDDEN', 'Invalid scope, need integration:act-as-user');
		}
		const subscription = { id: this.ids.next().id, topics, callbackUrl };
		this.byGroup.set(group.id, subscription);
		this.context.journal.add('subscription.create', subscription.id, callbackUrl);
		return subscription;
	}

	get(key: Key, id: unknown): Subscription {
		return find('Subscription', new Map(this.of(key).map((one) => [one.id, one])), id);
	}

	remove(key: Key, id: unknown): Subscription {
		const subscription = this.get(key, id);
		this.byGroup.delete(key.group.id);
		this.context.journal.add('subscription.delete', subscription.id, subscription.callbackUrl);
		return subscription;
	}

	/** Loses a subscription, as a service may: nobody is told. */
	lose(groupId: string): void {
		this.byGroup.delete(groupId);
	}

	/** Sends a notification to the prospect's group, if it has subscribed to the topic. */
	readonly tell: Tell = (topic, type, prospect, more = {}) => {
		const subscription = this.byGroup.get(prospect.groupId);
		if (!subscription?.topics.includes(topic)) return;
		const now = new Date().toISOString();
		const notification: Json = {
			subscriptionId: subscription.id,
			topic,
			type,
			received: now,
			sent: now,
			attempts: 1,
			prospect: this.show(prospect),
			updatedAt: now,
			operationId: this.ids.next().id,
			...dueDates(prospect),
			...more,
		};
		this.context.checkWebhook(topic, notification);
		this.post(subscription.callbackUrl, topic, notification, this.settings.copies);
	};

	/** Posts anything to anywhere, a number of times at once. */
	post(url: string, event: string, body: unknown, copies = 1): Delivery[] {
		return Array.from({ length: copies }, () => this.webhooks.deliver(url, event, body));
	}

	private show(prospect: Prospect): unknown {
		const { agent, ...rest } = prospect;
		if (this.settings.envelope === 'real') return prospect;
		return [{ ...rest, ...(agent && { agent: [agent] }) }];
	}
}

function dueDates({ whatsAppDueAt, facebookDueAt }: Prospect): Json {
	return { ...(whatsAppDueAt && { whatsAppDueAt }), ...(facebookDueAt && { facebookDueAt }) };
}
