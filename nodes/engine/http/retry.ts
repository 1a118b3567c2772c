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
 * Retry-After, as seconds or as a date (RFC 9110, 10.2.3). A date is measured by the vendor's own clock, where the
 * answer tells it; of several values, such as a proxy's beside the vendor's, the longest counts.
 * @returns milliseconds from now, or undefined where there is none that can be read
 */
export function retryAfterMs(headers: IDataObject, now = Date.now()): number | undefined {
	const value = [headers['retry-after'] ?? []].flat().join(',');
	const seconds = value.split(',').map((one) => secondsIn.exec(one)?.[1]);
	const isNumbers = seconds.every((one) => one !== undefined);
	// Date.parse reads a date in "5, 10", too.
	const isDate = !isNumbers && /[a-z]/i.test(value);
	const theirs = Date.parse(String(headers.date));
	const ms = isNumbers
		? Math.min(Math.max(...seconds.map(Number)) * 1000, Number.MAX_VALUE)
		: isDate
			? Date.parse(value) - (Number.isNaN(theirs) ? now : theirs)
			: Number.NaN;
	return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/** A number, with the unit that some write behind it. */
const secondsIn =
	/^\s{0,9}(-?\d{1,999}(?:\.\d{1,9})?(?:e\+?\d{1,3})?)\s{0,9}(?:s|sec|secs|seconds?)?\s{0,9}$/i;
