import type { IAllExecuteFunctions, ICredentialsDecrypted } from 'n8n-workflow';
import { checkedAddress } from './baseUrl';
import { readCredential } from './credential';
import type { CredentialData } from './credentialCheck';
import { type Outcome, readAnswer } from './response';
import type { Vendor } from './vendor';
import * as errors from './errorMessage';
import { networkFault } from './networkFault';
import { Outage } from './outage';
import { longestWaitMs, RetryLater, type RateLimiter } from '../rateLimit/rateLimiter';
import { httpOptions } from './httpOptions';
import { requestIdentity } from './identity';
import { limiterFor } from './limiters';
import { pause, unlessAborted } from '../util/abort';
import type { Request } from './request';
import * as retry from './retry';
import { type Redactors, redactorsOf, redactValue } from './secrets';
import { classify, type Tried, type Verdict } from './verdict';

/**
 * How long all of a request may take where a person sits before n8n and waits: n8n gives up publishing a workflow
 * after 84 seconds, and calls some hooks up to five times by then (2.41.1). Milliseconds.
 */
const awaitedMs = 9_000;

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
	/** How many of its requests were refused for coming too soon. */
	rateLimited(): number;
	/** The same object for all connections of this process with this key. */
	account: object;
	/** A name for a request to this account, without a secret in it. */
	identityOf(request: Request): string;
}

/** What an open connection holds. */
interface ClientState extends Redactors {
	context: IAllExecuteFunctions;
	vendor: Vendor;
	data: CredentialData;
	limiter: RateLimiter;
	signal?: AbortSignal;
	isAwaited: boolean;
	/** What came of its requests so far. */
	counts: { rateLimited: number };
	/** What is known of one of the vendor's hosts. */
	outage(host?: string): Outage;
	/** The checked address of one of the vendor's hosts. @throws ApiError when it is none */
	address(host?: string): string;
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
}

/**
 * Opens a connection with a credential that was read.
 * @throws ApiError when the credential's address is none
 */
export function openClient(
	context: IAllExecuteFunctions,
	vendor: Vendor,
	data: CredentialData,
	{ signal, isAwaited = false, hidden = redactorsOf(vendor, [data]) }: OpenOptions,
): Client {
	const limiter = limiterFor(vendor, data);
	const client: ClientState = {
		...{ context, vendor, data, limiter, signal, isAwaited, ...hidden },
		counts: { rateLimited: 0 },
		outage: isAwaited ? awaitedOutages(limiter) : onceForEach(Outage.ofRun),
		address: onceForEach((host) => checkedAddress(vendor, vendor.address(data, host), data)),
	};
	client.address();
	return {
		send: async <T>(request: Request, read = (body: unknown) => body as T) =>
			await sendInTime(client, request, read),
		redact: client.redact,
		width: () => limiter.width,
		room: () => limiter.room,
		rateLimited: () => client.counts.rateLimited,
		account: limiter,
		identityOf: (request) => requestIdentity(vendor, data, request),
	};
}

const outages = new WeakMap<RateLimiter, ClientState['outage']>();

/** What was just seen of the hosts of a key, by whichever hook or dropdown. */
function awaitedOutages(limiter: RateLimiter): ClientState['outage'] {
	const known = outages.get(limiter) ?? onceForEach(Outage.awaited);
	outages.set(limiter, known);
	return known;
}

/** Makes something for each of the vendor's hosts when it is first asked for, and keeps it. */
function onceForEach<T>(make: (host?: string) => T): (host?: string) => T {
	const made = new Map<string | undefined, T>();
	return (host) => {
		const known = made.get(host) ?? make(host);
		made.set(host, known);
		return known;
	};
}

/** Sends a request; where a person waits, gives up in time. @throws ApiError when it did not end well */
async function sendInTime<T>(
	client: ClientState,
	request: Request,
	read: (body: unknown) => T,
): Promise<T> {
	if (!client.isAwaited) return await send(client, request, read);
	const deadline = AbortSignal.timeout(awaitedMs);
	const signal = client.signal ? AbortSignal.any([client.signal, deadline]) : deadline;
	return await send({ ...client, signal }, request, read).catch((thrown: unknown) => {
		if (thrown !== deadline.reason) throw thrown;
		if (client.limiter.rateLimitedForMs > 0) throw errors.retryLaterError(client.vendor);
		const late = errors.lateError(client.vendor, request, awaitedMs);
		client.outage(request.host).goesOn(late);
		throw late;
	});
}

/** Sends a request until it ended well, or may not be sent again. @throws ApiError when it did not end well */
async function send<T>(
	client: ClientState,
	request: Request,
	read: (body: unknown) => T,
): Promise<T> {
	const { vendor, signal, isAwaited } = client;
	const outage = client.outage(request.host);
	const tried: Tried<T> = { vendor, request, read, mayBeDone: false };
	for (let tries = 1; ;) {
		// Also between two tries of this one: those beside it may have found out meanwhile.
		if (!tried.mayBeDone) outage.check();
		const verdict = await tryOnce(client, tried);
		if (verdict.kind === 'success') return verdict.value;
		if (verdict.kind === 'rateLimited') continue;
		const { outcome, mayBeDone, isUnreached, unreadable } = verdict;
		if (unreadable) throw errors.unreadableError(vendor, request, unreadable.thrown);
		tried.mayBeDone ||= mayBeDone;
		if (verdict.kind === 'failed' || tries >= retry.mostTries(isUnreached, isAwaited)) {
			const { hostname: host } = new URL(client.address(request.host));
			const failure = { vendor, request, outcome, mayBeDone, tries, host, clean: client.redact };
			if (isUnreached) outage.goesOn(errors.untriedError(failure, isAwaited));
			throw errors.toApiError(failure);
		}
		const asked = outcome.kind === 'answered' ? retry.retryAfterMs(outcome.headers) : undefined;
		if ((asked ?? 0) > longestWaitMs) throw errors.retryLaterError(vendor, asked);
		await pause(Math.max(retry.backoffMs(tries), asked ?? 0), signal);
		tries++;
	}
}

/** One try in its turn, and what the rate limiter and the outage learn of it. @throws ApiError when that takes too long */
async function tryOnce<T>(client: ClientState, tried: Tried<T>): Promise<Verdict<T>> {
	const { vendor, limiter, signal } = client;
	const { request } = tried;
	const start = await limiter.acquire(signal).catch((thrown: unknown) => {
		throw thrown instanceof RetryLater ? errors.retryLaterError(vendor, thrown.waitMs) : thrown;
	});
	const outcome = await sendOnce(client, request).finally(() => limiter.release(start));
	signal?.throwIfAborted();
	if (outcome.kind !== 'answered') return classify(tried, outcome);
	outcome.status = vendor.status?.(outcome) ?? outcome.status;
	const verdict = classify(tried, outcome);
	if (!('isUnreached' in verdict && verdict.isUnreached)) client.outage(request.host).ended();
	const quota = vendor.quota?.(outcome.headers);
	if (verdict.kind !== 'rateLimited') {
		limiter.accepted(start, quota);
		return verdict;
	}
	client.counts.rateLimited++;
	const waitMs = retry.retryAfterMs(outcome.headers) ?? quota?.resetMs;
	limiter.rateLimited(start, waitMs, quota);
	if ((waitMs ?? 0) > longestWaitMs || limiter.rateLimitedForMs > retry.patienceMs)
		throw errors.retryLaterError(vendor, waitMs);
	return verdict;
}

async function sendOnce(
	{ context, vendor, data, address, redactAnswer, isAwaited, signal }: ClientState,
	request: Request,
): Promise<Outcome> {
	const base = address(request.host);
	const options = httpOptions(base, vendor.withAccount?.(request, data) ?? request);
	if (isAwaited) Object.assign(options, { timeout: awaitedMs, abortSignal: signal });
	const form = await request.file?.open();
	if (form) Object.assign(options, { body: form.body, headers: form.headers });
	// Handed on with each request, or n8n would fetch and decrypt it again for every one of them.
	const credentialsDecrypted: ICredentialsDecrypted = {
		id: '',
		name: vendor.credential,
		type: vendor.credential,
		data,
	};
	try {
		// `call`, since n8n's helper looks at its caller for the cancel signal and the credential.
		const sending: Promise<unknown> = context.helpers.httpRequestWithAuthentication.call(
			context,
			vendor.credential,
			options,
			{ credentialsDecrypted },
		);
		// n8n ends what runs with its own signal; what a person waits for ends by ours.
		const answer = await (isAwaited ? unlessAborted(sending, signal) : sending);
		const outcome = readAnswer(request, answer);
		if (outcome.kind === 'answered') outcome.body = redactValue(outcome.body, redactAnswer);
		return outcome;
	} catch (thrown) {
		const { isNotSent, ...fault } = networkFault(thrown, new URL(base));
		return isNotSent ? { kind: 'notSent', ...fault } : { kind: 'unknownOutcome', code: fault.code };
	} finally {
		form?.close();
	}
}
