import { describe, expect, it } from '@jest/globals';
import { type Kind } from '../../dev/scale/limits.mts';
import { countIn, jain, simulate } from '../../dev/scale/simulation.mts';
import { limit, minute, everyKind, seeds, mean } from './rateLimiter.setup.mts';

/** Of what the limit allows, from the first request taken to the last: three lists of 200, mean of ten runs. */
async function useOfLists(kind: Kind): Promise<number> {
	const processes = Array.from({ length: 3 }, () => ({ requests: 200 }));
	const uses = seeds.map(async (seed) => {
		const { taken } = await simulate({ kind, limit, processes, duration: 10 * minute, seed });
		const moments = taken.flat();
		expect(moments).toHaveLength(600);
		return 600 / 5 / ((Math.max(...moments) - Math.min(...moments)) / 1000);
	});
	return mean(await Promise.all(uses));
}

// docs/decisions/pace.md says why windows that slide or begin with a request are used less.
it.each([
	['token bucket', 0.97],
	['fixed window', 0.96],
	['window from first', 0.935],
	['sliding window', 0.92],
] as const)('lists that end in several processes use what others leave: %s', async (kind, least) =>
	expect(await useOfLists(kind)).toBeGreaterThan(least),
);

/** By how much the share of one of two that begin together is off in the first minute: mean of 200 runs, since one is 0.1 off it. */
async function unevennessOfTwo(kind: Kind): Promise<number> {
	const processes = [{ requests: 250 }, { requests: 250 }];
	const runs: number[] = [];
	for (let seed = 1; seed <= 200; seed++) {
		const { taken } = await simulate({ kind, limit, processes, duration: 1.1 * minute, seed });
		const both = Math.max(...taken.map(([first = 0]) => first));
		const [one = 0, other = 0] = taken.map((moments) => countIn(moments, both, both + minute));
		runs.push(Math.abs(one - other) / (one + other));
	}
	return mean(runs);
}

// A bucket that is not empty refuses nobody, so who has less learns late that there is more.
it.each([
	['token bucket', 0.14],
	['fixed window', 0.1],
	['window from first', 0.06],
	['sliding window', 0.105],
] as const)('two come to equal shares in their first minute: %s', async (kind, most) =>
	expect(await unevennessOfTwo(kind)).toBeLessThan(most),
);

describe.each(everyKind)('several processes on one key: %s', (kind) => {
	it('share it evenly, and use it', async () => {
		const log = await simulate({ kind, limit, processes: [{}, {}], duration: 5 * minute });
		const counts = log.taken.map((moments) => countIn(moments, minute, 5 * minute));
		const taken = counts.reduce((sum, one) => sum + one, 0);
		const refused = log.refused.reduce((sum, one) => sum + countIn(one, minute, 5 * minute), 0);
		expect(taken / (5 * 240)).toBeGreaterThan(0.9);
		expect(refused / taken).toBeLessThan(0.2);
		// 0.96 is 3 to 2, which is all that a window of five allows at one moment.
		expect(jain(counts)).toBeGreaterThan(0.9);
	});

	it('let one in that comes late', async () => {
		const log = await simulate({
			kind,
			limit,
			processes: [{}, { from: 2 * minute }],
			duration: 5 * minute,
		});
		const counts = log.taken.map((moments) => countIn(moments, 3 * minute, 5 * minute));
		const all = counts.reduce((sum, one) => sum + one, 0);
		expect((counts[1] ?? 0) / all).toBeGreaterThan(0.3);
	});
});
