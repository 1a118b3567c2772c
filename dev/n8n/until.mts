import { setTimeout as sleep } from 'node:timers/promises';

/** How long an execution may take before a caller gives up, in milliseconds. */
const LONGEST_EXECUTION = 120_000;
/** n8n is asked soon for a quick execution and less often for a long one, in milliseconds. */
const FIRST_LOOK = 10;
const LOOK_GROWTH = 1.4;
const SLOWEST_LOOK = 250;

/**
 * Looks again and again until something is found.
 * @param late says what was not found, for the error on the timeout
 * @param timeout in milliseconds
 */
export async function until<T>(
	look: () => Promise<T | undefined>,
	late: () => string,
	timeout = LONGEST_EXECUTION,
): Promise<T> {
	const end = Date.now() + timeout;
	let wait = FIRST_LOOK;
	while (Date.now() < end) {
		const found = await look();
		if (found !== undefined) return found;
		await sleep(wait);
		wait = Math.min(wait * LOOK_GROWTH, SLOWEST_LOOK);
	}
	throw new Error(`${late()} after ${timeout / 1000} s.`);
}
