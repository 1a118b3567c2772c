/**
 * What was read ahead and not yet taken lies in memory: no more than so much of it. Half as many again as can be under
 * way, so that one late answer does not stop those behind it.
 */
const mostAhead = 96;

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
	 * @param room how many more requests can be under way now; left out, nothing is asked for ahead
	 */
	constructor(
		private readonly read: (number: number, signal: AbortSignal) => Promise<T>,
		private readonly room: () => number = () => 0,
	) {}

	/** Asks for one that is needed next, and for those behind it, as far as there is room, for which nobody has asked yet. */
	begin(next: number, last: number): void {
		const { signal } = this.ending;
		for (let number = next; number <= last && !signal.aborted; number++) {
			if (this.begun.has(number)) continue;
			if (number > next && (this.begun.size >= mostAhead || this.room() <= 0)) return;
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
