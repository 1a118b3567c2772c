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
