import { describe, expect, it } from '@jest/globals';
import { judge, outcomesOf, timesDone, type Verdict } from '../../dev/soak/oracle.mts';
import { type Batch, type Duty, parts } from '../../dev/soak/batch.mts';
import { Journal } from '../../dev/kit/framework/recorder.mts';

const lotOf = (duty: Duty): Batch => ({
	resource: 'lead',
	operation: 'create',
	duty,
	parameters: {},
	items: [],
	done: { what: 'lead.create', name: ({ key }) => key },
});
const item = { name: 'ada@example.com' };
const doubt = 'No answer. This may have worked. Look for lead ada@example.com in it.';

describe('the judge of a soak', () => {
	it.each<[Duty, Parameters<typeof judge>[2], number | undefined, Verdict]>([
		['once', [{}], 1, 'well'],
		['once', [{}], 2, 'twice'],
		['once', doubt, 2, 'twice'],
		['once', [{}], 0, 'lost'],
		['once', undefined, 1, 'lost'],
		['once', [], 1, 'failed'],
		['once', doubt, 1, 'said, done'],
		['once', doubt, 0, 'said, not done'],
		['once', doubt.replace('ada', 'bea'), 1, 'not named'],
		['once', 'No.', 0, 'refused'],
		['once', 'No.', 1, 'not said'],
		['repeatable', [{}], 3, 'well'],
		['repeatable', [{}], 0, 'lost'],
		['repeatable', doubt, 1, 'failed'],
		['read', [{}], undefined, 'well'],
		['read', 'No.', undefined, 'failed'],
		['read', undefined, undefined, 'lost'],
	])('%s, %j, done %p times: %s', (duty, outcome, done, verdict) => {
		expect(judge(lotOf(duty), item, outcome, done)).toBe(verdict);
	});

	it('puts what came out to the items it belongs to, from both outputs', () => {
		const items = [
			{ json: { id: 1 }, pairedItem: { item: 2 } },
			{ json: { id: 2 }, pairedItem: { item: 2 } },
			{ json: { error: 'No.' }, pairedItem: { item: 0 } },
		];
		expect(outcomesOf(items, 3)).toEqual(['No.', undefined, [{ id: 1 }, { id: 2 }]]);
	});

	it('counts in the journal how often a name was done', () => {
		const journal = new Journal();
		for (const key of ['a', 'b', 'a']) journal.add('lead.create', 1, key);
		journal.add('lead.update', 1, 'c');
		expect(['a', 'b', 'c'].map(timesDone(lotOf('once'), journal))).toEqual([2, 1, 0]);
		expect(timesDone({ ...lotOf('read'), done: undefined }, journal)('a')).toBeUndefined();
	});

	it('gives each operation its part, and loses none to rounding', () => {
		expect(parts(101, { a: 50, b: 30, c: 20 })).toEqual({ a: 51, b: 30, c: 20 });
	});
});
