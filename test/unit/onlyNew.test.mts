import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { mostSeen, Newcomers, type Mark } from '../../nodes/engine/polling/newcomers.ts';
import type { Newness, Reach } from '../../nodes/engine/polling/newness.ts';
import { Host, run, type RunOptions } from './engine.mts';
import { lists, type VendorList } from './onlyNew.setup.mts';

const minute = 60_000;
let list: VendorList;
let host: Host;
let count = 0;

beforeAll(async () => {
	list = await (lists['Zenvia Sales interactions'] as () => Promise<VendorList>)();
});
afterAll(async () => await list.sim.close());
beforeEach(() => {
	list.sim.setFault(undefined);
	host = new Host(`only new ${++count}`);
});

/** Runs Get Many. @returns what tells the records that it gave, and what it said */
async function read(parameters: IDataObject = {}, more: Partial<RunOptions> = {}) {
	const result = await run(list.subject, {
		...{ typeVersion: 1.2, credential: list.credential, host },
		parameters: {
			...list.parameters,
			...{ returnAll: true, onlyNew: true, startFrom: 'now', ...parameters },
		} as RunOptions['parameters'],
		...more,
	});
	const keys = result.items.map(({ json }) => list.keyOf(json));
	return { ...result, keys, said: result.hints.map(({ message }) => message).join(' ') };
}

const put = (): string => list.put(Date.now());

/** Does something with a list that no other test has put records into. */
async function inOwn(name: string, work: () => Promise<void>): Promise<void> {
	const before = list;
	list = await (lists[name] as () => Promise<VendorList>)();
	await work().finally(async () => await list.sim.close());
	list = before;
}

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
			host = new Host(`only new at one time, ${overlap}`);
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

	it('gives each once where the node runs several times in one execution, as in a loop', async () => {
		await read();
		const first = put();
		let second = '';
		const between = () => void (second = put());
		const fails = () => {
			throw new Error('It cannot go on');
		};
		const keysOf = ({ run: ended }: Awaited<ReturnType<typeof read>>) =>
			(ended.data.resultData.runData.Node ?? []).map(({ data }) =>
				(data?.main?.[0] ?? []).map(({ json }) => list.keyOf(json)),
			);
		expect(keysOf(await read({}, { between }))).toEqual([[first], [second]]);
		expect((await read()).keys).toEqual([]);
		const third = put();
		let runs = 0;
		await read({}, { between, then: () => void (++runs === 2 && fails()) });
		expect((await read()).keys).toEqual([third, second]);
		expect((await read()).keys).toEqual([]);
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
			host = new Host(`only new since ${startDate}`);
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

	it('does not move in a manual run, and says so', async () => {
		host.mode = 'manual';
		put();
		const first = await read();
		expect(first.keys).toHaveLength(1);
		expect(first.said).toContain('A manual run does not count');
		expect(first.said).toContain('one record as an example');
		expect(host.kept).toBe('{}');
		host.mode = 'trigger';
		expect(await read()).toMatchObject({ keys: [], said: '' });
		const key = put();
		host.mode = 'manual';
		expect((await read()).keys).toEqual([key]);
		expect((await read()).said).not.toContain('example');
		host.mode = 'trigger';
		expect((await read()).keys).toEqual([key]);
	});

	it.each(['refused', 'canceled', 'failed behind it', 'canceled behind it'])(
		'does not move in an execution that is %s',
		async (how) => {
			await read();
			const key = put();
			const cancel = new AbortController();
			if (how === 'refused' || how === 'canceled') {
				list.sim.setFault(() => {
					if (how === 'canceled') cancel.abort();
					return { kind: 'answer', when: 'before', answer: list.refusal, name: how } as never;
				});
			}
			const then = () => {
				if (how === 'canceled behind it') cancel.abort();
				if (how === 'failed behind it') throw new Error('It cannot go on');
			};
			const { run: ended } = await read({}, { cancel: cancel.signal, then });
			expect(ended.status).not.toBe('success');
			list.sim.setFault(undefined);
			const next = await read();
			expect(next.keys).toEqual([key]);
			expect(next.said.includes('Execution 2 did not end well')).toBe(how.includes('behind'));
			expect((await read()).keys).toEqual([]);
		},
	);

	it('keeps where it began although that execution failed elsewhere, since nothing was handed on', async () => {
		const then = () => {
			throw new Error('Another node cannot go on');
		};
		await read({}, { then });
		const key = put();
		expect((await read({}, { then })).keys).toEqual([key]);
		expect((await read()).keys).toEqual([key]);
	});

	it('refuses a filter by what a record may come to have later', async () => {
		const { run: ended } = await read({ filters: { status: 'finished' } });
		expect(JSON.stringify(ended)).toContain("'Status' cannot be combined with");
	});

	it('moves where executions are not kept, and after n8n has begun anew', async () => {
		host.keeps.success = false;
		await read();
		const key = put();
		host.workflowId += ' restarted';
		expect((await read()).keys).toEqual([key]);
		host.workflowId += ' again';
		expect((await read()).keys).toEqual([]);
	});

	it('outlives what a schedule writes over it', async () => {
		const published = host.kept;
		await read();
		host.kept = published;
		const key = put();
		expect((await read()).keys).toEqual([key]);
		host.kept = published;
		expect((await read()).keys).toEqual([]);
	});

	it('gives nothing to an execution while another one works on the same', async () => {
		await read();
		const key = put();
		let beside: Awaited<ReturnType<typeof read>> | undefined;
		let inside: Awaited<ReturnType<typeof read>> | undefined;
		list.sim.setFault(() => {
			list.sim.setFault(undefined);
			return { kind: 'stall', when: 'before', ms: 150, name: 'slow' } as never;
		});
		const slow = read(
			{},
			{
				then: async () => {
					host.executions.set('2', { executionData: { nodeExecutionStack: [{}] } } as never);
					beside = await read();
				},
			},
		);
		await new Promise((resolve) => setTimeout(resolve, 50));
		inside = await read();
		expect((await slow).keys).toEqual([key]);
		for (const other of [inside, beside]) {
			expect(other?.keys).toEqual([]);
			expect(other?.said).toContain('Execution 2 still works on what was new last');
		}
		expect((await read()).keys).toEqual([]);
	});

	it('keeps about 250 characters for a mark, and 34 for each record in the overlap', async () => {
		await inOwn('Zenvia Sales quotes', async () => {
			await read();
			for (let runs = 0; runs < 2; runs++) {
				for (let n = 0; n < 100; n++) list.put(Date.now() - 1000 + n);
				await read();
			}
			await read();
			const own = host.kept.length - 200 * 34;
			expect([own > 200, own < 300]).toEqual([true, true]);
		});
	});

	it('has a mark for each node, key and set of filters, and keeps it under a new name', async () => {
		await read();
		const key = put();
		host.nodeName = 'Renamed';
		expect((await read()).keys).toEqual([key]);
		const date = { startFrom: 'date', startDate: new Date(Date.now() - minute).toISOString() };
		expect((await read({ ...date, filters: { via: ['visit'] } })).keys).toContain(key);
		expect((await read({ ...date, filters: { via: ['visit'] } })).keys).toEqual([]);
		host.nodeId = '7';
		expect((await read(date)).keys).toContain(key);
		const { vendor } = list.sim as unknown as {
			vendor: { keys: { all: Array<{ group: object }>; add(key: object): void } };
		};
		const [first] = vendor.keys.all;
		vendor.keys.add({ key: 'another-zenvia-key', group: first?.group });
		const items = [
			{ key: 'the-key-of-the-lists' },
			{ key: 'another-zenvia-key' },
			{ key: 'the-key-of-the-lists' },
		];
		const credential = { ...list.credential, apiKey: '={{ $json.key }}' };
		host.nodeId = '8';
		const { items: got } = await read(date, { items, credential });
		const of = (item: number) =>
			got.filter(({ pairedItem }) => (pairedItem as { item: number }).item === item).length;
		expect([of(0) > 0, of(1)]).toEqual([true, of(0)]);
		expect(of(2)).toBe(0);
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
		await inOwn('Saleswhale conversations', async () => {
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

	it('with Retry On Fail gives each once, and moves once', async () => {
		await read();
		const key = put();
		let refusals = 0;
		list.sim.setFault(() =>
			refusals++ > 0
				? undefined
				: ({ kind: 'answer', when: 'before', answer: list.refusal, name: 'once' } as never),
		);
		expect((await read({}, { maxTries: 3 })).keys).toEqual([key]);
		expect((await read()).keys).toEqual([]);
	});

	it.each([2, 3])(
		'with Retry On Fail gives each once where the node goes on, in %i tries',
		async (maxTries) => {
			const parameters = { filters: { via: '={{ [$json.via] }}' } };
			const items = [{ via: 'visit' }, { via: 'whatsApp' }];
			const goesOn = { items, maxTries, onError: 'continueRegularOutput' } as const;
			await read(parameters, goesOn);
			const key = put();
			let refusals = 0;
			list.sim.setFault((call) =>
				!JSON.stringify(call.query).includes('visit') || refusals++ > 0
					? undefined
					: ({ kind: 'answer', when: 'before', answer: list.refusal, name: 'once' } as never),
			);
			expect((await read(parameters, goesOn)).keys).toEqual([key]);
			expect((await read(parameters, goesOn)).keys).toEqual([]);
		},
	);

	it('with Retry On Fail gives nothing of what another execution took meanwhile, in however many tries', async () => {
		const parameters = { filters: { via: '={{ [$json.via] }}' } };
		const [mine, others] = [{ via: 'visit' }, { via: 'whatsApp' }];
		await read(parameters, { items: [mine, others] });
		const key = put();
		let tries = 0;
		let beside: ReturnType<typeof read> | undefined;
		list.sim.setFault((call) => {
			if (!JSON.stringify(call.query).includes('whatsApp')) return undefined;
			if (++tries === 1)
				return { kind: 'answer', when: 'before', answer: list.refusal, name: 'once' } as never;
			beside ??= read(parameters, { items: [mine] });
			if (tries > 2) return undefined;
			return { kind: 'stall', when: 'before', ms: 500, name: 'slow' } as never;
		});
		const { error } = await read(parameters, { items: [mine, others], maxTries: 3 });
		expect((await beside)?.keys).toEqual([key]);
		expect(error?.message).toContain('Another execution has read the new records');
	});
});

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
