import { sleep } from 'n8n-workflow';
import { steadyNow } from './steadyClock';

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
 * Signals that abort after some time. What begins at about the same time has the same one: one for each of thousands of
 * requests would lie in memory until its time is over, long after its request has ended.
 */
export class Deadlines {
	private readonly last = new Map<number, { signal: AbortSignal; begun: number }>();

	/** @returns a signal that aborts after so many milliseconds, and up to a tenth more */
	after(ms: number): AbortSignal {
		const known = this.last.get(ms);
		if (known && steadyNow() - known.begun < ms / 10) return known.signal;
		const signal = AbortSignal.timeout(Math.ceil(ms * 1.1));
		this.last.set(ms, { signal, begun: steadyNow() });
		return signal;
	}
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
