import { sleep } from 'n8n-workflow';

/**
 * Waits, or stops waiting when the signal says so.
 * @param ms milliseconds
 * @throws what the signal was aborted with
 */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
	signal?.throwIfAborted();
	await unlessAborted(sleep(ms), signal);
}

/**
 * Waits for what others do, or stops waiting when the signal says so; they go on.
 * @throws what the signal was aborted with, or what the promise was rejected with
 */
export async function unlessAborted<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
	if (!signal) return await promise;
	let stop = () => {};
	const aborted = new Promise<never>((_, reject) => {
		stop = () => reject(signal.reason);
		signal.addEventListener('abort', stop, { once: true });
	});
	try {
		signal.throwIfAborted();
		return await Promise.race([promise, aborted]);
	} finally {
		signal.removeEventListener('abort', stop);
	}
}
