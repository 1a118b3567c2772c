/** Lets those that name the same thing go one after the other, in the order in which they came. */
export class KeyedMutex {
	private readonly last = new Map<string, Promise<unknown>>();

	/**
	 * Runs `work` when all earlier work with this name, or with one of these, has ended, well or not. Who names several
	 * stands in all rows at once, so that no two wait for each other.
	 */
	async serialize<T>(name: string | readonly string[], work: () => Promise<T>): Promise<T> {
		const names = [name].flat();
		const ahead = Promise.allSettled(names.map((one) => this.last.get(one)));
		const own = ahead.then(work);
		for (const one of names) this.last.set(one, own);
		try {
			return await own;
		} finally {
			for (const one of names) {
				if (this.last.get(one) === own) this.last.delete(one);
			}
		}
	}
}
