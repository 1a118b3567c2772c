import { lock } from 'proper-lockfile';

/** A lock that its holder has not touched for this long is given up, in milliseconds. */
const staleMs = 60_000;
const lookEveryMs = 500;
/** Longer than any installation takes, in milliseconds; then waiting ends with an error. */
const longestWaitMs = 30 * 60_000;

/**
 * Runs `work` while this process holds the lock on a file, which need not be there. A lock whose holder did not touch
 * it for a minute is taken over. Two processes may both work then, so `work` must end in one atomic step.
 * @param waiting is told once that another process holds the lock
 * @throws Error where it was held for half an hour
 */
export async function withLock(
	file: string,
	work: () => Promise<void>,
	waiting: () => void,
): Promise<void> {
	const options = { realpath: false, stale: staleMs, onCompromised: () => {} };
	const release = await lock(file, options).catch(async (error: NodeJS.ErrnoException) => {
		if (error.code !== 'ELOCKED') throw error;
		waiting();
		const retries = Math.ceil(longestWaitMs / lookEveryMs);
		const every = { retries, factor: 1, minTimeout: lookEveryMs, maxTimeout: lookEveryMs };
		return await lock(file, { ...options, retries: every });
	});
	try {
		await work();
	} finally {
		// Who took it over lets it go.
		await release().catch(() => undefined);
	}
}
