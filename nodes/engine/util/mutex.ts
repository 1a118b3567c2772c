/**
 * Works through a list in its order, so many at once. After the first that throws nothing new begins,
 * but what is under way ends well: a write that was sent has to be counted.
 * @returns what was thrown first, or undefined
 */
export async function forEachBounded<T>(
	list: readonly T[],
	width: number,
	work: (one: T) => Promise<void>,
	signal?: AbortSignal,
): Promise<{ thrown: unknown } | undefined> {
	let next = 0;
	let failure: { thrown: unknown } | undefined;
	const worker = async () => {
		while (next < list.length && !failure && !signal?.aborted) {
			try {
				await work(list[next++] as T);
			} catch (thrown) {
				failure ??= { thrown };
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(width, list.length) }, worker));
	return failure;
}

/** Lets those that name the same thing go one after the other, in the order in which they came. */
export class Turns {
	private readonly last = new Map<string, Promise<unknown>>();

	/** Runs `work` when all earlier work with this name has ended, well or not. */
	async take<T>(name: string, work: () => Promise<T>): Promise<T> {
		const ahead = this.last.get(name) ?? Promise.resolve();
		const own = ahead.then(work, work);
		this.last.set(name, own);
		try {
			return await own;
		} finally {
			if (this.last.get(name) === own) this.last.delete(name);
		}
	}
}
