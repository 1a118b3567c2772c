/** Milliseconds that passed by themselves, for tools that want an hour to pass. */
let skipped = 0;

/**
 * Lets time pass `factor` times as fast for all code of this process that asks Date.now() or sets a timer.
 * For a process of its own: nothing puts it back.
 */
export function hurry(factor: number): void {
	const { setTimeout: real } = globalThis;
	const now = Date.now.bind(Date);
	const start = now();
	Date.now = () => start + Math.round((now() - start) * factor) + skipped;
	const faster = (work: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
		real(work, ms / factor, ...args);
	globalThis.setTimeout = Object.assign(faster, real) as typeof setTimeout;
}

/** Lets time pass at once. Milliseconds. */
export const skip = (ms: number): void => void (skipped += ms);
