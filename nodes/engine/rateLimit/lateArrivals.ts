import type { Limit } from './adaptiveRate';

/** Weight of a new answer in the typical time of a request, and in how far times are off it (as in RFC 6298, section 2). */
const weight = 1 / 8;
/** Of what times are off, so much is kept free: who comes next may come early as well. */
const margin = 3;
/**
 * No more than this is waited, in what a window has to spare, since an answer may also be late by the vendor's own work. More
 * after each refusal of one who has the whole limit, which only a window that slides gives often; less again with each answer.
 * Where a window has few places, a refusal costs as much as many of them: something is waited before the first one, and
 * most until a window of answers tells how long requests take, since the first ones find n8n cold, and are late.
 */
const bound = { least: 1, leastOfFew: 1.4, most: 3, growth: 1.5, decay: 0.002 };

interface Sent {
	start: number;
	/** By how much it took longer than is typical, once that is known. Milliseconds. */
	lateMs: number;
}

/**
 * A request that the way to the vendor holds up takes its place in a sliding window later, and the one that is due when its
 * window is over is refused, since it comes too early. That the answer was late is known by then: the other waits as long.
 */
export class LateArrivals {
	/** The last ones that were not refused, no more than a window takes. */
	private readonly sent: Sent[] = [];
	private typicalMs: number | undefined;
	private deviationMs: number;
	private readonly least: number;
	private bound: number;
	private answers = 0;

	/**
	 * @param spareMs what a window of the limit has to spare at the top rate, in milliseconds
	 * @param hasFewPlaces whether a window takes few requests
	 */
	constructor(
		private readonly limit: Limit | undefined,
		private readonly spareMs: number,
		private readonly hasFewPlaces: boolean,
	) {
		this.deviationMs = spareMs;
		this.least = hasFewPlaces ? bound.leastOfFew : bound.least;
		this.bound = this.least;
	}

	/** A request starts. @param start the moment, in milliseconds */
	begin(start: number): void {
		if (!this.limit) return;
		this.sent.push({ start, lateMs: 0 });
		if (this.sent.length > this.limit.requests) this.sent.shift();
	}

	/** The vendor took a request and answered. @param start when it was sent */
	accepted(start: number, now: number): void {
		this.answers++;
		const ms = now - start;
		const lateMs = ms - (this.typicalMs ?? ms);
		this.typicalMs = ms - lateMs + weight * lateMs;
		this.deviationMs += weight * (Math.abs(lateMs) - this.deviationMs);
		this.bound -= bound.decay * (this.bound - this.least);
		const one = this.sent.find((request) => request.start === start);
		if (one) one.lateMs = Math.max(0, lateMs);
	}

	/**
	 * The vendor refused a request, so that it took no place.
	 * @param start when it was sent
	 * @param isAtTop whether requests went as fast as the limit allows
	 */
	rateLimited(start: number, isAtTop: boolean): void {
		if (isAtTop) this.bound = Math.min(bound.most, bound.growth * this.bound);
		const index = this.sent.findIndex((request) => request.start === start);
		if (index >= 0) this.sent.splice(index, 1);
	}

	/** When the place of the request a whole window ago is free again; -Infinity where none is known. Milliseconds. */
	get freeAt(): number {
		const [first] = this.sent;
		if (!this.limit || !first || this.sent.length < this.limit.requests) return -Infinity;
		if (this.typicalMs === undefined) return -Infinity;
		const isCold = this.hasFewPlaces && this.answers < this.limit.requests;
		const most = isCold ? bound.most : this.bound;
		const waitMs = Math.min(most * this.spareMs, first.lateMs + margin * this.deviationMs);
		return first.start + this.limit.perMs + waitMs;
	}
}
