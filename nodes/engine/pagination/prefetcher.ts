/** What was asked for before it is needed. What went wrong with it shows when it is taken, and not before. */
export class Prefetcher<T> {
	private readonly begun = new Map<number, Promise<T>>();

	/** @param read asks for what has this number */
	constructor(private readonly read: (number: number) => Promise<T>) {}

	/** Asks for all from one number to another, both included, for which nobody has asked yet. */
	begin(from: number, to: number): void {
		for (let number = from; number <= to; number++) {
			if (this.begun.has(number)) continue;
			const asked = this.read(number);
			// Taken or not, a refusal is no error of the process.
			asked.catch(() => undefined);
			this.begun.set(number, asked);
		}
	}

	/** @throws what reading it throws */
	async take(number: number): Promise<T> {
		this.begin(number, number);
		const asked = this.begun.get(number) as Promise<T>;
		this.begun.delete(number);
		return await asked;
	}

	/** Waits until nothing that was asked for is under way. */
	async ended(): Promise<void> {
		await Promise.allSettled(this.begun.values());
	}
}
