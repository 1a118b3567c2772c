import { describe, expect, it } from '@jest/globals';
import { SimulatedClock } from '../../dev/scale/clock.mts';
import { generator } from '../../dev/scale/simulation.mts';
import { RetryLater, RateLimiter } from '../../nodes/engine/rateLimit/rateLimiter.ts';
import {
	limit,
	minute,
	seeds,
	interval,
	limiterOnClock,
	refuse,
	gapsOf,
	starts,
} from './rateLimiter.setup.mts';

describe('after a refusal', () => {
	const gap = async (limiter: RateLimiter, clock: SimulatedClock) => {
		const [, second = 0, third = 0] = await starts(limiter, clock, 3);
		return third - second;
	};

	it('it goes slower, and faster again with what is accepted', async () => {
		const { clock, limiter } = limiterOnClock();
		const before = await gap(limiter, clock);
		limiter.rateLimited(clock.now());
		const slowed = await gap(limiter, clock);
		for (let n = 0; n < 500; n++) limiter.accepted(clock.now());
		const after = await gap(limiter, clock);
		expect(slowed).toBeGreaterThan(before * 1.02);
		expect(after).toBeCloseTo(before, 6);
	});

	it('the further ones in a row weigh more, and the pace never ends', async () => {
		const { clock, limiter } = limiterOnClock(null);
		limiter.rateLimited(clock.now());
		let last = await gap(limiter, clock);
		const ratios: number[] = [];
		for (let n = 0; n < 4; n++) {
			limiter.rateLimited(clock.now());
			const now = await gap(limiter, clock);
			ratios.push(now / last);
			last = now;
		}
		expect([...ratios].sort((a, b) => a - b)).toEqual(ratios);
		await refuse(limiter, clock, 200);
		// A thousandth of the guess at a limit that nobody knows, ten a second.
		expect(await gap(limiter, clock)).toBeCloseTo(100 * 1000, 3);
	});

	it('it takes whole places of a known limit, the same until the next refusal, one more or one less', async () => {
		const found = seeds.map(async (seed) => {
			const { clock, limiter } = limiterOnClock(limit, generator(seed));
			await refuse(limiter, clock, 4);
			await starts(limiter, clock, 2);
			// The first probe comes later.
			const moments = await starts(limiter, clock, 3);
			const gaps = new Set(gapsOf(moments).map(Math.round));
			expect(gaps.size).toBe(1);
			return [...gaps];
		});
		const whole = [interval(2), interval(3)].map(Math.round);
		expect(new Set((await Promise.all(found)).flat())).toEqual(new Set(whole));
	});

	it('it goes on asking where others have all places', async () => {
		const { clock, limiter } = limiterOnClock();
		await refuse(limiter, clock, 20);
		expect(await gap(limiter, clock)).toBeLessThan(4_000);
	});

	it.each([
		['that is nearly all it has', 8, 0, 1000 / 0.975],
		['that it sought for long', 20, 0, 1000 / 0.975],
		['only for now, where it has less and found some before', 20, 4, 1_700],
	])('it keeps a place that it finds, %s', async (_, refusals, further, expected) => {
		// Probes come as late as may be.
		const refusedSoOften = async () => {
			const { clock, limiter } = limiterOnClock(limit, () => 0.99);
			await refuse(limiter, clock, refusals);
			return { clock, limiter };
		};
		const before = await refusedSoOften();
		expect(await gap(before.limiter, before.clock)).toBeGreaterThan(1_100);
		const { clock, limiter } = await refusedSoOften();
		limiter.accepted(clock.now());
		await refuse(limiter, clock, further);
		if (further > 0) limiter.accepted(clock.now());
		expect(Math.abs((await gap(limiter, clock)) - expected)).toBeLessThan(100);
	});

	it('those that were under way by then say nothing new', async () => {
		const { clock, limiter } = limiterOnClock();
		await clock.run(1000);
		limiter.rateLimited(900);
		const once = await gap(limiter, clock);
		limiter.rateLimited(950);
		expect(await gap(limiter, clock)).toBeCloseTo(once, 6);
	});

	it('a Retry-After is waited for, and not much longer', async () => {
		const { clock, limiter } = limiterOnClock();
		await starts(limiter, clock, 1);
		limiter.rateLimited(clock.now(), 7000);
		const [next = 0] = await starts(limiter, clock, 1);
		expect(next).toBeGreaterThanOrEqual(7000);
		expect(next).toBeLessThan(7300);
	});

	it('one that asks for a wait that is too long ends what waits, and what comes until then', async () => {
		const { clock, limiter } = limiterOnClock();
		const ended: string[] = [];
		for (let n = 0; n < 5; n++)
			void limiter.acquire().then(
				() => ended.push('turn'),
				() => ended.push('closed'),
			);
		await clock.run(100);
		limiter.rateLimited(clock.now(), 3_600_000);
		await clock.run(10_000);
		expect(ended).toEqual(['turn', ...Array(4).fill('closed')]);
		await expect(limiter.acquire()).rejects.toThrow(RetryLater);
		await clock.run(3_600_000);
		expect(await starts(limiter, clock, 1)).toHaveLength(1);
	});

	it.each([3_600_000, 315_360_000_000, Number.MAX_VALUE])(
		'one that asks for %d ms is let alone for ten minutes, and asked by one request then',
		async (asked) => {
			const { clock, limiter } = limiterOnClock();
			await starts(limiter, clock, 1);
			limiter.rateLimited(clock.now(), asked);
			await clock.run(4 * minute);
			const refusal = await limiter.acquire().catch((thrown: unknown) => thrown);
			expect(refusal).toBeInstanceOf(RetryLater);
			expect((refusal as RetryLater).waitMs).toBe(asked - 4 * minute);
			await clock.run(6 * minute);
			const begun: number[] = [];
			const refused: unknown[] = [];
			for (let n = 0; n < 20; n++)
				void limiter.acquire().then(
					(at) => begun.push(at),
					(thrown: unknown) => refused.push(thrown),
				);
			await clock.run(12 * minute);
			expect(begun).toHaveLength(1);
			expect(begun[0]).toBeGreaterThanOrEqual(10 * minute);
			// It is refused once more: all others learn of it.
			limiter.release(begun[0] ?? 0);
			limiter.rateLimited(begun[0] ?? 0, asked);
			await clock.run(13 * minute);
			expect([begun.length, refused.length]).toEqual([1, 19]);
			// The next one is taken, and the others follow at their pace.
			await clock.run(17.5 * minute);
			const asking = limiter.acquire();
			const next = Promise.all(Array.from({ length: 4 }, async () => await limiter.acquire()));
			await clock.run(23 * minute);
			limiter.release(await asking);
			limiter.accepted(await asking);
			await clock.run();
			expect((await next).every((at) => at < 25 * minute)).toBe(true);
		},
	);

	it('a limit below one request a second is kept', async () => {
		const { clock, limiter } = limiterOnClock({ requests: 0.7, perMs: 1000 });
		await refuse(limiter, clock, 3);
		for (let n = 0; n < 500; n++) limiter.accepted(clock.now());
		expect(await gap(limiter, clock)).toBeGreaterThanOrEqual(1000 / 0.7);
	});

	it('it tells for how long nothing was taken', async () => {
		const { clock, limiter } = limiterOnClock();
		limiter.rateLimited(clock.now());
		await clock.run(5000);
		expect(limiter.rateLimitedForMs).toBe(5000);
		limiter.accepted(clock.now());
		expect(limiter.rateLimitedForMs).toBe(0);
	});
});
