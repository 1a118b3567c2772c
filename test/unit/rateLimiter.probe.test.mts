import { describe, expect, it } from '@jest/globals';
import { SimulatedClock } from '../../dev/scale/clock.mts';
import { generator } from '../../dev/scale/simulation.mts';
import { RateLimiter } from '../../nodes/engine/rateLimit/rateLimiter.ts';
import {
	limit,
	seeds,
	interval,
	limiterOnClock,
	refuse,
	gapsOf,
	starts,
} from './rateLimiter.setup.mts';

describe('a probe for a free place', () => {
	/**
	 * Sends for a time. A request that comes sooner than the pace after the one before is a probe.
	 * @returns when it sent what was not a probe, and when the probes
	 */
	async function send(
		limiter: RateLimiter,
		clock: SimulatedClock,
		ms: number,
		pace: number,
		probed: (start: number) => void,
	) {
		const sent = { evenly: [] as number[], probes: [] as number[] };
		const end = clock.now() + ms;
		const worker = async () => {
			while (clock.now() < end) {
				const start = await limiter.acquire();
				limiter.release(start);
				const isProbe = start - (sent.evenly.at(-1) ?? -Infinity) < pace - 1;
				(isProbe ? sent.probes : sent.evenly).push(start);
				// What becomes of the others is not told, since each that is accepted adds to the pace.
				if (isProbe) probed(start);
			}
		};
		void worker();
		await clock.run();
		return sent;
	}

	/** Left with two of five places, or with three. */
	async function withFew(seed: number) {
		const { clock, limiter } = limiterOnClock(limit, generator(seed));
		await refuse(limiter, clock, 4);
		const [, second = 0, third = 0] = await starts(limiter, clock, 3);
		return { clock, limiter, pace: third - second };
	}

	it.each(seeds)(
		'is sent every few seconds, and changes nothing where it is refused (seed %i)',
		async (seed) => {
			const { clock, limiter, pace } = await withFew(seed);
			const { evenly, probes } = await send(limiter, clock, 30_000, pace, (start) =>
				limiter.rateLimited(start),
			);
			expect(probes.length).toBeGreaterThanOrEqual(2);
			expect(probes.length).toBeLessThanOrEqual(7);
			gapsOf(evenly).forEach((gap) => expect(gap).toBeCloseTo(pace, 6));
		},
	);

	it.each(seeds)('that finds a place takes it, and no more (seed %i)', async (seed) => {
		const { clock, limiter, pace } = await withFew(seed);
		const [last = 0] = await starts(limiter, clock, 1);
		let [before, start] = [-Infinity, last];
		while (start - before > pace - 1)
			[before, start] = [start, (await starts(limiter, clock, 1))[0] ?? 0];
		limiter.accepted(start);
		const had = Math.round(interval(1) / pace);
		const [gap = 0] = gapsOf(await starts(limiter, clock, 2));
		// Within a millisecond, since the rate is no longer in whole places near the limit.
		expect(Math.abs(gap - interval(had + 1))).toBeLessThan(1);
	});

	it('looks for the next place a window later, up to the limit', async () => {
		const { clock, limiter, pace } = await withFew(1);
		const found: number[] = [];
		await send(limiter, clock, 20_000, pace, (start) => {
			found.push(start);
			limiter.accepted(start);
		});
		const [first = 0, second = 0] = found;
		expect(second - first).toBeLessThan(interval(1) + pace);
		const gaps = gapsOf(await starts(limiter, clock, 40));
		gaps.forEach((gap) => expect(gap).toBeCloseTo(interval(5), 6));
	});

	it('waits for what the vendor asks for where it is refused', async () => {
		const { clock, limiter, pace } = await withFew(1);
		const waitMs = 60_000;
		const { evenly, probes } = await send(limiter, clock, 90_000, pace, (start) =>
			limiter.rateLimited(start, waitMs),
		);
		const [probe = Infinity] = probes;
		const sent = [...evenly, ...probes];
		expect(sent.filter((at) => at > probe && at < probe + waitMs)).toEqual([]);
		expect(sent.some((at) => at >= probe + waitMs)).toBe(true);
	});

	it('is not what a clock that is set back makes of a request', async () => {
		const clock = new SimulatedClock();
		const told: number[] = [];
		const limiter = new RateLimiter(
			undefined,
			() => told.shift() ?? clock.now(),
			clock.wait,
			generator(1),
		);
		await clock.run(10_000);
		limiter.rateLimited(10_000);
		// What acquire() reads: whether it is open, how long to wait, and when it starts.
		told.push(20_000, 20_000, 0);
		const start = await limiter.acquire();
		expect(start).toBe(0);
		limiter.accepted(start);
		const [gap = 0] = gapsOf(await starts(limiter, clock, 2));
		expect(gap).toBeGreaterThan(10);
		expect(gap).toBeLessThan(500);
	});

	it('is not sent where there are many places', async () => {
		const { clock, limiter } = limiterOnClock({ requests: 8, perMs: 1000 });
		await refuse(limiter, clock, 1);
		const gaps = gapsOf(await starts(limiter, clock, 1000)).slice(1);
		expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThan(1e-6);
	});
});
