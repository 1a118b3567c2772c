import { QuotaWindow, type Quota } from './quotaWindow';
import { pause, unlessAborted } from '../util/abort';
import { type Limit, AdaptiveRate } from './adaptiveRate';
import { Concurrency, mostAtOnce } from './concurrency';
import { LateArrivals } from './lateArrivals';
import { steadyNow } from '../util/steadyClock';

/** No Retry-After beyond this is waited for: the person is told instead. Milliseconds. */
export const longestWaitMs = 5 * 60_000;

/**
 * Whoever waited for its turn and starts late by no more than this does not cost pace: those behind make up for it. A busy
 * n8n stands still for 50 to 100 ms now and then, while it collects garbage. A vendor that counts strictly refuses what is
 * made up for, beyond what is kept free of its window; so only that is made up for (`AdaptiveRate.freeMs`) where `most` are
 * not `many` requests, and little is lost, and for some time after a refusal. Milliseconds.
 */
const lateness = { least: 8, most: 100, afterRefusalMs: 60_000 };
const many = 5;

/**
 * The longest that a vendor is let alone, whatever it asked for: then one request asks again. A single answer would
 * otherwise stop all requests of the key for years. Milliseconds.
 */
export const longestClosedMs = 10 * 60_000;

/** How often those that come meanwhile look whether a place is free, or the one that asks again has its answer. Milliseconds. */
const lookAgainMs = 5;

/** The vendor asked to be let alone for longer than is waited. */
export class RetryLater extends Error {
	/** @param waitMs what is left of the wait that it asked for, in milliseconds */
	constructor(readonly waitMs: number) {
		super(`Closed for ${waitMs} ms`);
	}
}

/**
 * Hands out the moments at which requests may start, in the order in which they were asked for: evenly, as fast
 * as AdaptiveRate finds, with its probes in between. Where answers tell what is left of a window, that alone is kept.
 */
export class RateLimiter {
	private readonly rate: AdaptiveRate;
	private nextAt = 0;
	/** When the last probe started. */
	private probe: number | undefined;
	/** Until when the vendor is let alone, and until when it asked for that. */
	private closedUntil = -Infinity;
	private askedUntil = -Infinity;
	/** When the vendor asked for a wait that is too long; undefined once it has taken a request since. */
	private shutAt: number | undefined;
	/** Whether the one request that asks again after that is under way. */
	private isAskingAgain = false;
	private last: Promise<void> = Promise.resolve();
	private waiting = 0;
	private rateLimitedSince: number | undefined;
	private rateLimitedAt = -Infinity;
	private readonly quotaWindow = new QuotaWindow();
	private readonly concurrency: Concurrency;
	private readonly lateArrivals: LateArrivals;

	/**
	 * @param limit the vendor's, where it names one
	 * @param now the clock, in milliseconds
	 * @param random from 0 to 1: puts many processes out of step
	 * @param startAtOnce how many requests to begin with at once where the vendor names no limit; left out, as usual
	 */
	constructor(
		limit: Limit | undefined,
		private readonly now: () => number = steadyNow,
		private readonly wait: typeof pause = pause,
		random: () => number = Math.random,
		startAtOnce?: number,
	) {
		this.rate = new AdaptiveRate(limit, now, random);
		this.concurrency = new Concurrency(startAtOnce);
		this.lateArrivals = new LateArrivals(limit, this.rate.spareMs, this.rate.hasFewPlaces);
	}

	/** How many requests to work on at once, so that the rate is used whatever the distance. */
	get width(): number {
		return this.concurrency.width(this.rate.perMs);
	}

	/** How many more requests may be asked for now, without a wait that is longer than their turn. */
	get room(): number {
		return this.width - this.concurrency.underWay - this.waiting;
	}

	/** How many requests are sent a second; undefined where no limit is known. */
	get perSecond(): number | undefined {
		const { perMs } = this.rate;
		return Number.isFinite(perMs) ? perMs * 1000 : undefined;
	}

	/**
	 * Waits for the next free place and takes it. Whoever takes one calls release() afterwards.
	 * @returns the moment at which the request starts
	 * @throws what the signal was aborted with
	 * @throws RetryLater when the vendor asked for a wait that is too long, be it after this was asked for
	 */
	async acquire(signal?: AbortSignal): Promise<number> {
		signal?.throwIfAborted();
		this.checkOpen();
		return this.waiting > 0 || this.delayMs() > 0 ? await this.queue(signal) : this.take(0);
	}

	/** @param makesUpForMs how much of its lateness those behind make up for */
	private take(makesUpForMs: number): number {
		const start = this.now();
		this.quotaWindow.begin();
		this.concurrency.begin(start);
		this.lateArrivals.begin(start);
		this.isAskingAgain = this.shutAt !== undefined;
		// Not whatever comes before nextAt: a clock may be set back.
		if (start < this.nextAt && start >= this.rate.probeAt) {
			this.probe = start;
			this.rate.probeLater();
		} else this.nextAt = Math.max(this.nextAt, start - makesUpForMs) + 1 / this.rate.perMs;
		return start;
	}

	private get makesUpForMs(): number {
		const { least, most, afterRefusalMs } = lateness;
		const isWorthIt = this.rate.perMs * most >= many;
		if (isWorthIt && this.now() - this.rateLimitedAt > afterRefusalMs) return most;
		return Math.min(most, Math.max(least, this.rate.freeMs, this.placeFreeAt - this.nextAt));
	}

	/** Whoever shares the limit leaves places free in any case. */
	private get placeFreeAt(): number {
		return this.rate.isAtTop ? this.lateArrivals.freeAt : -Infinity;
	}

	private checkOpen(): void {
		const waitMs = this.closedUntil - this.now();
		if (waitMs > longestWaitMs) throw new RetryLater(this.askedUntil - this.now());
	}

	private delayMs(): number {
		const now = this.now();
		if (this.isAskingAgain || this.concurrency.underWay >= mostAtOnce) return lookAgainMs;
		const probeAt = Math.max(this.rate.probeAt, this.closedUntil);
		return Math.max(
			Math.min(this.nextAt, probeAt) - now,
			this.quotaWindow.delayMs(now),
			this.placeFreeAt - now,
		);
	}

	private async queue(signal?: AbortSignal): Promise<number> {
		const ahead = this.last;
		let leave = () => {};
		const left = new Promise<void>((resolve) => (leave = resolve));
		// Who is cancelled leaves early; whoever comes behind waits for those ahead all the same.
		this.last = ahead.then(async () => await left);
		this.waiting++;
		try {
			await unlessAborted(ahead, signal);
			this.checkOpen();
			for (let ms = this.delayMs(); ms > 0; ms = this.delayMs()) {
				await this.wait(ms, signal);
				this.checkOpen();
			}
			signal?.throwIfAborted();
			return this.take(this.makesUpForMs);
		} finally {
			this.waiting--;
			leave();
		}
	}

	/**
	 * A request is over, however it ended.
	 * @param start when it was sent, as acquire() told
	 */
	release(start: number): void {
		this.quotaWindow.end();
		this.concurrency.end(start);
		this.isAskingAgain = false;
	}

	/**
	 * The vendor took a request.
	 * @param start when it was sent, as acquire() told
	 * @param quota what the answer tells of the limit
	 * @param isDone whether it did what was asked, or else refused it
	 */
	accepted(start: number, quota?: Quota, isDone = true): void {
		this.rateLimitedSince = undefined;
		// What was under way by then says nothing of the time since.
		if (this.shutAt !== undefined && start > this.shutAt) this.shutAt = undefined;
		if (start === this.probe) this.rate.found();
		this.rate.accepted();
		this.concurrency.accepted(start, this.now(), isDone);
		this.lateArrivals.accepted(start, this.now());
		this.quotaWindow.told(quota, this.now());
	}

	/**
	 * The vendor refused a request for coming too soon.
	 * @param start when it was sent, as acquire() told
	 * @param retryAfterMs how long the vendor asks to wait, where it says so
	 * @param quota what the refusal tells of the limit
	 */
	rateLimited(start: number, retryAfterMs?: number, quota?: Quota): void {
		const now = this.now();
		// What was refused long before tells nothing of how long it goes on now.
		if (now - this.rateLimitedAt > longestClosedMs) this.rateLimitedSince = undefined;
		this.rateLimitedSince ??= now;
		this.rateLimitedAt = now;
		this.lateArrivals.rateLimited(start, this.rate.isAtTop);
		const askedMs = retryAfterMs ?? quota?.resetMs ?? 0;
		const waitMs = Math.min(askedMs, longestClosedMs);
		this.askedUntil = now + askedMs;
		this.closedUntil = now + waitMs;
		if (askedMs > longestWaitMs) this.shutAt = now;
		if (quota) this.quotaWindow.rateLimited(quota, waitMs, now);
		// The slower pace is for whoever asked too often, and a probe only asked whether there is more.
		else if (start === this.probe) this.nextAt = Math.max(this.nextAt, this.closedUntil);
		else this.nextAt = now + waitMs + this.rate.rateLimited(start);
	}

	/** The vendor has taken nothing for too long: as if it had asked to be let alone for the longest time. */
	close(): void {
		this.shutAt = this.now();
		this.closedUntil = this.shutAt + longestClosedMs;
		this.askedUntil = this.closedUntil;
	}

	/** For how many milliseconds nothing is sent, since the vendor asked for a wait; 0 where it did not. */
	get closedForMs(): number {
		return Math.max(0, this.closedUntil - this.now());
	}

	/** For how many milliseconds the vendor has taken nothing at all. */
	get rateLimitedForMs(): number {
		return this.rateLimitedSince === undefined ? 0 : this.now() - this.rateLimitedSince;
	}
}
