import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import {
	byCursor,
	byOffset,
	byPageNumber,
	collect,
	untilEmpty,
} from '../../nodes/engine/pagination/pages.ts';
import { settled as untilSettled } from '../../nodes/engine/pagination/settled.ts';
import { get, type Request } from '../../nodes/engine/http/request.ts';

const pageSize = 10;
const list = get`/things`;
const identity = ({ id }: IDataObject) => id;

/** A list, newest first, into which one record comes in front before the second page is read. */
async function readWhileGrowing(
	records: IDataObject[],
	newest: IDataObject,
	withIdentity: boolean,
) {
	let all = records;
	const pages = byPageNumber({
		page: 'page',
		next: (_, page) => (page * pageSize < all.length ? page + 1 : undefined),
		...(withIdentity && { identity }),
	});
	const read = async ({ query }: Request) => {
		const page = Number(query?.page);
		if (page === 2) all = [newest, ...records];
		const some = all.slice((page - 1) * pageSize, page * pageSize);
		return { records: some, body: undefined };
	};
	return await collect(pages(read, list, Infinity), Infinity);
}

const numbered = (count: number) => Array.from({ length: count }, (_, id) => ({ id }));

describe('pages by number', () => {
	it('give each record once where one comes in while they are read, and that one last', async () => {
		const found = await readWhileGrowing(numbered(25), { id: 99 }, true);
		expect(found.map(identity)).toEqual([...numbered(25), { id: 99 }].map(identity));
	});

	it('give all where nothing tells one record from another', async () => {
		expect(await readWhileGrowing(numbered(25), { id: 99 }, false)).toHaveLength(26);
	});

	it('take two records without an id for two', async () => {
		const records = numbered(25).map(({ id }) => (id % 2 ? { id } : { name: `Thing ${id}` }));
		expect(await readWhileGrowing(records, { id: 99 }, true)).toHaveLength(26);
	});
});

describe('an empty page before the last one', () => {
	/** Reads 25 records, of which the pages that a test names come empty. */
	async function readWithout(isEmpty: (page: number, asked: number) => boolean, last: number) {
		let asked = 0;
		const pages = byPageNumber({
			page: 'page',
			next: (body) => (body as { next?: number }).next,
			total: (body) => (body as { total: number }).total,
			identity,
		});
		const read = async ({ query }: Request) => {
			const page = Number(query?.page);
			const some = numbered(25).slice((page - 1) * pageSize, page * pageSize);
			const body = { total: 3, ...(page < last && { next: page + 1 }) };
			return { records: isEmpty(page, ++asked) ? [] : some, body };
		};
		const found = await collect(pages(read, list, Infinity), Infinity);
		return { ids: found.map(identity), asked };
	}
	const ids = numbered(25).map(identity);

	it('is asked for once more, and read on behind, where the vendor says how many there are', async () => {
		const once = await readWithout((_, asked) => asked === 2, 3);
		expect(once).toEqual({ ids, asked: 4 });
		const always = await readWithout((page) => page === 2, 3);
		expect(always).toEqual({ ids: [...ids.slice(0, 10), ...ids.slice(20)], asked: 4 });
	});

	it('is the end behind the last one, whatever it names as the next', async () => {
		expect(await readWithout(() => false, 99)).toEqual({ ids, asked: 4 });
	});
});

describe('pages by the last record', () => {
	/** Reads the 25 records from a server that begins a page as told. */
	async function readBy(first: (query: IDataObject) => number) {
		const pages = byCursor({
			size: { parameter: 'limit', most: pageSize },
			after: (records) => ({ before: records.at(-1)?.id }),
			id: identity,
		});
		const read = async ({ query = {} }: Request) => {
			const from = first(query);
			return { records: numbered(25).slice(from, from + pageSize), body: undefined };
		};
		return (await collect(pages(read, list, Infinity), Infinity)).map(identity);
	}

	it('are read to the end, whether the one that is named comes again or not', async () => {
		const all = numbered(25).map(identity);
		expect(await readBy(({ before = -1 }) => Number(before) + 1)).toEqual(all);
		expect(await readBy(({ before = 0 }) => Number(before))).toEqual(all);
	});

	it('end with a sentence where the server does not go on', async () => {
		await expect(readBy(() => 0)).rejects.toThrow(
			'Page 2 holds the same records as the page before it',
		);
		await expect(
			readBy(({ before = -1 }) => (before === 9 ? 10 : Number(before) > 9 ? 10 : 0)),
		).rejects.toThrow('Page 3 holds the same records as the page before it');
	});
});

describe('a list that moves what changes to its front', () => {
	const inPages = byPageNumber({ page: 'page', next: untilEmpty, identity });
	/** What is changed before the request of a number, from 1 on. */
	type Changes = ReadonlyArray<{ before: number; id: number }>;

	async function readWhileChanged(count: number, changes: Changes) {
		let all = numbered(count);
		let asked = 0;
		const read = async ({ query }: Request) => {
			asked++;
			for (const { id } of changes.filter(({ before }) => before === asked)) {
				all = [{ id }, ...all.filter((one) => one.id !== id)];
			}
			const end = Number(query?.page) * pageSize;
			return { records: all.slice(end - pageSize, end), body: undefined };
		};
		const found = await collect(inPages(read, list, Infinity), Infinity);
		return { ids: found.map(({ id }) => Number(id)), asked };
	}

	it('gives each record once, whatever moves while it is read', async () => {
		const change = fc.record({ before: fc.integer({ min: 1, max: 6 }), id: fc.nat(39) });
		await fc.assert(
			fc.asyncProperty(fc.array(change, { maxLength: 9 }), async (changes) => {
				const { ids } = await readWhileChanged(40, changes);
				expect([...ids].sort((a, b) => a - b)).toEqual(numbered(40).map(identity));
			}),
			{ numRuns: 500 },
		);
	});

	it('is read once where nothing hides, and its front again where something does', async () => {
		// 40 records, and the empty page after them.
		expect(await readWhileChanged(40, [])).toMatchObject({ asked: 5 });
		expect(await readWhileChanged(40, [{ before: 3, id: 2 }])).toMatchObject({ asked: 5 });
		expect(await readWhileChanged(40, [{ before: 3, id: 39 }])).toMatchObject({ asked: 6 });
	});

	it('goes on where as many move as a page holds, so that a page comes twice', async () => {
		const changes = numbered(pageSize).map(({ id }) => ({ before: 3, id: 30 + id }));
		const { ids } = await readWhileChanged(40, changes);
		expect([...ids].sort((a, b) => a - b)).toEqual(numbered(40).map(identity));
	});

	/** What comes of a list that is so, each time that it is read, by its ids. */
	async function readAs(readings: (reading: number) => number[]) {
		let reading = 0;
		const pages = untilSettled(identity, async function* () {
			yield readings(++reading).map((id) => ({ id }));
		});
		const read = async () => ({ records: [], body: undefined });
		const found = await collect(pages(read, list, Infinity), Infinity);
		return { ids: found.map(identity), reading };
	}

	it('is read on where a reading finds nothing, and others come twice in it than before', async () => {
		const readings = [
			[0, 0, 0, 1],
			[1, 1, 0],
			[2, 3, 0],
		];
		expect(await readAs((reading) => readings[reading - 1] ?? [])).toEqual({
			ids: [0, 1, 2, 3],
			reading: 3,
		});
	});

	it('ends with a sentence where it never settles, since some would be missing without a word', async () => {
		const moving = (reading: number) => [0, 0, 0, 0, 0, 0, 0, 0, reading, reading];
		await expect(readAs(moving)).rejects.toThrow(
			'The list went on changing while it was read 6 times',
		);
	});

	it('is read twice at most where it holds records twice by itself', async () => {
		let asked = 0;
		const all = [...numbered(15), ...numbered(15)];
		const read = async ({ query }: Request) => {
			asked++;
			const end = Number(query?.page) * pageSize;
			return { records: all.slice(end - pageSize, end), body: undefined };
		};
		expect(await collect(inPages(read, list, Infinity), Infinity)).toEqual(numbered(15));
		expect(asked).toBe(2 * 4);
	});

	it('gives nothing twice beyond the ids that are kept', async () => {
		const { ids } = await readWhileChanged(100_010, [{ before: 3, id: 100_009 }]);
		expect(new Set(ids).size).toBe(ids.length);
	});
});

describe('pages by offset', () => {
	const byTen = byOffset({
		offset: 'offset',
		size: { parameter: 'limit', most: pageSize },
		identity,
	});

	it('give each record once where one comes in while they are read, and leave none out', async () => {
		const records = numbered(25);
		const read = async ({ query }: Request) => {
			const offset = Number(query?.offset);
			const all = offset === 0 ? records : [{ id: 99 }, ...records];
			return { records: all.slice(offset, offset + pageSize), body: undefined };
		};
		const found = await collect(byTen(read, list, Infinity), Infinity);
		expect(found.map(identity)).toEqual(numbered(25).map(identity));
	});

	it('end with a refusal where the server does not go on', async () => {
		let asked = 0;
		const read = async () => {
			if (++asked > 5) throw new Error('It never ends');
			return { records: numbered(pageSize), body: undefined };
		};
		await expect(collect(byTen(read, list, Infinity), Infinity)).rejects.toThrow(
			'Page 3 holds the same records as the page before it',
		);
		expect(asked).toBe(3);
	});

	it('end with it at the second page already where a record has no id, so that none comes twice', async () => {
		const read = async () => ({ records: [{ id: 1 }, { name: 'Thing' }], body: undefined });
		await expect(collect(byTen(read, list, 3), 3)).rejects.toThrow('Page 2 holds the same records');
	});

	it('are read to the end where no record has an id', async () => {
		const records = numbered(25).map(({ id }) => ({ name: `Thing ${id}` }));
		const read = async ({ query }: Request) => {
			const offset = Number(query?.offset);
			return { records: records.slice(offset, offset + pageSize), body: undefined };
		};
		expect(await collect(byTen(read, list, Infinity), Infinity)).toEqual(records);
	});

	it('are not asked for beyond what is wanted', async () => {
		const asked: unknown[] = [];
		const read = async ({ query }: Request) => {
			asked.push(query);
			return { records: numbered(3), body: undefined };
		};
		expect(await collect(byTen(read, list, 3), 3)).toHaveLength(3);
		expect(asked).toEqual([{ limit: 3, offset: 0 }]);
	});
});
