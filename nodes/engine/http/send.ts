import type { IAllExecuteFunctions, ICredentialsDecrypted } from 'n8n-workflow';
import type { CredentialData } from './credentialCheck';
import { type Outcome, readAnswer } from './response';
import type { Vendor } from './vendor';
import * as errors from './errorMessage';
import { networkFault } from './networkFault';
import type { Outage } from './outage';
import { NobodyThere, type Reachability, silentSeconds } from './reachability';
import { longestWaitMs, RetryLater, type RateLimiter } from '../rateLimit/rateLimiter';
import type { TimeWaited } from '../rateLimit/timeWaited';
import { httpOptions, longestTryMs, longestUploadMs, probeOptions, timeoutMs } from './httpOptions';
import { type Deadlines, pause, unlessAborted } from '../util/abort';
import type { Request } from './request';
import * as retry from './retry';
import { type Redactors, redactValue } from './secrets';
import { classify, type Fault, type Tried, type Verdict } from './verdict';
import { steadyNow } from '../util/steadyClock';

/**
 * How long all of a request may take where a person sits before n8n and waits: n8n gives up publishing a workflow
 * after 84 seconds, and calls some hooks up to five times by then (2.41.1). Milliseconds.
 */
const awaitedMs = 9_000;

/** An open connection to a vendor with one key. */
export interface Connection extends Redactors {
	context: IAllExecuteFunctions;
	vendor: Vendor;
	data: CredentialData;
	limiter: RateLimiter;
	signal?: AbortSignal;
	isAwaited: boolean;
	/** When its tries end at the latest. */
	deadlines: Deadlines;
	/** Whether a person waits for the run that it is part of. */
	isWatched: boolean;
	/** What came of its requests so far. */
	counts: { rateLimited: number };
	/** How long they waited for their turns. */
	timeWaited: TimeWaited;
	/** What is known of one of the vendor's hosts. */
	outage(host?: string): Outage;
	/** Whether the vendor takes the key, as far as the run knows. */
	refusedKey: Outage;
	/** Whether one of the vendor's hosts can be reached, as far as the process knows. */
	reachability(host?: string): Reachability;
	/** The checked address of one of the vendor's hosts. @throws ApiError when it is none */
	address(host?: string): string;
}

/**
 * Sends a request; where a person waits, gives up in time.
 * @param read makes of a good answer's body what is wanted; throws where the body does not hold it
 * @returns what it made
 * @throws ApiError when it did not end well
 */
export async function sendInTime<T>(
	client: Connection,
	request: Request,
	read: (body: unknown) => T,
): Promise<T> {
	if (!client.isAwaited) return await send(client, request, read);
	const { vendor, limiter } = client;
	const begun = steadyNow();
	if (limiter.closedForMs > awaitedMs) throw errors.retryLaterError(vendor, limiter.closedForMs);
	const deadline = AbortSignal.timeout(awaitedMs);
	const signal = client.signal ? AbortSignal.any([client.signal, deadline]) : deadline;
	return await send({ ...client, signal }, request, read).catch((thrown: unknown) => {
		// Also a time that was set for more than this request may end first: on a busy machine it began much earlier.
		if (!signal.aborted || thrown !== signal.reason || !isTimeout(thrown)) throw thrown;
		if (limiter.rateLimitedForMs > 0)
			throw errors.retryLaterError(vendor, limiter.closedForMs || undefined);
		const waitedMs = thrown === deadline.reason ? awaitedMs : steadyNow() - begun;
		const late = errors.lateError(vendor, request, waitedMs);
		if (thrown === deadline.reason) client.outage(request.host).goesOn(late);
		throw late;
	});
}

/** What AbortSignal.timeout() aborts with (DOM, 3.2.1). */
const isTimeout = (thrown: unknown): boolean =>
	(thrown as Error | undefined)?.name === 'TimeoutError';

/** Sends a request until it ended well, or may not be sent again. @throws ApiError when it did not end well */
async function send<T>(
	client: Connection,
	request: Request,
	read: (body: unknown) => T,
): Promise<T> {
	const { vendor, signal, isAwaited } = client;
	const outage = client.outage(request.host);
	const tried: Tried<T> = { vendor, request, read, mayBeDone: false };
	for (let tries = 1; ;) {
		// Also between two tries of this one: those beside it may have found out meanwhile.
		if (!tried.mayBeDone) {
			outage.check();
			client.refusedKey.check();
		}
		const verdict = await tryOnce(client, tried);
		if (verdict.kind === 'success') return verdict.value;
		if (verdict.kind === 'rateLimited') continue;
		const { outcome, mayBeDone, isUnreached, unreadable } = verdict;
		if (unreadable)
			throw errors.unreadableError({ vendor, request, clean: client.redact }, unreadable.thrown);
		tried.mayBeDone ||= mayBeDone;
		const asked = retry.retryAfterMs(outcome.kind === 'answered' ? outcome.headers : {}) ?? 0;
		const isLast =
			asked > longestWaitFor(client) || tries >= retry.mostTries(isUnreached, isAwaited);
		if (verdict.kind === 'failed' || isLast) {
			const { hostname: host } = new URL(client.address(request.host));
			const failure = {
				...{ vendor, request, outcome, isUnreached, tries, host, clean: client.redact },
				// What the vendor itself refuses, it has refused before; that nobody is there now says nothing of before.
				mayBeDone: verdict.kind === 'failed' && !isUnreached ? mayBeDone : tried.mayBeDone,
			};
			const ending = endingOf(client, request, verdict);
			ending?.goesOn(errors.untriedError(failure, isAwaited));
			throw errors.toApiError(failure);
		}
		await pause(Math.max(retry.backoffMs(tries), asked), signal);
		tries++;
	}
}

/** What is known to end the next request as this one ended, if it goes on. */
function endingOf(
	{ outage, refusedKey }: Connection,
	{ host, isCustom }: Request,
	{ isUnreached, outcome }: Fault,
): Outage | undefined {
	if (isUnreached) return outage(host);
	return isKeyRefused(outcome) && !isCustom ? refusedKey : undefined;
}

/** RFC 9110, 15.5.2: the credentials are not valid; of one that is, and may not do this, 403 tells. */
const isKeyRefused = (outcome: Outcome): boolean =>
	outcome.kind === 'answered' && outcome.status === 401;

/** The longest wait that a vendor may ask for: where a person waits, what leaves time for the answer. Milliseconds. */
const longestWaitFor = ({ isAwaited }: Connection): number =>
	isAwaited ? awaitedMs / 2 : longestWaitMs;

/** One try in its turn, and what the rate limiter and the outage learn of it. @throws ApiError when that takes too long */
async function tryOnce<T>(client: Connection, tried: Tried<T>): Promise<Verdict<T>> {
	const { vendor, limiter, signal, timeWaited } = client;
	const { request } = tried;
	const start = await timeWaited.during(limiter.acquire(signal)).catch((thrown: unknown) => {
		throw thrown instanceof RetryLater
			? errors.retryLaterError(vendor, thrown.waitMs, tried)
			: thrown;
	});
	const outcome = await sendOnce(client, request).finally(() => limiter.release(start));
	signal?.throwIfAborted();
	if (outcome.kind !== 'answered') return classify(tried, outcome);
	outcome.status = vendor.status?.(outcome) ?? outcome.status;
	const verdict = classify(tried, outcome);
	// What answers in the vendor's place says nothing of the vendor: neither its pace nor how long it takes.
	if ('isUnreached' in verdict && verdict.isUnreached) return verdict;
	client.outage(request.host).ended();
	if (!isKeyRefused(outcome)) client.refusedKey.ended();
	client.reachability(request.host).heard();
	const quota = vendor.quota?.(outcome.headers);
	if (verdict.kind !== 'rateLimited') {
		limiter.accepted(start, quota, verdict.kind === 'success');
		return verdict;
	}
	client.counts.rateLimited++;
	const waitMs = retry.retryAfterMs(outcome.headers) ?? quota?.resetMs;
	limiter.rateLimited(start, waitMs, quota);
	const isOver = limiter.rateLimitedForMs > retry.patienceMs;
	if (isOver) limiter.close();
	if (isOver || (waitMs ?? 0) > longestWaitFor(client))
		throw errors.retryLaterError(vendor, waitMs, tried);
	return verdict;
}

async function sendOnce(client: Connection, request: Request): Promise<Outcome> {
	const { context, vendor, data, isAwaited, signal } = client;
	const base = client.address(request.host);
	const reachability = client.reachability(request.host);
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
	const longestMs = form ? longestUploadMs : longestTryMs;
	// The client's timeout begins anew with each byte; a server that drips would never come to an end.
	const late = client.deadlines.after(longestMs);
	try {
		// `call`, since n8n's helper looks at its caller for the cancel signal and the credential.
		const sending: Promise<unknown> = context.helpers.httpRequestWithAuthentication.call(
			context,
			vendor.credential,
			options,
			{ credentialsDecrypted },
		);
		// n8n ends what runs with its own signal; what a person waits for ends by ours.
		const answer = await (isAwaited
			? unlessAborted(sending, signal)
			: unlessAborted(
					reachability.during(sending, async () => await probe(context, base), client.isWatched),
					late,
				));
		const outcome = readAnswer(request, answer, base);
		if (outcome.kind === 'answered') outcome.body = redactValue(outcome.body, client.redactAnswer);
		return outcome;
	} catch (thrown) {
		const given = { kind: 'unknownOutcome', code: 'ETIMEDOUT' } as const;
		if (thrown instanceof NobodyThere)
			return { ...given, silence: { seconds: silentSeconds, isGivenUp: true } };
		if (late.aborted && thrown === late.reason) {
			const seconds = longestMs / 1000;
			return { ...given, silence: { seconds, isGivenUp: true, isPartial: true } };
		}
		const { isNotSent, ...fault } = networkFault(thrown, new URL(base));
		if (isNotSent) return { kind: 'notSent', ...fault };
		const { code } = fault;
		if (!reachability.isSilent || !isOverdue(code)) return { kind: 'unknownOutcome', code };
		return { ...given, silence: { seconds: timeoutMs / 1000, isGivenUp: false } };
	} finally {
		form?.close();
	}
}

/** Whether anything comes from an address in time, were it only an error. */
async function probe({ helpers }: IAllExecuteFunctions, base: string): Promise<boolean> {
	return await helpers.httpRequest(probeOptions(base)).then(
		() => true,
		(thrown: unknown) => !isOverdue(networkFault(thrown, new URL(base)).code),
	);
}

/** Codes of axios and of Node.js for a time that was over. */
const isOverdue = (code: string): boolean => ['ECONNABORTED', 'ETIMEDOUT'].includes(code);
