/** Lets those that name the same thing go one after the other, in the order in which they came. */
export class KeyedMutex {
	private readonly last = new Map<string, Promise<unknown>>();

	/** Runs `work` when all earlier work with this name has ended, well or not. */
	async serialize<T>(name: string, work: () => Promise<T>): Promise<T> {
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
