/** What came of something that may throw. */
export type Attempt<T> = { made: T } | { thrown: unknown };

/** Does something, and hands out what it throws in place of throwing it. */
export async function attempt<T>(work: () => Promise<T>): Promise<Attempt<T>> {
	try {
		return { made: await work() };
	} catch (thrown) {
		return { thrown };
	}
}
