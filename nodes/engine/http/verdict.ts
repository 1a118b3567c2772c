import { proxyOf } from './proxyAnswer';
import { isRepeatable, type Request } from './request';
import { type Answer, emptyAnswer, isBare, isWebPage, type Outcome, webPage } from './response';
import { retryAfterMs } from './retry';
import type { Vendor } from './vendor';
import { longestWaitMs } from '../rateLimit/rateLimiter';

/** A try that did not end well. */
export interface Fault {
	outcome: Outcome;
	/** Whether the vendor may have done what was asked although no good answer came. */
	mayBeDone: boolean;
	/** Whether nobody of the vendor's was there: no connection, silence, a proxy, a web page or another host in its place, or closed for long. */
	isUnreached: boolean;
	/** What reading a good answer threw: it came whole, and does not hold what it should. */
	unreadable?: { thrown: unknown };
}

/** What one try came to, for all who ask: the rate limiter, the outage, the next try, the message. */
export type Verdict<T> =
	| { kind: 'success'; value: T }
	/** The vendor asks to come later; nothing was done. */
	| { kind: 'rateLimited' }
	/** It may end better another time, and does no harm if it is done twice. */
	| ({ kind: 'tryAgain' } & Fault)
	| ({ kind: 'failed' } & Fault);

/** What a try is judged by. */
export interface Tried<T> {
	vendor: Vendor;
	request: Request;
	/** Makes of a good answer's body what is wanted; throws where the body does not hold it. */
	read(body: unknown): T;
	/** Whether an earlier try of the same request may have been done. */
	mayBeDone: boolean;
}

/**
 * Says what one try came to. Anything may be sent again after a refusal for coming too soon, and when it never went
 * out for a reason that may pass; after a passing fault only what can be repeated without doing it twice, since none
 * of the vendors knows an idempotency key.
 */
export function classify<T>(tried: Tried<T>, outcome: Outcome): Verdict<T> {
	const { request, read } = tried;
	if (outcome.kind === 'notSent')
		return fault(outcome.isLasting ? 'failed' : 'tryAgain', outcome, false);
	const unknown = isRepeatable(request) ? 'tryAgain' : 'failed';
	if (outcome.kind === 'unknownOutcome')
		return fault(outcome.silence?.isGivenUp ? 'failed' : unknown, outcome, true);
	const { status } = outcome;
	if (status === 429) return { kind: 'rateLimited' };
	const good = goodAnswer(tried, outcome);
	if (!good) {
		const isPassed = isPassing(status) || isUndecided(tried, outcome);
		return fault(isPassed ? unknown : 'failed', outcome, isPerhapsDone(status));
	}
	try {
		return { kind: 'success', value: read(good.body) };
	} catch (thrown) {
		// Without the body that it should have, it may be done, and nobody can tell.
		if (isBare(good.body)) return fault(unknown, emptyAnswer, true);
		return { ...fault('failed', outcome, true), unreadable: { thrown } };
	}
}

const fault = <Kind extends 'tryAgain' | 'failed'>(
	kind: Kind,
	outcome: Outcome,
	mayBeDone: boolean,
): { kind: Kind } & Fault => ({
	kind,
	outcome,
	mayBeDone,
	isUnreached: isUnreached(outcome),
});

function isUnreached(outcome: Outcome): boolean {
	if (outcome.kind === 'answered')
		return (
			proxyOf(outcome) !== undefined || outcome.leads?.isElsewhere === true || isClosed(outcome)
		);
	if (outcome.kind === 'notSent') return true;
	return outcome.silence !== undefined || outcome.code === webPage;
}

/** The vendor says that it is out of order for longer than is waited (RFC 9110, 10.2.3). */
const isClosed = ({ status, headers }: Answer): boolean =>
	status === 503 && (retryAfterMs(headers) ?? 0) > longestWaitMs;

/** What an answer holds that ends a request well; nothing where it does not. */
function goodAnswer(tried: Tried<unknown>, answer: Answer): { body: unknown } | undefined {
	if (answer.status < 300) return { body: answer.body };
	// A server that is not the vendor's API has no such page, either.
	const is404 = answer.status === 404 && !isWebPage(answer.body);
	const isAbsent = is404 || tried.vendor.isAbsent?.(answer) === true;
	return isAbsent && mayBeAbsent(tried) ? { body: undefined } : undefined;
}

/** Whether it ends well that there is no such thing: nobody knew, or an earlier try deleted it, or it never was. */
const mayBeAbsent = ({ request, mayBeDone }: Tried<unknown>): boolean =>
	request.allow404 === true || (mayBeDone && request.method === 'DELETE');

/** Whether a refusal's words, that got lost, would have told if it is one. */
const isUndecided = (tried: Tried<unknown>, answer: Answer): boolean =>
	mayBeAbsent(tried) &&
	tried.vendor.isAbsent !== undefined &&
	tried.vendor.isAbsent(answer) === undefined;

/**
 * The vendor, or a server before it, is out of order for the moment, or did not get all of the request in time (408, RFC
 * 9110, 15.5.9); from 520 on it is Cloudflare that says so.
 */
const isPassing = (status: number): boolean =>
	[408, 500, 502, 503, 504].includes(status) || (status >= 520 && status <= 527);

/** See Other answers a request that was taken (RFC 9110, 15.4.4); from 500 on it may have been before the fault. */
const isPerhapsDone = (status: number): boolean =>
	status === 303 || (status >= 500 && !isUntouched(status));

/**
 * Nobody looked at what was asked: not implemented, a version of HTTP that is not spoken (RFC 9110, 15.6), a network
 * that wants somebody to sign in first (RFC 6585, 6), and Cloudflare's, where the vendor's server could not be reached
 * or did not show a certificate (521, 523, 525, 526). All other statuses from 500 on may come from servers in front of
 * the vendor, such as 524, where the vendor got the request and was slow.
 */
const isUntouched = (status: number): boolean =>
	[501, 505, 511, 521, 523, 525, 526].includes(status);
