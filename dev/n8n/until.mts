import pRetry, { AbortError } from 'p-retry';

/** How long an execution may take before a caller gives up, in milliseconds. */
const LONGEST_EXECUTION = 120_000;
/** n8n is asked soon for a quick execution and less often for a long one, in milliseconds. */
const pace = { minTimeout: 10, factor: 1.4, maxTimeout: 250, retries: Infinity };

/**
 * Looks again and again until something is found.
 * @param late says what was not found, for the error on the timeout
 * @param timeout in milliseconds
 * @param everyMs how long from one look to the next, in milliseconds; left out, soon at first, and then less often
 * @throws what looking throws
 */
export async function until<T>(
	look: () => Promise<T | undefined>,
	late: () => string,
	timeout = LONGEST_EXECUTION,
	everyMs?: number,
): Promise<T> {
	const lookOnce = async () => {
		const found = await look().catch((error: Error) => {
			throw new AbortError(error);
		});
		if (found === undefined) throw new Error(`${late()} after ${timeout / 1000} s.`);
		return found;
	};
	const even = everyMs !== undefined && { minTimeout: everyMs, maxTimeout: everyMs };
	return await pRetry(lookOnce, { ...pace, ...even, maxRetryTime: timeout });
}
