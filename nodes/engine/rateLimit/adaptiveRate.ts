/** How many requests a vendor takes in how many milliseconds. */
export interface Limit {
	requests: number;
	perMs: number;
}

/**
 * Below the limit by so much, that the clock of the vendor and the jitter of the network do not turn
 * an even pace into one request too many.
 */
const headroom = 0.975;
/**
 * A refusal takes this share off the rate of one who has it all. Less where the limit is not known: it is found
 * by refusals over and over, and each time this much of the rate is lost.
 */
const slowDown = { known: 0.15, unknown: 0.06 };
/**
 * Whoever has all of a known limit and was not refused for so many milliseconds is probably alone, and only came a
 * little early, since n8n or its network stood still for a moment: so much less is taken off.
 */
const alone = { afterMs: 3000, slowDown: 0.01 };
/** Who has a small share of the top rate takes relatively larger steps down, by this power. */
const bend = 0.25;
/** Each further refusal in a row takes this share more, up to a fifth: far above the limit, few steps lead down. */
const steeper = 1.35;
const mostSlowDown = 0.2;
/** An accepted request gives this share of a step back: 2 % of requests refused balance it. */
const speedUp = 0.02;
/** Where a place is a larger share of the top rate than this, a window has few, and each is looked for by itself. */
const few = 0.15;
/**
 * From a probe or a refusal to the next probe, on average, in ms for each place that one has: who
 * has more leaves free places to those who have less. Who has half a place waits twice as long, too: there are many
 * others, and all of its requests look for a place.
 */
const probeEvery = 3300;
/**
 * Who has more than half of few places, and not all, goes slower by this share: a probe of one who has less is more
 * often sent when one of its places is not taken yet.
 */
const giveWay = 0.06;
/**
 * Where there are many places, the rate grows the more, the longer nothing was refused: twice that after so many
 * milliseconds, and on with the fourth power of the time, so that what another process no longer uses is soon taken
 * up. Time, and not requests, since whoever has less would otherwise learn of it more slowly too.
 */
const calm = 4200;
const mostSpeedUp = { known: 50, unknown: 3 };
/** Share of the top rate below which there are too many others: their refusals would add up. */
const smallShare = 0.15;
/** Slowest rate, as a share of the top rate, so that a long quarrel does not end in standstill. */
const floor = 0.001;
/**
 * After a refusal the next request comes about a quarter of an interval of the top rate later, and not a whole one
 * of the own rate: two that meet at the same moment in each round would meet there for ever.
 */
const soonAgain = 0.25;
/** How many times later each time, after further refusals in a row. */
const growingWait = 1.6;
/** Who has less than one place in each window and was refused more often than this in a row steps down no further … */
const patience = 2;
/** … than by this share: the places are others' for now, and whoever asks too seldom finds none when one is free. */
const leastSlowDown = 0.04;
/**
 * Who has at least this share of a place and finds one keeps it, with a request in each window, since only that finds
 * the same place again. So does who found none so many times in a row: one has become free. All others leave it to
 * the next, since there are more processes than places. Where there are many places, nobody is left without for long.
 */
const enoughToKeep = { share: 0.6, refusedInARow: 5 };
/** Requests a second to begin again with at the least, where the vendor names no limit until it refuses. */
const firstGuess = 10;
/** What was taken in about so many milliseconds before the first refusal tells the rate to begin again with. */
const lookBackMs = 1000;
/** Where no limit is known, a refusal takes the share that was refused of the answers before; of fewer it says nothing. */
const fewAnswers = 10;
const mostExcess = 0.5;

/**
 * How fast one process may send: at the limit where it is known, slower after a refusal, faster again with each
 * request that is accepted. Several processes on one key see the same refusals and so come to share the limit.
 *
 * Below a known limit, a process that shares it takes a whole number of places in each of the vendor's windows.
 * Its requests then come in the same moments of each window, and so in places that are its own; with 2.5 a
 * second it would take one of another's in every other window, and leave one empty in the next. Where a window has
 * few places, it looks for a free one with a probe: a request more than the rate says, whose refusal changes nothing.
 *
 * A binomial rule (Bansal and Balakrishnan, "Binomial Congestion Control Algorithms", 2001) that grows with
 * the time since the last refusal (Ha, Rhee and Xu, "CUBIC", 2008). docs/decisions/pace.md has the measurements.
 */
export class AdaptiveRate {
	/**
	 * How long the requests take that a window has room for beyond the top rate, but for one that comes by the jitter of
	 * the network; below 0 where it has none, and where no limit is known. Milliseconds.
	 */
	readonly freeMs: number;
	/** What a window of a known limit has to spare at the top rate. Milliseconds. */
	readonly spareMs: number;
	/** Requests a millisecond that are never exceeded; Infinity where no limit is known. */
	private readonly top: number;
	private current: number;
	/** One request in each of the vendor's windows; 0 where that is not known, or too much. Requests a millisecond. */
	private readonly place: number;
	/**
	 * From 0 to 1: decides whether a part of a place is one more or none. Drawn anew by refusals only: where all places
	 * are taken and nobody is refused, any change would leave a place empty.
	 */
	private chance: number;
	/** What steps are measured by: the top rate, or a guess at it. */
	private readonly scale: number;
	private readonly step: number;
	private readonly mostSpeedUp: number;
	/** Whether a window of a known limit takes few requests, so that each place counts. */
	readonly hasFewPlaces: boolean;
	/** When to send the next probe. */
	private nextProbeAt = Infinity;
	private refusedInARow = 0;
	private refusedAt: number;
	/** A request that started before this moment says nothing about the rate since. */
	private slowedAt = -Infinity;
	/** Answers since then. */
	private since = { taken: 0, refused: 0 };
	/** While no rate is known. */
	private counted = { window: 0, taken: 0, before: 0 };

	/**
	 * @param now the clock, in milliseconds
	 * @param random from 0 to 1: puts many processes out of step
	 */
	constructor(
		limit: Limit | undefined,
		private readonly now: () => number,
		private readonly random: () => number,
	) {
		this.top = limit ? (headroom * limit.requests) / limit.perMs : Infinity;
		this.place = limit && limit.requests >= 1 ? headroom / limit.perMs : 0;
		this.spareMs = limit ? limit.perMs * (1 - headroom) : 0;
		this.freeMs = limit ? this.spareMs - limit.perMs / limit.requests : -Infinity;
		this.scale = limit ? this.top : firstGuess / 1000;
		const kind = limit ? 'known' : 'unknown';
		this.step = slowDown[kind];
		this.mostSpeedUp = mostSpeedUp[kind];
		this.hasFewPlaces = this.place > few * this.top;
		this.current = this.top;
		this.chance = random();
		this.refusedAt = now();
	}

	/** Requests a millisecond to send now: whole places, on average as many as the rate is worth. */
	get perMs(): number {
		const { place, current, top } = this;
		if (place === 0 || current < place || current > top - place) return current;
		const whole = place * this.wholePlaces;
		return this.hasFewPlaces && whole > top / 2 ? whole * (1 - giveWay) : whole;
	}

	private get wholePlaces(): number {
		return this.current < this.place ? 0 : Math.floor(this.current / this.place + this.chance);
	}

	/** Whether all of a known limit is used. */
	get isAtTop(): boolean {
		return this.current === this.top;
	}

	/** When a request more than that is to be sent, to see whether a place is free; Infinity for never. */
	get probeAt(): number {
		return this.hasFewPlaces && this.current < this.top ? this.nextProbeAt : Infinity;
	}

	/** A probe starts, or a refusal tells that all places are taken: the next probe comes some seconds later. */
	probeLater(): void {
		const places = this.current / this.place;
		this.nextProbeAt =
			this.now() + probeEvery * Math.max(places, 1 / places) * (0.5 + this.random());
	}

	/** The vendor took a probe: its place is used in each window from now on, and there may be more a window later. */
	found(): void {
		this.current = Math.min(this.top, this.place * (this.wholePlaces + 1));
		this.nextProbeAt = this.now() + 1 / this.place;
	}

	/** The vendor took a request. */
	accepted(): void {
		const refusedBefore = this.refusedInARow;
		this.refusedInARow = 0;
		this.since.taken++;
		if (this.current === Infinity) this.countIn().taken++;
		if (this.current === this.top) return;
		const share = this.current / this.scale;
		const calmFor = this.hasFewPlaces ? 0 : ((this.now() - this.refusedAt) / calm) ** 4;
		// Whoever has less has fewer requests accepted, and is to take up what is free as fast all the same.
		const evenly = this.place === 0 || share < smallShare ? 1 : 1 / share;
		const growth = share ** bend * (1 + Math.min(this.mostSpeedUp, calmFor * evenly));
		this.current = Math.min(this.top, this.current + speedUp * this.step * this.scale * growth);
		if (this.hasFewPlaces && this.current < this.place) {
			const isKept =
				this.current > enoughToKeep.share * this.place ||
				refusedBefore >= enoughToKeep.refusedInARow;
			if (isKept) this.current = this.place;
		}
	}

	/**
	 * The vendor refused a request for coming too soon.
	 * @param start when it was sent
	 * @returns in how many milliseconds the next one is best sent
	 */
	rateLimited(start: number): number {
		if (start > this.slowedAt) {
			this.current = this.slower();
			this.since = { taken: 0, refused: 0 };
			this.slowedAt = this.now();
			this.chance = this.random();
			this.probeLater();
		} else this.since.refused++;
		this.refusedAt = this.now();
		// Whoever was refused together does not come back together.
		const later = growingWait ** Math.max(0, this.refusedInARow - 1);
		const apart =
			(soonAgain * (0.5 + this.random()) * later) / Math.sqrt(this.scale * this.current);
		return Math.min(apart, 1 / this.current);
	}

	/** Requests a millisecond that were taken of late: the last window that is over counts for what the present one lacks. */
	private get lately(): number {
		const { window, taken, before } = this.countIn();
		const over = this.now() / lookBackMs - window;
		return (before * (1 - over) + taken) / lookBackMs;
	}

	/** What was taken in the present window of that length, and in the one before. */
	private countIn(): { window: number; taken: number; before: number } {
		const window = Math.floor(this.now() / lookBackMs);
		const last = this.counted;
		if (window !== last.window)
			this.counted = { window, taken: 0, before: window === last.window + 1 ? last.taken : 0 };
		return this.counted;
	}

	/** By how much the rate was above a limit that is not known, as a share of it. */
	private get excess(): number {
		const { taken, refused } = this.since;
		const isTold = this.top === Infinity && taken + refused >= fewAnswers;
		return isTold ? Math.min(mostExcess, refused / (taken + refused)) : 0;
	}

	/** The rate after one more refusal. */
	private slower(): number {
		const base = Number.isFinite(this.current) ? this.current : Math.max(this.scale, this.lately);
		const isAlone = base === this.top && this.now() - this.refusedAt > alone.afterMs;
		const isOutside = base < this.place && this.refusedInARow >= patience;
		const first = isAlone ? alone.slowDown : this.step;
		const cut = first * (this.scale / base) ** bend * steeper ** this.refusedInARow++;
		const bounded = Math.min(isOutside ? leastSlowDown : mostSlowDown, cut);
		return Math.max(floor * this.scale, base * (1 - Math.max(bounded, this.excess)));
	}
}
