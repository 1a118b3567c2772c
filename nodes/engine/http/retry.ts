import type { IDataObject } from 'n8n-workflow';

/** How long a vendor may refuse everything before a request gives up, in ms. */
export const patienceMs = 10 * 60_000;

const firstWaitMs = 500;
const longestBackoffMs = 30_000;

/**
 * Most tries of one request, refusals for coming too soon not counted: those end by time.
 * @param isUnreached whether nobody was there in the last one
 * @param isAwaited whether a person waits for it and nothing else goes on meanwhile
 */
export function mostTries(isUnreached: boolean, isAwaited: boolean): number {
	if (isAwaited) return 2;
	// Up to 7.5 seconds: a server that is started anew is back by then, and who is told of no server need not wait longer.
	return isUnreached ? 5 : 7;
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
