import {
	type IDataObject,
	type IHookFunctions,
	type IWebhookFunctions,
	UserError,
} from 'n8n-workflow';
import { connect, type Client } from '../../engine/http/client';
import { nodeError, ApiError } from '../../engine/http/apiError';
import { del, get, post } from '../../engine/http/request';
import { zenviaSales } from '../vendor';
import { isRecord } from '../../engine/util/json';
import { type EventName, topicsOf } from './events';
import { eventsVersion } from './fields';
import { checkReachable } from '../../engine/webhook/reachable';
import { addressSecret } from '../../engine/webhook/address';

/** SEED, Notifications. Its group is not told. */
interface Subscription {
	id: string;
	topics: string[];
	callbackUrl: string;
}

/** The query parameter of the callback URL that only Zenvia and this node know. */
export const secretParameter = 'secret';

/** Whether exactly what this node needs is there: the whole URL with its secret, and the same topics. */
export async function isSubscribed(context: IHookFunctions): Promise<boolean> {
	return await asNode(context, true, async ({ connection: client, url, topics }) => {
		const wanted = topics();
		const same = (await list(client)).find(({ callbackUrl }) => callbackUrl === url);
		return same !== undefined && [...same.topics].sort().join() === [...wanted].sort().join();
	});
}

/**
 * Subscribes. SEED: one subscription to a group, and a second one ends the first without a word; so what
 * is there is looked at before. A test in the editor remembers it, to put it back.
 */
export async function subscribe(context: IHookFunctions): Promise<boolean> {
	return await asNode(context, true, async ({ connection: client, url, topics, isOwn, memory }) => {
		const wanted = topics();
		const before = await list(client);
		const foreign = before.find(({ callbackUrl }) => !isOwn(callbackUrl));
		if (foreign && context.getNodeParameter('onConflict') !== 'replace') throw taken(foreign);
		const isTest = context.getMode() === 'manual';
		if (isTest)
			memory.before = before.map(({ topics: had, callbackUrl }) => ({ topics: had, callbackUrl }));
		const { id } = await create(client, wanted, url);
		if (isTest) return true;
		// What this node left behind, with another secret or for a test, if Zenvia has not ended it.
		for (const old of await list(client)) {
			if (old.id !== id && isOwn(old.callbackUrl)) await end(client, old.id);
		}
		return true;
	});
}

/**
 * Ends this node's subscription, and no other. After a test, what was there before is put back, unless
 * somebody else has subscribed in the meantime.
 */
export async function unsubscribe(context: IHookFunctions): Promise<boolean> {
	return await asNode(context, false, async ({ connection: client, url, isOwn, memory }) => {
		const isTest = Array.isArray(memory.before);
		const now = await list(client);
		// A production node that is switched off ends a test of itself too: the test would bring it back.
		const mine = now.filter(({ callbackUrl }) =>
			isTest ? callbackUrl === url : isOwn(callbackUrl),
		);
		for (const { id } of mine) await end(client, id);
		if (!isTest || mine.length === 0) return true;
		const gone = (memory.before as unknown[])
			.filter(isRemembered)
			.find(
				({ callbackUrl }) =>
					callbackUrl !== url && !now.some((one) => one.callbackUrl === callbackUrl),
			);
		if (gone) await create(client, gone.topics, gone.callbackUrl);
		return true;
	});
}

/** The secret that deliveries must show. @throws UserError when the credential has no key */
export const secretOf = async (context: IHookFunctions | IWebhookFunctions): Promise<string> =>
	await addressSecret(context, 'zenviaSalesApi', 'apiKey', 'API key');

/** Whether the node's form asks for events, and not yet for topics. */
export const asksForEvents = (context: IHookFunctions | IWebhookFunctions): boolean =>
	context.getNode().typeVersion >= eventsVersion;

/** @throws UserError where nothing is chosen */
function chosenTopics(context: IHookFunctions): string[] {
	const topics = asksForEvents(context)
		? topicsOf(context.getNodeParameter('events', []) as EventName[])
		: (context.getNodeParameter('topics') as string[]);
	if (topics.length > 0) return topics;
	throw new UserError('Trigger On is empty. Choose at least one event.');
}

interface Own {
	connection: Client;
	/** The callback URL, with its secret. */
	url: string;
	/** @throws UserError where nothing is chosen */
	topics(): string[];
	/** Whether a URL is this node's, for production or for a test, with any secret. */
	isOwn(url: string): boolean;
	memory: IDataObject;
}

/** @param isToRegister whether Zenvia shall call n8n afterwards */
async function asNode<T>(
	context: IHookFunctions,
	isToRegister: boolean,
	work: (own: Own) => Promise<T>,
): Promise<T> {
	const memory = context.getWorkflowStaticData('node');
	const address = context.getNodeWebhookUrl('default');
	try {
		if (address === undefined) throw new ApiError('n8n gave this node no address');
		// Kept for good: a delivery under way writes the whole memory back, and would undo a change.
		const secret = await secretOf(context);
		memory.secret ??= secret;
		const url = new URL(address);
		url.searchParams.set(secretParameter, secret);
		// Test and production differ in their first segment only: /webhook-test/<id>/webhook.
		const tail = url.pathname.split('/').slice(-2).join('/');
		const isOwn = (other: string) =>
			URL.canParse(other) &&
			new URL(other).origin === url.origin &&
			new URL(other).pathname.endsWith(`/${tail}`);
		const topics = () => chosenTopics(context);
		if (isToRegister) await checkReachable(context, zenviaSales, address, 'Zenvia');
		const client = await connect(context, zenviaSales, undefined, [secret]);
		return await work({ connection: client, url: url.href, topics, isOwn, memory });
	} catch (thrown) {
		throw nodeError(context.getNode(), thrown);
	}
}

async function list({ send }: Client): Promise<Subscription[]> {
	const body = await send(get`/notifications/subscriptions`);
	return Array.isArray(body) ? body.filter(isSubscription) : [];
}

async function create(
	client: Client,
	topics: string[],
	callbackUrl: string,
): Promise<Subscription> {
	// A second one takes the place of the first (SEED), so this may be sent again.
	const request = {
		...post`/notifications/subscriptions`,
		body: { topics, callbackUrl },
		repeatable: true,
	};
	const made = await client.send(request);
	if (isSubscription(made)) return made;
	// What was taken is there, whatever the answer says of it, and must not stay behind a trigger that is not active.
	const found = (await list(client)).find((one) => one.callbackUrl === callbackUrl);
	if (found) return found;
	throw new ApiError('Zenvia Sales took the subscription, but did not say which', {
		hint: 'See Subscription > Get Many for what is there.',
	});
}

async function end({ send }: Client, id: string): Promise<void> {
	await send(del`/notifications/subscription/${id}`).catch((thrown: unknown) => {
		// Gone already is what was wanted.
		if (!(thrown instanceof ApiError && thrown.code === '404')) throw thrown;
	});
}

const isRemembered = (value: unknown): value is Omit<Subscription, 'id'> =>
	isRecord(value) && Array.isArray(value.topics) && typeof value.callbackUrl === 'string';

const isSubscription = (value: unknown): value is Subscription =>
	isRemembered(value) && typeof (value as IDataObject).id === 'string';

/** The URL is shown without its query, which may hold another's secret. */
function taken({ callbackUrl, topics }: Subscription): ApiError {
	const [address] = callbackUrl.split('?');
	return new ApiError(`Zenvia already sends the ${topics.join(', ')} of this group to ${address}`, {
		hint: 'Zenvia keeps one subscription to a group, and a new one would end that one. Switch off what receives there, or choose Replace under If Subscription Exists.',
	});
}
