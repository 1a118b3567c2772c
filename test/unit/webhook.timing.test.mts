import crypto from 'node:crypto';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { hmacHex, isSame } from '../../nodes/engine/webhook/digests.ts';

afterEach(() => {
	jest.restoreAllMocks();
});

/** Long enough that a comparison which stops at the first wrong character shows it. */
const length = 100_000;
const right = hmacHex('key', 'body')
	.repeat(length / 64)
	.slice(0, length);

/** A text of which so many characters, from the first on, are right. */
const guess = (characters: number): string =>
	right.slice(0, characters) + 'x'.repeat(right.length - characters);

const guesses = {
	none: guess(0),
	half: guess(right.length / 2),
	'all but one': guess(right.length - 1),
};
type Guess = keyof typeof guesses;

type Compare = (given: string, expected: string) => boolean;

/** What one would write who does not think of time. */
const naive: Compare = (given, expected) => {
	for (let n = 0; n < expected.length; n++)
		if (given.charCodeAt(n) !== expected.charCodeAt(n)) return false;
	return given.length === expected.length;
};

const rounds = 301;

/** The median time of each comparison, in nanoseconds; they take turns, so that a slow moment slows all. */
function medians(compare: Compare): Record<Guess, number> {
	const times: Record<Guess, number[]> = { none: [], half: [], 'all but one': [] };
	for (let round = 0; round < rounds; round++) {
		for (const name of Object.keys(guesses) as Guess[]) {
			const begun = process.hrtime.bigint();
			const isTaken = compare(guesses[name], right);
			times[name].push(Number(process.hrtime.bigint() - begun));
			if (isTaken) throw new Error('A wrong guess was taken.');
		}
	}
	const median = (list: number[]) => list.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
	return {
		none: median(times.none),
		half: median(times.half),
		'all but one': median(times['all but one']),
	};
}

const spread = (compare: Compare): number => {
	const times = Object.values(medians(compare));
	return Math.max(...times) / Math.min(...times);
};

describe('The time to refuse', () => {
	it('is the same however much of a signature was right', () => {
		// A busy machine may disturb one measurement, and hardly three.
		const best = Math.min(...Array.from({ length: 3 }, () => spread(isSame)));
		expect(best).toBeLessThan(1.15);
	});

	it('would tell it, had the comparison stopped at the first wrong character', () => {
		expect(spread(naive)).toBeGreaterThan(2);
	});
});

it('Secrets are compared by timingSafeEqual, over digests of one length', () => {
	const compared = jest.spyOn(crypto, 'timingSafeEqual');
	expect(isSame('a', right)).toBe(false);
	expect(isSame('', right)).toBe(false);
	expect(isSame(right, right)).toBe(true);
	expect(compared.mock.calls.map((sides) => sides.map((side) => side.byteLength))).toEqual([
		[32, 32],
		[32, 32],
		[32, 32],
	]);
});
