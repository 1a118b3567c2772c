/** What an answer's headers say of a limit that is counted in windows. */
export interface Quota {
	/** Requests in a window, where the vendor says so. */
	limit?: number;
	/** Requests left in this window. */
	remaining: number;
	/** Milliseconds until the next window. */
	resetMs: number;
	/** Length of a window in milliseconds, for a vendor who tells its end with refusals only. */
	windowMs?: number;
}

/** Ends of windows that lie this close together are one and the same: clocks, rounding. Milliseconds. */
const slackMs = 500;
/** While answers are under way one of them may tell that more is left; from one look to the next. */
const lookAgainMs = 20;
/** How long a vendor is let alone who refuses and names no wait, or none that is left. */
const leastWaitMs = 250;
/** Window length where nothing tells it. */
const usualWindowMs = 60_000;

/**
 * Keeps count of what is left in the vendor's present window, so that all of it is used and nothing
 * is refused. Counts what is under way as used, since nobody knows on which side of an answer it falls.
 * Says nothing (Infinity) before the first answer that tells a quota.
 */
export class QuotaWindow {
	private limit = Infinity;
	/** The least that answers of this window told. */
	private remaining = Infinity;
	private resetAt = Infinity;
	/** Whether no answer has told the end of this window yet; it began at `beganAt` or later. */
	private isAssumed = false;
	private beganAt = -Infinity;
	private windowMs = usualWindowMs;
	private underWay = 0;

	/** A request starts. */
	begin(): void {
		this.underWay++;
	}

	/** A request is over, however it ended. */
	end(): void {
		this.underWay--;
	}

	/** Milliseconds before the next request may start; 0 for now. */
	delayMs(now: number): number {
		if (now >= this.resetAt) this.roll(now);
		if (this.remaining - this.underWay > 0) return 0;
		const left = this.resetAt - now;
		return this.underWay > 0 ? Math.min(left, lookAgainMs) : left;
	}

	/** An accepted request's answer told this, or nothing. */
	told(quota: Quota | undefined, now: number): void {
		if (!quota) {
			this.remaining--;
			return;
		}
		const end = now + quota.resetMs;
		this.learn(quota);
		// An answer of an earlier window that comes late.
		if (end < (this.isAssumed ? this.beganAt : this.resetAt - slackMs) && this.resetAt < Infinity)
			return;
		const isSame = this.isAssumed || Math.abs(end - this.resetAt) <= slackMs;
		this.remaining = isSame ? Math.min(this.remaining, quota.remaining) : quota.remaining;
		this.resetAt = isSame && !this.isAssumed ? Math.max(end, this.resetAt) : end;
		this.isAssumed = false;
	}

	/** The vendor refused: nothing is left until it says otherwise. */
	rateLimited(quota: Quota, waitMs: number, now: number): void {
		this.learn(quota);
		this.remaining = 0;
		this.resetAt = now + Math.max(waitMs, leastWaitMs);
		this.isAssumed = false;
	}

	private learn({ limit, remaining, windowMs }: Quota): void {
		this.limit = limit ?? Math.max(this.limit === Infinity ? 1 : this.limit, remaining + 1);
		this.windowMs = windowMs ?? this.windowMs;
	}

	private roll(now: number): void {
		this.remaining = this.limit;
		this.beganAt = now;
		this.resetAt = now + this.windowMs;
		this.isAssumed = true;
	}
}
