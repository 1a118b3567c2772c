import type { IAllExecuteFunctions } from 'n8n-workflow';
import { checkedAddress } from './baseUrl';
import { readCredential } from './credential';
import type { CredentialData } from './credentialCheck';
import type { Vendor } from './vendor';
import { Outage } from './outage';
import { Reachability } from './reachability';
import type { RateLimiter } from '../rateLimit/rateLimiter';
import { credentialId, requestIdentity } from './identity';
import { limiterFor } from './limiters';
import type { Request } from './request';
import { type Redactors, redactorsOf } from './secrets';
import { type Connection, sendInTime } from './send';
import { TimeWaited } from '../rateLimit/timeWaited';
import { Deadlines } from '../util/abort';

/** One vendor, one key: sends requests at the pace that the key allows, again where that is safe. */
export interface Client {
	/**
	 * @returns the body of the answer
	 * @throws ApiError when it did not end well
	 */
	send(request: Request): Promise<unknown>;
	/**
	 * @param read makes of a good answer's body what is wanted; throws where the body does not hold it
	 * @returns what it made
	 * @throws ApiError when it did not end well
	 */
	send<T>(request: Request, read: (body: unknown) => T): Promise<T>;
	/** Takes the credential's secrets out of a text. */
	redact(text: string): string;
	/** How many requests to work on at once. */
	width(): number;
	/** How many more may be asked for now, without a wait that is longer than their turn. */
	room(): number;
	/** How many requests are sent a second; undefined where nobody knows. */
	perSecond(): number | undefined;
	/** For how many milliseconds at least one of its requests waited for its turn. */
	waitedMs(): number;
	/** How many of its requests were refused for coming too soon. */
	rateLimited(): number;
	/** The same object for all connections of this process with this key. */
	account: object;
	/** The same for each client with the same credential, to the last field; holds no secret. */
	credentialId: string;
	/** A name for a request to this account, without a secret in it. */
	identityOf(request: Request): string;
	/** Whether it sends nothing that changes anything. */
	isReadOnly?: boolean;
}

/** How a client is opened where there are no items. */
export interface ConnectOptions {
	/** Ends what is under way. */
	signal?: AbortSignal;
	/** Further secrets that show nowhere, such as that of a trigger's own address. */
	secrets?: readonly string[];
	/**
	 * Whether a person waits for the answer and nothing else goes on meanwhile, as in a dropdown and when a workflow is
	 * activated: few tries, and an end after 9 seconds whatever the network does.
	 */
	isAwaited?: boolean;
}

/**
 * Opens a connection with the credential that the person chose in the node, where there are no items.
 * @throws ApiError when the credential's address is none
 * @throws UserError about a field of the credential that cannot be used
 */
export async function connect(
	context: IAllExecuteFunctions,
	vendor: Vendor,
	{ signal, secrets: more, isAwaited }: ConnectOptions = {},
): Promise<Client> {
	const data = await readCredential(context, vendor);
	const hidden = redactorsOf(vendor, [data], more);
	return openClient(context, vendor, data, { signal, hidden, isAwaited });
}

/** How a client is opened. */
export interface OpenOptions extends Pick<ConnectOptions, 'signal' | 'isAwaited'> {
	/** Left out, the secrets of the credential are hidden. */
	hidden?: Redactors;
	/** What a run knows of the addresses that its clients ask; left out, the client is the only one. */
	outages?: Outages;
}

/** What is known of an address, whoever asks there. */
export type Outages = (address: string) => Outage;

/** Whether an address can be reached. */
type Reachabilities = (address: string) => Reachability;

/** The outages of a run. */
export const outagesOfRun = (): Outages => onceForEach(Outage.ofRun);

/**
 * Opens a connection with a credential that was read.
 * @throws ApiError when the credential's address is none
 */
export function openClient(
	context: IAllExecuteFunctions,
	vendor: Vendor,
	data: CredentialData,
	{ signal, isAwaited = false, hidden = redactorsOf(vendor, [data]), ...given }: OpenOptions,
): Client {
	const limiter = limiterFor(vendor, data);
	const outages = isAwaited ? awaitedOutages(limiter) : (given.outages ?? outagesOfRun());
	const client: Connection = {
		...{ context, vendor, data, limiter, signal, isAwaited, ...hidden },
		isWatched: context.getMode?.() === 'manual',
		counts: { rateLimited: 0 },
		deadlines: new Deadlines(),
		timeWaited: new TimeWaited(),
		outage: (host) => outages(client.address(host)),
		refusedKey: Outage.ofRun(),
		reachability: (host) => reachabilities(limiter)(client.address(host)),
		address: onceForEach((host?: string) =>
			checkedAddress(vendor, vendor.address(data, host), data),
		),
	};
	client.address();
	return {
		send: async <T>(request: Request, read = (body: unknown) => body as T) =>
			await sendInTime(client, request, read),
		redact: client.redact,
		width: () => limiter.width,
		room: () => limiter.room,
		perSecond: () => limiter.perSecond,
		waitedMs: () => client.timeWaited.totalMs,
		rateLimited: () => client.counts.rateLimited,
		account: limiter,
		credentialId: credentialId(vendor, data),
		identityOf: (request) => requestIdentity(vendor, data, request),
	};
}

/** What was just seen of the addresses of a key, by whichever hook or dropdown. */
const awaitedOutages = onceForEach(
	(): Outages => onceForEach(Outage.awaited),
	new WeakMap<RateLimiter, Outages>(),
);

/** What the process knows of the addresses of a key, by whichever run. */
const reachabilities = onceForEach(
	(): Reachabilities => onceForEach(() => new Reachability()),
	new WeakMap<RateLimiter, Reachabilities>(),
);

/** Makes something for each name when it is first asked for, and keeps it. */
function onceForEach<Name, T>(
	make: (name: Name) => T,
	made: { get(name: Name): T | undefined; set(name: Name, one: T): unknown } = new Map(),
): (name: Name) => T {
	return (name) => {
		const known = made.get(name) ?? make(name);
		made.set(name, known);
		return known;
	};
}
