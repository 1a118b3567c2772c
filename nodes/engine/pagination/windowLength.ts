/**
 * Pages of a window, about, where few pages may lie ahead: as many as those of four windows may have while one is handed
 * on, since what is longer is read page by page in the end. Each window costs one more request, which finds it empty.
 */
const wantedPages = 10;
/** How much longer the next window is at most: a few full pages tell nothing of the months behind them. */
const mostGrowth = 4;
/** Of the longest, the first one is this part: nothing is known yet, and four are begun at once. */
const firstShare = 1 / 4;
/** Milliseconds. */
const leastMs = 60_000;

/** How long the windows of a range of dates are. Where they may be shorter than the vendor takes, it learns from each. */
export class WindowLength {
	/** Of the next one, in milliseconds. */
	ms: number;

	/**
	 * @param mostMs the longest that the vendor takes, in milliseconds
	 * @param mayBeShorter whether fewer pages may lie ahead than the longest may hold
	 */
	constructor(
		private readonly mostMs: number,
		private readonly mayBeShorter: boolean,
	) {
		this.ms = mayBeShorter ? mostMs * firstShare : mostMs;
	}

	/**
	 * Hands on the pages of a window, and learns from how many they are.
	 * @param ms how long the window is, in milliseconds
	 */
	async *watch<T>(ms: number, pages: AsyncIterable<T>): AsyncGenerator<T> {
		let count = 0;
		for await (const page of pages) {
			// It tells long before its end that it is too long.
			if (++count > wantedPages) this.learn(ms, count);
			yield page;
		}
		this.learn(ms, count);
	}

	private learn(ms: number, pages: number): void {
		if (!this.mayBeShorter) return;
		const growth = Math.min(wantedPages / pages, mostGrowth);
		this.ms = Math.min(Math.max(Math.round(ms * growth), leastMs), this.mostMs);
	}
}
