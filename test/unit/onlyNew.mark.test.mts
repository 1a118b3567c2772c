import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { mostSeen, Newcomers, type Mark } from '../../nodes/engine/polling/newcomers.ts';
import type { Newness, Reach } from '../../nodes/engine/polling/newness.ts';

const minute = 60_000;
const plain: Newness = {
	of: 'new',
	reach: 'filter',
	key: ({ id }) => String(id),
	time: ({ at }) => Number(at),
	since: (request) => request,
};
const look = (mark: Mark | undefined, reach: Reach = 'filter', start = 10 * minute) =>
	new Newcomers(plain, mark, { start, overlapMs: 5 * minute, firstFrom: 0, reach });

describe('A mark', () => {
	it('is bounded: of more than 10,000 in the overlap the oldest are let go, and do not come again', () => {
		const records = Array.from({ length: mostSeen + 500 }, (_, n) => ({
			id: n,
			at: 6 * minute + n,
		}));
		const first = look(undefined);
		expect(first.take(records)).toHaveLength(records.length);
		const step = first.step();
		expect(step.seen.length).toBe(17 * mostSeen);
		const next = look(step);
		expect(next.take([...records, { id: 'new', at: 6 * minute + 600 }])).toHaveLength(1);
	});

	it('remembers what says no time, and what is told by its key alone, with 8 characters each', () => {
		const first = look(undefined, 'whole');
		first.take([{ id: 1, at: 1 }, { id: 2 }]);
		const step = first.step();
		expect(step).toMatchObject({ seen: '', known: expect.stringMatching(/^[\w-]{16}$/) });
		expect(
			look(step, 'whole').take([{ id: 2 }, { id: 1, at: 99 * minute }, { id: 3 }]),
		).toHaveLength(1);
		const timeless = look(undefined);
		timeless.take([{ id: 'x' }]);
		expect(look(timeless.step()).take([{ id: 'x' }, { id: 'y' }])).toHaveLength(1);
	});

	it('with a limit leaves nothing out behind what says no time, where the overlap was made shorter', () => {
		const mark: Mark = { until: 9 * minute, floor: minute, seen: '', known: '' };
		const late = { id: 'late', at: 2 * minute };
		const limited = look(mark);
		const [timeless] = limited.oldestFirst(limited.take([late, { id: 'timeless' }]));
		expect(timeless?.id).toBe('timeless');
		expect(look(limited.step([timeless as IDataObject])).take([late])).toEqual([late]);
	});

	it('does not go beyond now for a record of the far future, which comes once', () => {
		const first = look(undefined);
		first.take([{ id: 1, at: Date.parse('2099-01-01') }]);
		const step = first.step();
		expect(step.until).toBe(10 * minute);
		const next = look(step);
		const again = { id: 1, at: Date.parse('2099-01-01') };
		expect(next.take([again, { id: 2, at: 11 * minute }])).toHaveLength(1);
	});
});
