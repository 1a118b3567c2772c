import type { IDataObject } from 'n8n-workflow';
import type { NetworkFault } from './networkFault';
import { proxyOf } from './proxyAnswer';
import { isRepeatable, type Request } from './request';

/** What became of one try. */
export type Outcome =
	/** An answer came, whole. */
	| { kind: 'answered'; status: number; headers: IDataObject; body: unknown }
	/** It never went out, for want of a connection, of TLS, or of leave: the vendor cannot have done anything. */
	| ({ kind: 'notSent' } & Omit<NetworkFault, 'isNotSent'>)
	/** The connection broke or timed out, or what came back is no JSON: it may have been done. */
	| { kind: 'unknownOutcome'; code: string };

/** An answer that came whole, whatever its status. */
export type Answer = Extract<Outcome, { kind: 'answered' }>;

/** For so long a vendor may refuse everything before a request gives up. Milliseconds. */
export const patienceMs = 10 * 60_000;

const firstWaitMs = 500;
const longestBackoffMs = 30_000;

/** Whether nobody of the vendor's was there: no connection, or a proxy that answered in its place. */
export const isUnreached = (outcome: Outcome): boolean =>
	outcome.kind === 'notSent' || (outcome.kind === 'answered' && proxyOf(outcome) !== undefined);

/**
 * Most tries of one request, refusals for coming too soon not counted: those end by time.
 * @param isAwaited whether a person waits for it and nothing else goes on meanwhile
 */
export function mostTries(outcome: Outcome, isAwaited: boolean): number {
	if (isAwaited) return 2;
	// Up to 7.5 seconds: a server that is started anew is back by then, and who is told of no server need not wait longer.
	return isUnreached(outcome) ? 5 : 7;
}

/** The vendor asks to come later; nothing was done. */
export const isRateLimited = (outcome: Outcome): boolean =>
	outcome.kind === 'answered' && outcome.status === 429;

/** The vendor, or a server before it, is out of order for the moment; from 520 on it is Cloudflare that says so. */
const isPassing = (status: number): boolean =>
	[500, 502, 503, 504].includes(status) || (status >= 520 && status <= 527);

/**
 * Whether a request may be sent once more: anything after a refusal for coming too soon and when it never went
 * out for a reason that may pass; after a passing fault only what can be repeated without doing it twice,
 * since none of the vendors knows an idempotency key.
 */
export function isRetryable(request: Request, outcome: Outcome): boolean {
	if (isRateLimited(outcome)) return true;
	if (outcome.kind === 'notSent') return !outcome.isLasting;
	const passing = outcome.kind === 'unknownOutcome' || isPassing(outcome.status);
	return passing && isRepeatable(request);
}

/** Not implemented, and a version of HTTP that is not spoken: nobody looked at what was asked (RFC 9110, 15.6). */
const isUntouched = (status: number): boolean => [501, 505].includes(status);

/**
 * Whether the vendor may have done what was asked although no good answer came. That includes the statuses of
 * servers in front of it, such as 524, where the vendor got the request and was slow.
 */
export function mayHaveBeenDone(outcome: Outcome): boolean {
	if (outcome.kind !== 'answered') return outcome.kind === 'unknownOutcome';
	return outcome.status >= 500 && !isUntouched(outcome.status);
}

/**
 * Whether it may have been done although no good answer came, and doing it again would matter: not
 * where an operation says itself that its request can be repeated.
 */
export function isUncertain(request: Request, outcome: Outcome): boolean {
	return !(request.repeatable ?? request.method === 'GET') && mayHaveBeenDone(outcome);
}

/** Milliseconds before the next try: growing, with full jitter, so that many do not come back at once. */
export function backoffMs(tries: number, random: () => number = Math.random): number {
	const most = Math.min(longestBackoffMs, firstWaitMs * 2 ** (tries - 1));
	return most / 2 + (random() * most) / 2;
}

/**
 * Retry-After, as seconds or as a date (RFC 9110, 10.2.3).
 * @returns milliseconds from now, or undefined where there is none that can be read
 */
export function retryAfterMs(headers: IDataObject, now = Date.now()): number | undefined {
	const value = headers['retry-after'];
	if (value === undefined || value === null || value === '') return undefined;
	const seconds = Number(value);
	const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(String(value)) - now;
	return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
