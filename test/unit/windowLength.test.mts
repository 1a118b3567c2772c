import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { byWindows } from '../../nodes/engine/pagination/dateWindows.ts';
import { byCursor } from '../../nodes/engine/pagination/pages.ts';
import { get, type Request } from '../../nodes/engine/http/request.ts';

const dayMs = 86_400_000;
const monthMs = 31 * dayMs;
const end = Date.UTC(2026, 0, 1);
const start = end - 365 * dayMs;
const size = 10;
const id = (record: IDataObject) => record.id;

/** A vendor far away, with records made at these moments: its answers come together, one round after the other. */
function vendor(moments: number[]) {
	const records = [...new Set(moments)].sort((a, b) => b - a).map((at) => ({ id: at, at }));
	const waiting: Array<() => void> = [];
	let [requests, rounds] = [0, 0];
	const read = async ({ query = {} }: Request) => {
		requests++;
		if (waiting.length === 0) setTimeout(answer, 2);
		await new Promise<void>((resolve) => waiting.push(resolve));
		const before = Math.min(Date.parse(String(query.to)), Number(query.before ?? Infinity) - 1);
		const first = records.findIndex(({ at }) => at <= before);
		const after = Date.parse(String(query.from));
		const page = first < 0 ? [] : records.slice(first, first + size);
		return { records: page.filter(({ at }) => at >= after), body: undefined };
	};
	function answer() {
		rounds++;
		for (const resolve of waiting.splice(0)) resolve();
	}
	return { records, read, counts: () => ({ requests, rounds }) };
}

const pagesOf = byWindows(
	{ from: 'from', to: 'to', mostMs: monthMs, id, date: ({ at }) => Number(at) },
	byCursor({
		size: { parameter: 'limit', most: size },
		id,
		after: (records) => ({ before: Number(records.at(-1)?.at) }),
	}),
);

/** All ids of a year, and what they cost. @param mostAhead as for a file; left out, as for items */
async function readYear(moments: number[], mostAhead?: number) {
	const { records, read, counts } = vendor(moments);
	const reader = Object.assign(read, { room: () => 64, mostAhead });
	const query = { from: new Date(start).toISOString(), to: new Date(end).toISOString() };
	const ids: unknown[] = [];
	for await (const page of pagesOf(reader, { ...get`/x`, query }, Infinity))
		ids.push(...page.map(id));
	expect(ids).toEqual(records.map(id));
	return { pages: records.length / size, ...counts() };
}

const even = (count: number, from = start, to = end) =>
	Array.from({ length: count }, (_, n) => Math.floor(from + ((to - from) * n) / count));

describe('the windows of a list that is written to a file', () => {
	it('are so short, where they hold many pages, that almost three come at once', async () => {
		const { pages, rounds, requests } = await readYear(even(10_000), 16);
		expect(pages / rounds).toBeGreaterThan(2.5);
		expect(requests / pages).toBeLessThan(1.16);
	});

	it('are few where they hold little', async () => {
		const [file, items] = [await readYear(even(40), 16), await readYear(even(40))];
		expect(file.requests - items.requests).toBeLessThanOrEqual(8);
	});

	it('get longer again behind a day on which much was made at once', async () => {
		const day = even(4_000, end - dayMs, end);
		const { pages, requests } = await readYear([...day, ...even(40, start, end - 2 * dayMs)], 16);
		expect(requests - pages).toBeLessThan(80);
	});

	it('get shorter where the first ones were far too long', async () => {
		const { pages, rounds } = await readYear(even(60_000), 16);
		expect(pages / rounds).toBeGreaterThan(2.2);
	});
});
