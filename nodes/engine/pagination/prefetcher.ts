/**
 * What was asked for before it is needed. What went wrong with it shows when it is taken, and not before; from then
 * on no more is asked for, since the list has failed.
 */
export class Prefetcher<T> {
	private readonly begun = new Map<number, Promise<T>>();
	private readonly ending = new AbortController();

	/**
	 * @param read asks for what has this number; where that takes several requests, it sends no further one once the
	 * signal is aborted, and throws its reason: what went wrong first
	 */
	constructor(private readonly read: (number: number, signal: AbortSignal) => Promise<T>) {}

	/** Asks for all from one number to another, both included, for which nobody has asked yet. */
	begin(from: number, to: number): void {
		const { signal } = this.ending;
		for (let number = from; number <= to && !signal.aborted; number++) {
			if (this.begun.has(number)) continue;
			const asked = this.read(number, signal);
			// Taken or not, a rejection is no error of the process.
			asked.catch((thrown: unknown) => this.ending.abort(thrown));
			this.begun.set(number, asked);
		}
	}

	/** @throws what reading it throws, or what went wrong first where it was not read for that */
	async take(number: number): Promise<T> {
		this.begin(number, number);
		const asked = this.begun.get(number);
		if (!asked) throw this.ending.signal.reason;
		this.begun.delete(number);
		return await asked;
	}

	/** Waits until nothing that was asked for is under way; asks for no more. */
	async ended(): Promise<void> {
		this.ending.abort();
		await Promise.allSettled(this.begun.values());
	}
}
