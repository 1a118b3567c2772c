import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Ledger } from '../../nodes/Convertalk/trigger/ledger.ts';
import { eventId, markOf } from '../../nodes/Convertalk/trigger/mark.ts';

const number = fc.integer({ min: 0, max: 2 ** 40 - 1 });
const mark = fc.record({ id: number, version: number });

function ledgerOf(marks: Array<{ id: number; version: number }>, expected = marks.length): Ledger {
	const ledger = Ledger.for(expected);
	for (const one of marks) ledger.note(one);
	return ledger;
}

describe('a ledger', () => {
	it('knows after coding what it knew before, in either width', () => {
		fc.assert(
			fc.property(fc.array(mark, { maxLength: 200 }), fc.boolean(), (marks, isLong) => {
				const before = ledgerOf(marks, isLong ? 9_000 : marks.length);
				const after = Ledger.decode(before.encode());
				expect(marks.every((one) => after.has(one) && after.knows(one))).toBe(true);
				expect(after.encode()).toEqual(before.encode());
			}),
		);
	});

	it('stays within its bound whatever the ids are', () => {
		const worst = Array.from({ length: 10_000 }, (_, n) => ({ id: n * 2 ** 8, version: n }));
		worst.push({ id: 2 ** 40 - 1, version: 1 });
		const random = fc.sample(mark, { seed: 5, numRuns: 10_000 });
		for (const marks of [worst.slice(1), random]) {
			const { code } = ledgerOf(marks).encode();
			expect(code.length).toBeLessThanOrEqual(
				Math.ceil((10_000 * (18 + 1 + 17) + 16_384) / 24) * 4,
			);
		}
	});

	it('keeps apart two leads whose hashes meet', () => {
		const [a, b] = [
			{ id: 7, version: 1 },
			{ id: 7, version: 2 },
		];
		const ledger = ledgerOf([a, b]);
		expect([ledger.has(a), ledger.has(b), ledger.has({ id: 7, version: 3 })]).toEqual([
			true,
			true,
			false,
		]);
		ledger.update({ id: 7, version: 3 });
		expect([ledger.has(a), ledger.has(b), ledger.has({ id: 7, version: 3 })]).toEqual([
			true,
			true,
			true,
		]);
	});

	it('tells a changed lead from an unchanged one', () => {
		const ledger = ledgerOf([{ id: 7, version: 1 }]);
		ledger.update({ id: 7, version: 2 });
		expect(ledger.has({ id: 7, version: 1 })).toBe(false);
		expect(ledger.knows({ id: 7, version: 9 })).toBe(true);
		expect(ledger.size).toBe(1);
	});

	it('grows past 5,000 leads without forgetting one', () => {
		const marks = fc.sample(mark, { seed: 6, numRuns: 5_001 });
		const after = Ledger.decode(ledgerOf(marks, 1).fitted().encode());
		expect(after.encode().ids).toBe(32);
		expect(marks.every((one) => after.has(one))).toBe(true);
	});
});

describe('a mark', () => {
	const lead = {
		_id: 'a',
		updatedAt: '2026-01-01T00:00:00.000Z',
		profile: { notes: [{ title: 'x' }] },
	};

	it('is another when anything but presence is', () => {
		const { _id, ...others } = lead;
		const same = { isOnline: true, websiteVisits: 4, ...others, _id };
		expect(markOf(same)).toEqual(markOf(lead));
		for (const other of [
			{ ...lead, updatedAt: '2026-01-01T00:00:00.001Z' },
			{ ...lead, status: 'OPEN' },
			{ ...lead, profile: { notes: [{ title: 'y' }] } },
		]) {
			expect(markOf(other).version).not.toBe(markOf(lead).version);
			expect(markOf(other).id).toBe(markOf(lead).id);
			expect(eventId('leadUpdated', other)).not.toBe(eventId('leadUpdated', lead));
		}
	});
});
