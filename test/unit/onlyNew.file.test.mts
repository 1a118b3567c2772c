import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { Newcomers, mostSeen } from '../../nodes/engine/polling/newcomers.ts';
import type { Newness } from '../../nodes/engine/polling/newness.ts';
import { Binaries } from './binaries.mts';
import { Host, run, type RunOptions } from './engine.mts';
import { lists, type VendorList } from './onlyNew.setup.mts';

let disk: Binaries;
let list: VendorList;
let host: Host;
let count = 0;

beforeEach(async () => {
	disk = await Binaries.onDisk();
	host = new Host(`only new as a file ${++count}`);
});
afterEach(async () => {
	await disk.close();
	await list?.sim.close();
});
afterAll(() => Binaries.inMemory());

const open = async (name: string) =>
	void (list = await (lists[name] as () => Promise<VendorList>)());

/** Runs Get Many into a file. @returns its item, and what tells the records in its file */
async function write(parameters: IDataObject = {}, more: Partial<RunOptions> = {}) {
	const result = await run(list.subject, {
		...{ typeVersion: 1.2, credential: list.credential, host },
		parameters: {
			...list.parameters,
			...{ returnAll: true, returnAs: 'file', fileFormat: 'jsonl' },
			...{ onlyNew: true, startFrom: 'now', ...parameters },
		} as RunOptions['parameters'],
		...more,
	});
	const [item] = result.items;
	const text = item?.binary ? await Binaries.text(item.binary.data) : '';
	const lines = text.split(/\r?\n/).filter((line) => line !== '');
	const records = lines.filter((line) => line.startsWith('{'));
	const keys = records.map((line) => list.keyOf(JSON.parse(line) as IDataObject));
	return { ...result, item, lines, keys };
}

const now = (): string => list.put(Date.now());

describe('a file of what is new since the last run', () => {
	describe.each(Object.keys(lists))('%s', (name) => {
		it('has each record once, and there is none where nothing is new', async () => {
			await open(name);
			now();
			expect(await write()).toMatchObject({ items: [], error: undefined });
			const keys = [now(), now()];
			const { item, keys: written } = await write();
			expect(written.sort()).toEqual(keys.sort());
			expect(item?.json).toMatchObject({ count: 2, leftOut: { records: 0 } });
			expect(await disk.files()).toHaveLength(1);
			expect(await write()).toMatchObject({ items: [], error: undefined });
			expect(await disk.files()).toHaveLength(1);
		});

		it.each(['refused', 'canceled', 'failed behind it'])(
			'comes again after an execution that was %s',
			async (how) => {
				await open(name);
				await write();
				const key = now();
				const cancel = new AbortController();
				if (how !== 'failed behind it')
					list.sim.setFault(() => {
						if (how === 'canceled') cancel.abort();
						return { kind: 'answer', when: 'before', answer: list.refusal, name: how } as never;
					});
				const then = () => {
					if (how === 'failed behind it') throw new Error('It cannot go on');
				};
				const { run: ended } = await write({}, { cancel: cancel.signal, then });
				expect(ended.status).not.toBe('success');
				list.sim.setFault(undefined);
				expect(await disk.files()).toHaveLength(how === 'failed behind it' ? 1 : 0);
				expect((await write()).keys).toEqual([key]);
				expect((await write()).items).toEqual([]);
			},
		);
	});
});

describe('a file of what is new that cannot be written whole', () => {
	const zenvia = 'Zenvia Sales interactions';
	const since = { startFrom: 'date', startDate: new Date(Date.now() - 600_000).toISOString() };
	/** More than a page of them. */
	const putMany = () => Array.from({ length: 1005 }, (_, n) => list.put(Date.now() - 2000 + n));

	it.each(['refuses half way', 'refuses half way, and the node goes on', 'is canceled half way'])(
		'leaves none and moves no mark where the vendor %s',
		async (how) => {
			await open(zenvia);
			const keys = putMany();
			const cancel = new AbortController();
			let requests = 0;
			list.sim.setFault(() => {
				if (++requests < 2) return undefined;
				if (how === 'is canceled half way') cancel.abort();
				return { kind: 'answer', when: 'before', answer: list.refusal, name: how } as never;
			});
			const goesOn = how.endsWith('goes on') && { onError: 'continueRegularOutput' as const };
			const { items, error } = await write(since, { cancel: cancel.signal, ...goesOn });
			expect(items.flatMap(({ json }) => Object.keys(json))).toEqual(goesOn ? ['error'] : []);
			if (how !== 'is canceled half way')
				expect(`${error?.message} ${error?.description} ${String(items[0]?.json.error)}`).toContain(
					'1000 records had been read',
				);
			expect(host.kept).toBe('{}');
			expect(await disk.files()).toEqual([]);
			list.sim.setFault(undefined);
			const next = await write(since);
			expect(next.keys.sort()).toEqual(keys.sort());
			expect(next.item?.json.count).toBe(1005);
			expect((await write(since)).items).toEqual([]);
		},
	);

	it('moves no mark where the disk is full', async () => {
		await open(zenvia);
		const key = now();
		Binaries.by({
			async store(_: unknown, stream: AsyncIterable<Buffer>) {
				for await (const piece of stream)
					if (piece.length > 0) throw new Error('ENOSPC: no space left on device, write');
			},
		});
		const { error } = await write(since);
		expect(error?.message).toContain('The disk is full (ENOSPC)');
		expect(host.kept).toBe('{}');
		Binaries.inMemory();
		const { keys, hints } = await write(since);
		expect(keys).toEqual([key]);
		expect(hints[0]?.message).toContain('does not keep files on disk');
	});

	it('moves the mark of the item alone that has its file, where the node goes on', async () => {
		await open(zenvia);
		const key = now();
		const credential = { ...list.credential, apiKey: '={{ $json.key }}' };
		const items = [{ key: 'no-key-of-zenvia' }, { key: 'the-key-of-the-lists' }];
		const more = { items, credential, onError: 'continueRegularOutput' } as const;
		const { items: given } = await write(since, more);
		expect(given[0]?.json.error).toEqual(expect.any(String));
		expect(given[1]?.json.count).toBe(1);
		expect(await Binaries.text(given[1]?.binary?.data)).toContain(key);
		const again = await write(since, more);
		expect(again.items.map(({ json }) => Object.keys(json))).toEqual([['error']]);
	});

	it('is an example in a manual run, as the hint says', async () => {
		await open(zenvia);
		host.mode = 'manual';
		putMany();
		const { item, hints } = await write();
		expect(item?.json.count).toBe(1);
		expect(hints.map(({ message }) => message).join(' ')).toContain('one record as an example');
		expect(host.kept).toBe('{}');
	});
});

describe('a file of what Simplify leaves', () => {
	const all = { onlyNew: false, fileFormat: 'csv' };

	it.each(Object.keys(lists))('tells the dates that it has itself or not: %s', async (name) => {
		await open(name);
		list.put(Date.now() - 3_600_000);
		const [whole, small] = [await write(all), await write({ ...all, simplify: true })];
		expect(whole.item?.json.firstDate).toEqual(expect.stringMatching(/^\d{4}-/));
		const { count, firstDate, lastDate } = whole.item?.json ?? {};
		expect(small.item?.json).toMatchObject({ count, firstDate, lastDate, leftOut: { fields: {} } });
	});

	it.each([
		[
			'Zenvia Sales prospects',
			'id,firstName,lastName,status,label,phones,emails,group,agent,additionalData',
		],
		[
			'Zenvia Sales interactions',
			'id,prospectId,createdAt,via,proactive,output,status,agent,bot,finishedAt',
		],
		[
			'Convertalk leads',
			'id,uuid,name,email,phoneNumber,status,agentId,tags,lastMessage,lastSeenAt',
		],
	])('has all of its columns, whatever the first records hold: %s', async (name, head) => {
		await open(name);
		list.put(Date.now() - 3_600_000);
		expect((await write({ ...all, simplify: true })).lines[0]).toBe(head);
	});
});

it('The file of a search for contacts tells the dates when they were made', async () => {
	await open('Convertalk leads');
	for (const ms of [2000, 3000, 1000]) list.put(Date.now() - ms);
	const search = { onlyNew: false, resource: 'contact', operation: 'search' };
	const { items } = await write({ ...search, returnAs: 'items' });
	const dates = items.map(({ json }) => json.createdAt as string).sort();
	expect(dates.length).toBeGreaterThan(2);
	const { item } = await write(search);
	expect(item?.json).toMatchObject({ firstDate: dates[0], lastDate: dates.at(-1) });
});

describe('a look through a list longer than memory', () => {
	const newness: Newness = {
		of: 'new',
		reach: 'filter',
		key: ({ id }) => String(id),
		time: ({ at }) => Number(at),
		since: (request) => request,
	};
	const look = { start: 1e9, overlapMs: 60_000, firstFrom: 0, reach: 'filter' } as const;
	/** Newest first, a millisecond from each to the next. */
	const records = Array.from({ length: 100_000 }, (_, n) => ({ id: n, at: 5e8 - n }));
	const page = (n: number) => records.slice(n * 1000, (n + 1) * 1000);

	it.each([
		['newest first', records],
		['oldest first', [...records].reverse()],
	])('holds no more than 40,000 of a list that comes %s, and comes to the same mark', (_, all) => {
		const newcomers = new Newcomers(newness, undefined, look);
		for (let n = 0; n < all.length; n += 1000) {
			expect(newcomers.take(all.slice(n, n + 1000))).toHaveLength(1000);
			const { found } = newcomers as unknown as { found: Map<string, number> };
			expect(found.size).toBeLessThanOrEqual(4 * mostSeen);
		}
		const step = newcomers.step();
		expect(step.seen).toHaveLength(17 * mostSeen);
		expect(step).toMatchObject({ until: 5e8, floor: 5e8 - mostSeen + 1, known: '' });
		const next = new Newcomers(newness, step, look);
		expect(next.take([...page(0), ...page(99), { id: 'late', at: 5e8 - 1 }])).toEqual([
			{ id: 'late', at: 5e8 - 1 },
		]);
	});

	it('hands on once what a page that shifted brings again', () => {
		const newcomers = new Newcomers(newness, undefined, look);
		for (let n = 0; n < 100; n++) {
			newcomers.take(page(n));
			expect(newcomers.take(page(n).slice(-5))).toEqual([]);
		}
	});
});
