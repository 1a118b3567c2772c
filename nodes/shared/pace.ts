import { Allowance, type Quota } from './allowance';
import { pause, unlessAborted } from './pause';

/** How many requests a vendor takes in how many milliseconds. */
export interface Limit {
	requests: number;
	perMs: number;
}

/**
 * Below the limit by so much, that the clock of the vendor and the jitter of the network do not turn
 * an even pace into one request too many.
 */
const headroom = 0.98;
/**
 * A refusal takes this share off the pace of one who has it all. Small, since the steps are what the
 * shares of several processes wander by. docs/decisions/pace.md has the measurements.
 */
const slowDown = 0.06;
/** Who has a small share of the top pace takes relatively larger steps down, by this power. */
const bend = 0.25;
/** Each further refusal in a row takes so much more, up to a fifth: far above the limit, few steps lead down. */
const steeper = 1.35;
const mostSlowDown = 0.2;
/** An accepted request gives this share of the top pace back: 2 % of requests refused balance it. */
const speedUp = 0.02 * slowDown;
/**
 * The longer nothing was refused, the more: twice that after so many milliseconds, and on with the cube of
 * the time, so that what another process no longer uses is soon taken up. Time, and not requests, since
 * whoever has less would otherwise learn of it more slowly too.
 */
const calm = 4500;
/** Below this share of the top pace there are so many others that their refusals would add up: less of it. */
const few = 0.1;
const mostSpeedUp = 50;
/** Slowest pace, as a share of the top pace, so that a long quarrel does not end in standstill. */
const floor = 0.001;
/**
 * After a refusal the next request comes about half an interval of the top pace later, and not a whole one of
 * the own pace: two that meet at the same moment in each round would meet there for ever.
 */
const soonAgain = 0.5;
/** After further refusals in a row, so many times later each. */
const growingWait = 1.6;
/** Who has less than one place in each window and was refused more often than this in a row steps down no further … */
const patience = 2;
/** … than by this share: the places are others' for now, and whoever asks too seldom finds none when one is free. */
const leastSlowDown = 0.02;
/** A timer that fires late by no more than this does not cost pace: the next one makes up for it. Milliseconds. */
const lateness = 20;
/** Requests a second to begin again with, where the vendor names no limit until it refuses. */
const firstGuess = 10;

/**
 * Hands out the moments at which requests may start, in the order in which they were asked for: evenly
 * below a known limit, slower after a refusal, faster again with each request that is accepted. Several
 * processes on one key see the same refusals and so come to share the limit. Where answers tell what is
 * left of a window, that alone is kept.
 *
 * Below a known limit, a process that shares it takes a whole number of places in each of the vendor's windows.
 * Its requests then come in the same moments of each window, and so in places that are its own; with 2.5 a
 * second it would take one of another's in every other window, and leave one empty in the next.
 *
 * A binomial rule (Bansal and Balakrishnan, "Binomial Congestion Control Algorithms", 2001) that grows with
 * the time since the last refusal (Ha, Rhee and Xu, "CUBIC", 2008).
 */
export class Pacer {
	/** Requests a millisecond that are never exceeded; Infinity where no limit is known. */
	private readonly top: number;
	private rate: number;
	private nextAt = 0;
	/** A request that started before this moment says nothing about the pace since. */
	private slowedAt = -Infinity;
	private last: Promise<void> = Promise.resolve();
	private waiting = 0;
	private refusedSince: number | undefined;
	private refusedInARow = 0;
	private refusedAt: number;
	/** One request in each of the vendor's windows; undefined where no limit is known. Requests a millisecond. */
	private readonly place: number | undefined;
	/** What decides, until then, whether a part of a place is one more or none. */
	private chance = 0;
	private chanceUntil = 0;
	/** What steps are measured by: the top pace, or a guess at it. */
	private readonly scale: number;
	private readonly allowance = new Allowance();

	/**
	 * @param now the clock, in milliseconds
	 * @param random from 0 to 1: puts many processes out of step
	 */
	constructor(
		limit: Limit | undefined,
		private readonly now: () => number = Date.now,
		private readonly wait: typeof pause = pause,
		private readonly random: () => number = Math.random,
	) {
		this.top = limit ? (headroom * limit.requests) / limit.perMs : Infinity;
		this.place = limit && headroom / limit.perMs;
		this.scale = limit ? this.top : firstGuess / 1000;
		this.rate = this.top;
		this.refusedAt = now();
	}

	/**
	 * Waits for the next free place and takes it. Whoever takes one calls ended() afterwards.
	 * @returns the moment at which the request starts
	 * @throws what the signal was aborted with
	 */
	async turn(signal?: AbortSignal): Promise<number> {
		signal?.throwIfAborted();
		return this.waiting > 0 || this.delayMs() > 0 ? await this.queue(signal) : this.take();
	}

	private take(): number {
		const start = this.now();
		this.nextAt = Math.max(this.nextAt, start - lateness) + 1 / this.pace();
		this.allowance.begin();
		return start;
	}

	/** Requests a millisecond at which requests are sent: whole places, on average as many as the rate is worth. */
	private pace(): number {
		const { place, rate, top } = this;
		if (place === undefined || rate < place || rate > top - place) return rate;
		const now = this.now();
		if (now >= this.chanceUntil) {
			this.chance = this.random();
			// Half a window, not the same for all.
			this.chanceUntil = now + (headroom / place / 2) * (0.5 + this.random());
		}
		return place * Math.floor(rate / place + this.chance);
	}

	private delayMs(): number {
		const now = this.now();
		return Math.max(this.nextAt - now, this.allowance.delayMs(now));
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
			for (let ms = this.delayMs(); ms > 0; ms = this.delayMs()) await this.wait(ms, signal);
			signal?.throwIfAborted();
			return this.take();
		} finally {
			this.waiting--;
			leave();
		}
	}

	/** A request is over, however it ended. */
	ended(): void {
		this.allowance.end();
	}

	/** The vendor took a request. */
	accepted(quota?: Quota): void {
		this.refusedSince = undefined;
		this.refusedInARow = 0;
		if (this.rate < this.top) {
			const share = this.rate / this.scale;
			const calmFor = ((this.now() - this.refusedAt) / calm) ** 3 * Math.min(1, share / few);
			const step = speedUp * this.scale * share ** bend * (1 + Math.min(mostSpeedUp, calmFor));
			this.rate = Math.min(this.top, this.rate + step);
		}
		this.allowance.told(quota, this.now());
	}

	/**
	 * The vendor refused a request for coming too soon.
	 * @param start when it was sent, as turn() told
	 * @param retryAfterMs how long the vendor asks to wait, where it says so
	 * @param quota what the refusal tells of the limit
	 */
	refused(start: number, retryAfterMs?: number, quota?: Quota): void {
		this.refusedSince ??= this.now();
		if (quota) {
			this.allowance.refused(quota, retryAfterMs ?? quota.resetMs, this.now());
			return;
		}
		this.refusedAt = this.now();
		if (start > this.slowedAt) {
			const base = this.rate === Infinity ? this.scale : this.rate;
			const step = slowDown * (this.scale / base) ** bend * steeper ** this.refusedInARow++;
			const isOutside = this.place !== undefined && this.rate < this.place && this.refusedInARow > patience;
			const cut = Math.min(isOutside ? leastSlowDown : mostSlowDown, step);
			this.rate = Math.max(floor * this.scale, base * (1 - cut));
			this.slowedAt = this.now();
		}
		// Whoever was refused together does not come back together.
		const later = growingWait ** Math.max(0, this.refusedInARow - 1);
		const apart = (soonAgain * (0.5 + this.random()) * later) / Math.sqrt(this.scale * this.rate);
		this.nextAt = this.now() + (retryAfterMs ?? 0) + Math.min(apart, 1 / this.rate);
	}

	/** For how many milliseconds the vendor has taken nothing at all. */
	get refusedForMs(): number {
		return this.refusedSince === undefined ? 0 : this.now() - this.refusedSince;
	}
}
