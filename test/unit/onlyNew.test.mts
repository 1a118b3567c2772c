import { describe, expect, it, jest } from '@jest/globals';
import {
	minute,
	list,
	host,
	newHost,
	read,
	put,
	withInteractions,
	withOwnList,
} from './onlyNew.interactions.mts';

withInteractions();

/** All that Jest would put in place of Node.js's but the date. */
const timers = [
	...(['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'hrtime'] as const),
	...(['setImmediate', 'clearImmediate', 'nextTick', 'queueMicrotask', 'performance'] as const),
];

describe('Only New Since Last Run', () => {
	it('gives nothing in its first run, then each new one once, the oldest first', async () => {
		put();
		expect((await read()).keys).toEqual([]);
		const [one, other] = [list.put(Date.now() - 1000), put()];
		expect((await read()).keys).toEqual([one, other]);
		expect((await read()).keys).toEqual([]);
		expect(host.kept).toContain('onlyNew 2');
		expect(host.kept).not.toContain('the-key-of-the-lists');
	});

	it('begins at a date, also one longer ago than the vendor takes in one request', async () => {
		const day = 24 * 60 * minute;
		const old = list.put(Date.now() - 70 * day);
		const startDate = new Date(Date.now() - 80 * day).toISOString();
		const first = await read({ startFrom: 'date', startDate });
		expect(first.keys[0]).toBe(old);
		expect((await read({ startFrom: 'date', startDate })).keys).toEqual([]);
		const { error } = await read({ startFrom: 'date', startDate: '={{ undefined }}' });
		expect(error?.message).toContain("'Start Date' is empty");
	});

	it('with a limit gives the oldest first, and what is left in the next runs', async () => {
		await read();
		const all = [0, 1, 2, 3, 4].map((n) => list.put(Date.now() - 5000 + n));
		const limited = { returnAll: false, limit: 2 };
		expect((await read(limited)).keys).toEqual(all.slice(0, 2));
		expect((await read(limited)).keys).toEqual(all.slice(2, 4));
		expect((await read(limited)).keys).toEqual(all.slice(4));
		expect((await read(limited)).keys).toEqual([]);
	});

	it('with a limit gives each once that shares its time with others, with an overlap or without one', async () => {
		for (const overlap of [0, 5]) {
			newHost(`only new at one time, ${overlap}`);
			await read({ overlap });
			const at = Date.now();
			const all = [0, 1, 2, 3, 4].map(() => list.put(at)).sort();
			const limited = { overlap, returnAll: false, limit: 2 };
			const given = [];
			for (let runs = 0; runs < 3; runs++) given.push(...(await read(limited)).keys);
			expect(given.sort()).toEqual(all);
			expect((await read(limited)).keys).toEqual([]);
		}
	});

	it('with a limit leaves nothing out where the overlap was made shorter', async () => {
		put();
		await read({ overlap: 60 });
		// They show late.
		const late = [50, 40, 30].map((minutes) => list.put(Date.now() - minutes * minute));
		const limited = { overlap: 5, returnAll: false, limit: 1 };
		const given = [];
		for (const _ of late) given.push(...(await read(limited)).keys);
		expect(given).toEqual(late);
		expect((await read(limited)).keys).toEqual([]);
	});

	it('takes the start date in whatever form a date comes, without a zone in the workflow’s', async () => {
		const hour = 60 * minute;
		const at = Date.now() - 3 * hour;
		const [before, after] = [list.put(at - minute), list.put(at + minute)];
		// n8n's own, which no workflow of the tests changes.
		const wall = new Intl.DateTimeFormat('sv-SE', {
			...{ timeZone: 'America/New_York', dateStyle: 'short', timeStyle: 'medium' },
		} as const).format(at);
		for (const startDate of [
			wall,
			wall.replace(' ', 'T'),
			new Date(at).toISOString(),
			new Date(at + 2 * hour).toISOString().replace('Z', '+02:00'),
			`={{ DateTime.fromMillis(${at}) }}`,
			`={{ new Date(${at}) }}`,
			`={{ ${at} }}`,
			`${Math.floor(at / 1000)}`,
		]) {
			newHost(`only new since ${startDate}`);
			const { keys, error } = await read({ startFrom: 'date', startDate });
			expect([startDate, error?.message]).toEqual([startDate, undefined]);
			expect([startDate, keys.includes(before), keys.includes(after)]).toEqual([
				...[startDate, false, true],
			]);
		}
	});

	it.each(['31/12/2025', 'yesterday', '2026-02-31', '1970-01-01', '0'])(
		'refuses %s as a start date',
		async (startDate) => {
			const { error } = await read({ startFrom: 'date', startDate });
			expect(error?.message).toContain("'Start Date' is ");
			expect(host.kept).toBe('{}');
		},
	);

	it('refuses to begin in the future, and goes on from its mark whatever the date is then', async () => {
		const startDate = new Date(Date.now() + 60 * minute).toISOString();
		const { error } = await read({ startFrom: 'date', startDate });
		expect(error?.message).toContain(`'Start Date' is ${startDate}, which is in the future`);
		expect(host.kept).toBe('{}');
		await read();
		const key = put();
		expect((await read({ startFrom: 'date', startDate })).keys).toEqual([key]);
	});

	it('goes on where n8n’s clock was put back, as before it is set after a start', async () => {
		await read();
		const key = put();
		jest.useFakeTimers({ now: Date.now() - 60 * minute, doNotFake: timers });
		try {
			expect((await read()).keys).toEqual([key]);
			expect((await read()).keys).toEqual([]);
		} finally {
			jest.useRealTimers();
		}
		expect((await read()).keys).toEqual([]);
	});

	it('refuses a filter by what a record may come to have later', async () => {
		const { run: ended } = await read({ filters: { status: 'finished' } });
		expect(JSON.stringify(ended)).toContain("'Status' cannot be combined with");
	});

	it('refuses filters that say themselves from where on', async () => {
		for (const filters of [
			{ createdAfter: '2026-01-01' },
			{ before: '507f191e810c19729de860ea' },
		]) {
			const { error } = await read({ filters });
			expect(error?.message).toContain("cannot be combined with 'Only New Since Last Run'");
			expect(error?.message).toMatch(/'(Created After|Before Interaction ID)'/);
		}
	});

	it('is not switched off by an expression that came out empty', async () => {
		const { error, keys } = await read({ onlyNew: "={{ '' }}", startDate: '2026-01-01' });
		expect(error?.message).toContain(
			"'Only New Since Last Run' is empty, which would find every record.",
		);
		expect(keys).toEqual([]);
	});

	it('gives each of a list that is read newest first, where one leaves it meanwhile', async () => {
		await withOwnList('Saleswhale conversations', async () => {
			await read();
			const keys = Array.from({ length: 150 }, (_, n) => list.put(Date.now() - 1000 + n));
			let asked = 0;
			list.sim.setFault(() => {
				if (++asked === 2) list.remove?.(new Set(keys.slice(-1)));
				return undefined;
			});
			expect((await read()).keys.sort()).toEqual(keys.sort());
			list.sim.setFault(undefined);
			expect((await read()).keys).toEqual([]);
		});
	});
});
