import {
	type IDataObject,
	type IHookFunctions,
	type IWebhookFunctions,
	UserError,
} from 'n8n-workflow';
import { connect, type Client } from '../../engine/http/client';
import { ApiError } from '../../engine/http/apiError';
import { del, get, post } from '../../engine/http/request';
import { many } from '../../engine/operation/operation';
import { zenviaSales } from '../vendor';
import { isRecord } from '../../engine/util/json';
import { fingerprint } from '../../engine/webhook/digests';
import { type EventName, topicsOf } from './events';
import { eventsVersion, triggerFields } from './fields';
import { checkReachable } from '../../engine/webhook/reachable';
import { addressSecret } from '../../engine/webhook/addressSecret';
import { nameOf } from '../../engine/webhook/duplicates';
import { accountOf, asHook, inHurry, removal } from '../../engine/webhook/hook';
import { OwnAddress, secretParameter } from '../../engine/webhook/ownAddress';
import { Removals } from '../../engine/webhook/removals';
import { eventsIn } from '../../engine/webhook/trigger';
import { hiddenIn } from '../../engine/webhook/webhookAddress';
import { chosenIn } from '../../engine/util/chosen';
import { checkEvents, noEvent } from '../../engine/util/events';

/** SEED, Notifications. Its group is not told. */
interface Subscription {
	id: string;
	topics: string[];
	callbackUrl: string;
}

const removals = new Removals();

/** Whether exactly what this node needs is there: the whole URL with its secret, and the same topics. */
export async function isSubscribed(context: IHookFunctions): Promise<boolean> {
	return await asNode(context, async (own) => {
		const client = await readyToRegister(context, own);
		const wanted = chosenTopics(context);
		const same = (await list(client)).find(({ callbackUrl }) => callbackUrl === own.url);
		const isSame =
			same !== undefined && [...same.topics].sort().join() === [...wanted].sort().join();
		if (isSame && !isManual(context)) own.address.remember();
		return isSame;
	});
}

/**
 * Subscribes. SEED: one subscription to a group, and a second one ends the first without a word; so what
 * is there is looked at before. A test in the editor remembers it, to put it back.
 */
export async function subscribe(context: IHookFunctions): Promise<boolean> {
	return await asNode(context, async (own) => {
		const { url, isOwn, memory } = own;
		const wanted = chosenTopics(context);
		const client = await readyToRegister(context, own);
		const before = await list(client);
		const foreign = before.find(({ callbackUrl }) => !isOwn(callbackUrl));
		if (foreign && context.getNodeParameter('onConflict') !== 'replace') throw taken(foreign);
		if (isManual(context)) {
			memory.before = before.map(({ topics: had, callbackUrl }) => ({ topics: had, callbackUrl }));
			await create(client, wanted, url);
			return true;
		}
		own.address.remember();
		const { id } = await create(client, wanted, url);
		// What this node left behind, with another secret or for a test, if Zenvia has not ended it.
		for (const old of await list(client)) {
			if (old.id !== id && isOwn(old.callbackUrl)) await end(client, old.id);
		}
		return true;
	});
}

/**
 * Ends this node's subscription, and no other: after a test at once, else in a moment, since the node may only have
 * been changed.
 */
export async function unsubscribe(context: IHookFunctions): Promise<boolean> {
	return await asNode(context, async ({ url, isOwn, memory, secret }) => {
		if (Array.isArray(memory.before)) {
			const { before } = memory;
			await inHurry(context, zenviaSales, secret, async (client) => {
				await endTest(client, url, before.filter(isRemembered));
			});
			return true;
		}
		// A production node that is switched off ends a test of itself too: the test would bring it back.
		const isMine = ({ callbackUrl }: Subscription) => isOwn(callbackUrl);
		const now = await inHurry(context, zenviaSales, secret, list);
		if (!now.some(isMine)) return true;
		const run = await removal(context, zenviaSales, secret, async (client) => {
			for (const { id } of (await list(client)).filter(isMine)) await end(client, id);
		});
		removals.schedule(nameOf(context), await accountOf(context, zenviaSales), run);
		return true;
	});
}

/** Puts back what was there before a test, unless somebody else has subscribed in the meantime. */
async function endTest(
	client: Client,
	url: string,
	before: Array<Omit<Subscription, 'id'>>,
): Promise<void> {
	const now = await list(client);
	const mine = now.filter(({ callbackUrl }) => callbackUrl === url);
	for (const { id } of mine) await end(client, id);
	if (mine.length === 0) return;
	const isGone = ({ callbackUrl }: Omit<Subscription, 'id'>) =>
		callbackUrl !== url && !now.some((one) => one.callbackUrl === callbackUrl);
	const gone = before.find(isGone);
	if (gone) await create(client, gone.topics, gone.callbackUrl);
}

/** The secret that deliveries must show. @throws UserError when the credential has no key */
export const secretOf = async (context: IHookFunctions | IWebhookFunctions): Promise<string> =>
	await addressSecret(context, 'zenviaSalesApi', 'apiKey', 'API key');

/** Whether the node's form asks for events, and not yet for topics. */
export const asksForEvents = (context: IHookFunctions | IWebhookFunctions): boolean =>
	context.getNode().typeVersion >= eventsVersion;

/** @throws UserError where nothing is chosen */
function chosenTopics(context: IHookFunctions): string[] {
	const name = asksForEvents(context) ? 'events' : 'topics';
	const chosen = chosenIn(context.getNodeParameter(name, []));
	checkEvents(context, chosen, eventsIn(triggerFields, name));
	const topics = asksForEvents(context) ? topicsOf(chosen as EventName[]) : chosen;
	if (topics.length > 0) return topics;
	throw new UserError(noEvent);
}

interface Own {
	/** The callback URL, with its secret. */
	url: string;
	secret: string;
	address: OwnAddress;
	/** Whether a URL is this node's, for production or for a test, with any secret. */
	isOwn(url: string): boolean;
	memory: IDataObject;
}

const isManual = (context: IHookFunctions): boolean => context.getMode() === 'manual';

const asNode = async <T>(context: IHookFunctions, work: (own: Own) => Promise<T>): Promise<T> =>
	await asHook(context, zenviaSales, secretOf, async (secret) => {
		const address = new OwnAddress(context, secret);
		const url = new URL(address.now);
		url.searchParams.set(secretParameter, secret);
		const isOwn = (other: string) => address.leadsHere(other) || address.isTestOf(other);
		const memory = context.getWorkflowStaticData('node');
		return await work({ url: url.href, secret, address, isOwn, memory });
	});

/** @throws UserError where Zenvia cannot reach n8n, before anything is sent */
async function readyToRegister(context: IHookFunctions, { address, secret }: Own): Promise<Client> {
	await checkReachable(context, zenviaSales, address.now.href, { name: 'Zenvia' });
	const client = await connect(context, zenviaSales, {
		secrets: hiddenIn(context, secret),
		isAwaited: true,
	});
	// What waits to be taken away would take the test with it: the group has one subscription.
	if (isManual(context)) await removals.settle();
	else
		await removals.settle({
			trigger: nameOf(context),
			account: await accountOf(context, zenviaSales),
		});
	return client;
}

/** All addresses that are subscribed with this key. */
export const callbackUrls = async (client: Client): Promise<string[]> =>
	(await list(client)).map(({ callbackUrl }) => callbackUrl);

/** @throws ApiError where the answer is no list: whoever receives there must not be taken for nobody */
async function list({ send }: Client): Promise<Subscription[]> {
	const all = await send(get`/notifications/subscriptions`, many().records);
	return all.flatMap(({ id, _id, topics, callbackUrl }) =>
		typeof callbackUrl === 'string'
			? [{ id: String(id ?? _id ?? ''), topics: chosenIn(topics), callbackUrl }]
			: [],
	);
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

/** Of the address no more is shown than tells one from another: all of it may hold another's secrets. */
function taken({ callbackUrl, topics }: Subscription): ApiError {
	const host = URL.canParse(callbackUrl)
		? new URL(callbackUrl).host
		: 'an address that is not valid';
	const receiver = `${host} (${fingerprint(callbackUrl).slice(0, 6)})`;
	return new ApiError(
		`Zenvia already sends the ${topics.join(', ') || 'events'} of this group to ${receiver}`,
		{
			hint: 'Zenvia allows one receiver for each group, and a new one would replace that one. Switch off what receives there, or choose Take Over under If Another Receiver Exists. For several workflows, let one receive the events and pass them on: the example one-trigger-many-workflows.json shows how.',
		},
	);
}
