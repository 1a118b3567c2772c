import { SimulatedClock } from '../../dev/scale/clock.mts';
import { type Kind, kinds } from '../../dev/scale/limits.mts';
import { generator } from '../../dev/scale/simulation.mts';
import { RateLimiter } from '../../nodes/engine/rateLimit/rateLimiter.ts';

/** Five requests a second. */
export const limit = { requests: 5, perMs: 1000 };
/** In ms. */
export const minute = 60_000;
/** The kinds of limit that vendors have. */
export const everyKind = Object.keys(kinds) as Kind[];
/** One run depends on who comes when. */
export const seeds = Array.from({ length: 10 }, (_, n) => n + 1);
/** Of a list of numbers. */
export const mean = (list: number[]): number =>
	list.reduce((sum, one) => sum + one, 0) / list.length;

/** Milliseconds between two requests of one that has so many of five places: with three, more than half, it gives way. */
export const interval = (places: number): number =>
	1000 / 0.975 / places / (places === 3 ? 0.94 : 1);

/** A rate limiter, and the simulated clock that it goes by. */
export function limiterOnClock(known: typeof limit | null = limit, random = generator(1)) {
	const clock = new SimulatedClock();
	return { clock, limiter: new RateLimiter(known ?? undefined, clock.now, clock.wait, random) };
}

/** Refuses so many requests, each sent after the one before was refused. */
export async function refuse(
	limiter: RateLimiter,
	clock: SimulatedClock,
	times: number,
): Promise<void> {
	for (let n = 0; n < times; n++) {
		await clock.run(clock.now() + 1);
		limiter.rateLimited(clock.now());
	}
}

/** Milliseconds between one moment and the next. */
export const gapsOf = (moments: number[]): number[] =>
	moments.slice(1).map((at, n) => at - (moments[n] ?? 0));

/** Starts so many turns, each answered at once; gives the moments at which each came. */
export async function starts(
	limiter: RateLimiter,
	clock: SimulatedClock,
	count: number,
): Promise<number[]> {
	const turn = async () => {
		const start = await limiter.acquire();
		limiter.release(start);
		return start;
	};
	const turns = Promise.all(Array.from({ length: count }, turn));
	await clock.run();
	return await turns;
}
