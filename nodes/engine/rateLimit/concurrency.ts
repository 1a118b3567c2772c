/** Requests of one key under way at once at the most: what a server and this machine bear without asking. */
export const mostAtOnce = 64;
/** Where no rate is known, so many begin. */
const usualStart = 10;
/** The first round trip that goes well doubles them; each further one adds this share of the start. */
const further = 0.7;
/** Beyond rate × time, since times differ: this share of it, and so many that wait for their moment. */
const slack = 1.25;
const spare = 3;
/** What a request is taken to last until one was measured. Milliseconds. */
const unmeasuredMs = 1000;
/** The typical time is a mean in which each new answer has this weight, and counts at most so many times as much. */
const weight = 1 / 8;
const mostOutlier = 4;
/** A vendor slows down where a request typically takes so many times as long as the quick ones of late … */
const tolerance = 2;
/** … of which one answer that is quicker has this weight, and each that is not adds this share. */
const quicker = 1 / 4;
const forgetting = 0.003;
/** A request that others overtook by so many times the typical time is stuck, and keeps no place from them. */
const overtaken = 3;

/**
 * How many requests of one key are best under way at once: as many as are sent while one is (rate × time, Little's
 * law, 1961). Where no rate is known there are more and more of them, as long as answers come no later for it.
 */
export class Concurrency {
	/** As many as were found to do no harm where no rate is known. */
	private found: number;
	/** When those began that are under way, in order. */
	private readonly starts: number[] = [];
	/** The latest beginning of one that was answered. */
	private answeredStart = -Infinity;
	private typicalMs: number | undefined;
	private quickMs: number | undefined;

	/** @param start how many to begin with where no rate is known */
	constructor(private readonly start = usualStart) {
		this.found = start;
	}

	get underWay(): number {
		return this.starts.length;
	}

	/** A request starts. @param at the moment, in milliseconds */
	begin(at: number): void {
		this.starts.push(at);
	}

	/** A request is over, however it ended. @param at when it started */
	end(at: number): void {
		const index = this.starts.indexOf(at);
		if (index >= 0) this.starts.splice(index, 1);
	}

	/**
	 * The vendor took a request and answered.
	 * @param start when it was sent
	 * @param isDone whether it did what was asked. A refusal may come much sooner, and says then nothing of the others
	 */
	accepted(start: number, now: number, isDone = true): void {
		this.answeredStart = Math.max(this.answeredStart, start);
		const ms = Math.max(1, now - start);
		if (!isDone && ms < (this.typicalMs ?? Infinity)) return;
		const typical = this.typicalMs ?? ms;
		this.typicalMs = typical + weight * (Math.min(ms, mostOutlier * typical) - typical);
		const quick = this.quickMs ?? ms;
		this.quickMs = quick + (ms < quick ? quicker * (ms - quick) : forgetting * quick);
		if (this.slowness > 1) this.found = Math.max(this.start, this.found - 1);
		// The one that ended was one of them. Where fewer were sent than could have been, nothing shows that more can be.
		else if (this.underWay + 1 >= Math.floor(this.found))
			this.found = Math.min(mostAtOnce, this.found + this.growth);
	}

	/** For one answer: those of a round trip add up. */
	private get growth(): number {
		return this.found < 2 * this.start ? 1 : (further * this.start) / this.found;
	}

	/**
	 * How many to work on: those under way, and where there is a rate, a few that wait for their moment.
	 * @param perMs the rate that the vendor takes, requests a millisecond; Infinity where none is known
	 */
	width(perMs: number): number {
		const isPaced = perMs !== Infinity;
		const wanted = isPaced ? this.usable(perMs) : this.found;
		// Whoever waits for its moment is not under way yet, and would keep the place of one that could be.
		const most = isPaced ? mostAtOnce + spare : mostAtOnce;
		return Math.max(1, Math.min(most, Math.floor(wanted) + this.stuck));
	}

	/** What a rate can use; less than before where the vendor slows down, since more at once would only slow it further. */
	private usable(perMs: number): number {
		const { typicalMs = unmeasuredMs, slowness, start } = this;
		const wanted = perMs * (typicalMs / slowness) * slack + spare;
		return Math.max(Math.min(start, wanted), wanted / slowness ** 2);
	}

	/** How many times as long as it may a request takes now; 1 where that is well. */
	private get slowness(): number {
		const { typicalMs = 0, quickMs = Infinity } = this;
		return Math.max(1, typicalMs / (tolerance * quickMs));
	}

	private get stuck(): number {
		const before = this.answeredStart - overtaken * (this.typicalMs ?? Infinity);
		const first = this.starts.findIndex((at) => at >= before);
		return first < 0 ? this.underWay : first;
	}
}
