import { steadyNow } from '../util/steadyClock';

/** For how long something was waited for; what is waited for side by side counts once. */
export class TimeWaited {
	private waiting = 0;
	private sinceMs = 0;
	private overMs = 0;

	/** Milliseconds so far. */
	get totalMs(): number {
		return this.overMs + (this.waiting > 0 ? steadyNow() - this.sinceMs : 0);
	}

	/** Counts the time until something is settled. @returns what it came to; throws what it threw */
	async during<T>(wait: Promise<T>): Promise<T> {
		if (this.waiting++ === 0) this.sinceMs = steadyNow();
		try {
			return await wait;
		} finally {
			if (--this.waiting === 0) this.overMs += steadyNow() - this.sinceMs;
		}
	}
}
