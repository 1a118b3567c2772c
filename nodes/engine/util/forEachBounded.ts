/**
 * Works through a list in its order, so many at once. After the first that throws nothing new begins,
 * but what is under way ends well: a write that was sent has to be counted.
 * @param width how many at once, at least 1; a function is asked anew whenever one has ended
 * @returns what was thrown first, or undefined
 */
export async function forEachBounded<T>(
	list: readonly T[],
	width: number | (() => number),
	work: (one: T) => Promise<void>,
	signal?: AbortSignal,
): Promise<{ thrown: unknown } | undefined> {
	let next = 0;
	let active = 0;
	let failure: { thrown: unknown } | undefined;
	const most = typeof width === 'number' ? () => width : width;
	return await new Promise((resolve) => {
		const goOn = () => {
			while (next < list.length && active < most() && !failure && !signal?.aborted) {
				active++;
				void one(list[next++] as T);
			}
			if (active === 0) resolve(failure);
		};
		const one = async (item: T) => {
			try {
				await work(item);
			} catch (thrown) {
				failure ??= { thrown };
			}
			active--;
			goOn();
		};
		goOn();
	});
}
