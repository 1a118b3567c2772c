import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { get, type Request } from '../../../nodes/engine/http/request.ts';
import { customApiCallValue } from '../../../nodes/engine/operation/customApiCall.ts';
import { byWindows, cut } from '../../../nodes/engine/pagination/dateWindows.ts';
import { byCursor, collect } from '../../../nodes/engine/pagination/pages.ts';
import { run } from './context.mts';

const dayMs = 86_400_000;
const monthMs = 31 * dayMs;
const origin = Date.UTC(2025, 0, 1);

interface ServerRules {
	bounds: 'inclusive' | 'exclusive';
	/** Most records that any answer holds, whatever is asked for. */
	cap: number;
	ascending?: boolean;
}

/** Interactions made at these moments, oldest first, served as SEED and live traffic describe it. */
function vendor(moments: number[], { bounds, cap, ascending = false }: ServerRules) {
	const records = [...moments]
		.sort((a, b) => a - b)
		.map((moment, index) => ({
			id: index.toString(16).padStart(24, '0'),
			createdAt: new Date(moment).toISOString(),
		}));
	const server = ({ qs = {} }: IHttpRequestOptions) => {
		const query = qs as Record<string, string>;
		const [from, to] = [query.createdAfter, query.createdBefore].map((text) =>
			Date.parse(String(text)),
		);
		if (from !== undefined && to !== undefined && to - from > monthMs) {
			return { status: 400, body: { code: 'RANGE', message: 'longer than 31 days' } };
		}
		const within = records.filter(({ id, createdAt }) => {
			const at = Date.parse(createdAt);
			const isInside =
				bounds === 'inclusive' ? !(at < from! || at > to!) : !(at <= from! || at >= to!);
			return isInside && (!query.before || id < query.before) && (!query.after || id > query.after);
		});
		const ordered = ascending ? within : [...within].reverse();
		return { body: ordered.slice(0, Math.min(cap, Number(query.limit))) };
	};
	return { records, server };
}

const ids = (output: Array<{ json: IDataObject }>) => output.map(({ json }) => json.id);

const list = (filters: IDataObject, more: IDataObject = { returnAll: true }) => ({
	resource: 'interaction',
	operation: 'getAll',
	filters,
	...more,
});

const iso = (moment: number) => new Date(moment).toISOString();

describe('a list over any range of dates', () => {
	it('ends today where its end says that there is none', async () => {
		const start = Date.now() - 40 * dayMs;
		const filters = { createdAfter: iso(start), createdBefore: '9999-12-31T00:00:00Z' };
		const { records, server } = vendor([start + 1, Date.now() - 1], {
			bounds: 'inclusive',
			cap: 9,
		});
		const { output, requests } = await run({ parameters: list(filters), server });
		expect(ids(output)).toEqual([...records].reverse().map(({ id }) => id));
		expect(new Set(requests.map(({ qs }) => qs?.createdAfter)).size).toBe(2);
	});

	it('asks once where it begins in the future, however far its end is', async () => {
		const filters = { createdAfter: iso(Date.now() + 90 * dayMs), createdBefore: '9999-12-31' };
		const { server } = vendor([Date.now() - 1], { bounds: 'inclusive', cap: 9 });
		const { output, requests } = await run({ parameters: list(filters), server });
		expect(ids(output)).toEqual([]);
		expect(requests).toHaveLength(1);
	});

	it('gives each interaction once, none missing, newest first', async () => {
		const scenario = fc.record({
			// Moments on the borders of windows, and anywhere.
			moments: fc.array(
				fc.oneof(
					fc.integer({ min: 0, max: 400 * dayMs }),
					fc
						.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: -15, max: 15 }))
						.map(([n, off]) => 400 * dayMs - n * monthMs + off),
				),
				{ maxLength: 60 },
			),
			bounds: fc.constantFrom('inclusive', 'exclusive'),
			cap: fc.integer({ min: 1, max: 9 }),
			days: fc.integer({ min: 1, max: 400 }),
		});
		await fc.assert(
			fc.asyncProperty(scenario, async ({ moments, bounds, cap, days }) => {
				const [start, end] = [origin + (400 - days) * dayMs, origin + 400 * dayMs];
				const { records, server } = vendor(
					moments.map((moment) => origin + moment),
					{ bounds: bounds as 'inclusive', cap },
				);
				const { output, error } = await run({
					parameters: list({ createdAfter: iso(start), createdBefore: iso(end) }),
					server,
				});
				expect(error).toBeUndefined();
				const wanted = records.filter(({ createdAt }) => {
					const at = Date.parse(createdAt);
					return bounds === 'inclusive' ? at >= start && at <= end : at > start && at < end;
				});
				expect(ids(output)).toEqual(wanted.map(({ id }) => id).reverse());
			}),
			{ numRuns: 150 },
		);
	});

	it('gives each interaction once where the vendor looks at whole seconds', async () => {
		const second = (text: unknown) => Math.floor(Date.parse(String(text)) / 1000);
		const border = origin + monthMs;
		const records = [800, 300, 0, -400, -900].map((off, index) => ({
			id: `${9 - index}`,
			createdAt: iso(border + off),
		}));
		const { output, requests } = await run({
			parameters: list({ createdAfter: iso(origin), createdBefore: iso(origin + 2 * monthMs) }),
			server: ({ qs = {} }) => {
				const { createdAfter, createdBefore, before = 'z' } = qs as Record<string, string>;
				const within = records.filter(({ createdAt, id }) => {
					const at = second(createdAt);
					return at >= second(createdAfter) && at <= second(createdBefore) && id < before;
				});
				return { body: within };
			},
		});
		expect(requests.length).toBeGreaterThan(3);
		expect(ids(output)).toEqual(records.map(({ id }) => id));
	});

	it('gives all whose records have no id, and asks for nothing after one of them', async () => {
		const from = origin;
		const query = [
			{ name: 'createdAfter', value: iso(from) },
			{ name: 'createdBefore', value: iso(from + 4 * monthMs) },
		];
		const custom = { resource: customApiCallValue, operation: 'getAll', path: '/reports' };
		const { output, requests, error } = await run({
			parameters: { ...custom, returnAll: true, query: { parameter: query } },
			server: ({ qs = {} }) => {
				const { before, after, createdAfter = '' } = qs as Record<string, string>;
				if (before ?? after) return { status: 400, body: { message: 'Invalid before' } };
				return { body: [{ month: createdAfter }, { month: createdAfter }] };
			},
		});
		expect(error).toBeUndefined();
		expect(requests).toHaveLength(5);
		expect(output).toHaveLength(10);
	});

	it('says so where a full page of records without an id has to be gone on from', async () => {
		const body = Array.from({ length: 1000 }, (_, n) => ({ name: `Thing ${n}` }));
		const parameters = { resource: customApiCallValue, operation: 'getAll', path: '/reports' };
		const all = await run({
			parameters: { ...parameters, returnAll: true },
			server: () => ({ body }),
		});
		expect(all.error?.message).toContain(
			'The records have no ID, so only the first 1000 can be read',
		);
		const some = { returnAll: false, limit: 1000 };
		const { output } = await run({
			parameters: { ...parameters, ...some },
			server: () => ({ body }),
		});
		expect(output).toHaveLength(1000);
	});

	it('is read with `after` where it comes oldest first', async () => {
		const moments = Array.from({ length: 30 }, (_, day) => origin + day * dayMs);
		const { records, server } = vendor(moments, {
			bounds: 'inclusive',
			cap: 7,
			ascending: true,
		});
		const { output } = await run({
			parameters: list({
				createdAfter: iso(origin),
				createdBefore: iso(origin + 29 * dayMs),
			}),
			server,
		});
		expect(ids(output)).toEqual(records.map(({ id }) => id));
	});

	it('stops at the limit, and asks for no more than it needs', async () => {
		const moments = Array.from({ length: 300 }, (_, day) => origin + day * dayMs);
		const { records, server } = vendor(moments, { bounds: 'inclusive', cap: 5000 });
		const { output, requests } = await run({
			parameters: list(
				{ createdAfter: iso(origin), createdBefore: iso(origin + 299 * dayMs) },
				{ limit: 20 },
			),
			server,
		});
		expect(ids(output)).toEqual(
			records
				.map(({ id }) => id)
				.reverse()
				.slice(0, 20),
		);
		expect(requests).toHaveLength(1);
	});

	it('without dates is read to its end by cursor', async () => {
		const { records, server } = vendor(
			Array.from({ length: 25 }, (_, n) => origin + n),
			{ bounds: 'inclusive', cap: 10 },
		);
		const { output, requests } = await run({ parameters: list({}), server });
		expect(ids(output)).toEqual(records.map(({ id }) => id).reverse());
		expect(requests.at(-1)?.qs).toEqual({ limit: 1000, before: records[0]?.id });
	});

	it('ends where the vendor gives the same page for ever', async () => {
		const body = [{ id: 'a', createdAt: iso(origin) }];
		const { output, requests } = await run({ parameters: list({}), server: () => ({ body }) });
		expect([output.length, requests.length]).toEqual([1, 2]);
	});

	it('of one prospect is put into the order of the others', async () => {
		const body = [1, 3, 2].map((n) => ({ id: String(n), createdAt: iso(origin + n) }));
		const { output, requests } = await run({
			parameters: list({}, { returnAll: true, prospectId: '507f191e810c19729de860ea' }),
			server: () => ({ body }),
		});
		expect(ids(output)).toEqual(['3', '2', '1']);
		expect(requests.map(({ qs }) => qs)).toEqual([{}]);
	});
});

describe('windows that are read side by side', () => {
	/** Four windows of a day, ten pages in each but the one of the given day, which fails on its second page. */
	async function readUntilFailure(failing: number) {
		const asked: Record<string, number> = {};
		const id = ({ id }: IDataObject) => id;
		const inner = byCursor({ size: { parameter: 'limit', most: 1 }, id, after: () => ({}) });
		const pages = byWindows({ from: 'from', to: 'to', mostMs: dayMs, id }, inner);
		const readPage = async ({ query = {} }: Request) => {
			const day = Math.round((Date.parse(String(query.to)) - origin) / dayMs);
			const page = (asked[day] = (asked[day] ?? 0) + 1);
			await new Promise((resolve) => setTimeout(resolve, 1));
			if (day === failing && page === 2) throw new Error(`Day ${day} failed`);
			return { records: page > 10 ? [] : [{ id: `${day}-${page}` }], body: undefined };
		};
		const read = Object.assign(readPage, { room: () => 1 });
		const query = { from: iso(origin), to: iso(origin + 4 * dayMs - 3) };
		const reading = collect(pages(read, { ...get`/things`, query }, Infinity), Infinity);
		const failure = await reading.catch((error: Error) => error.message);
		const before = { ...asked };
		await new Promise((resolve) => setTimeout(resolve, 30));
		return { failure, before, after: asked };
	}

	it.each([4, 2])('send nothing more once that of day %i has failed', async (failing) => {
		const { failure, before, after } = await readUntilFailure(failing);
		expect(failure).toBe(`Day ${failing} failed`);
		expect(Object.keys(after)).toEqual(['1', '2', '3', '4']);
		expect(after).toEqual(before);
		for (const pages of Object.values(after)) expect(pages).toBeLessThanOrEqual(3);
	});
});

describe('a range that is cut', () => {
	it('has no window longer than allowed and no gap', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 1e6 }),
				fc.integer({ min: 3, max: 1e5 }),
				(length, most) => {
					fc.pre(length / most < 1000);
					const windows = [...cut(0, length, () => most)];
					expect(windows[0]?.[1]).toBe(length);
					expect(windows.at(-1)?.[0]).toBe(0);
					windows.forEach(([from, to], n) => {
						expect(to - from).toBeLessThanOrEqual(most);
						const next = windows[n + 1];
						if (next) expect(next[1] - from).toBe(1);
					});
				},
			),
		);
	});

	it('takes 13 windows for 395 days', () => {
		expect([...cut(0, 395 * dayMs, () => monthMs)]).toHaveLength(13);
	});
});

describe('a range that ends where it begins', () => {
	const day = '2026-01-31';
	it.each([
		['prospect', 'created'],
		['prospect', 'claimed'],
		['interaction', 'created'],
		['quote', 'accepted'],
	])('finds nothing, and says why: %s %s', async (resource, range) => {
		const filters = { [`${range}After`]: day, [`${range}Before`]: `${day}T00:00:00Z` };
		const { hints, error } = await run({
			parameters: { resource, operation: 'getAll', filters },
			items: [{}, {}],
			server: () => ({ body: [] }),
		});
		expect(error).toBeUndefined();
		const [name] = [range.replace(/^./, (letter) => letter.toUpperCase())];
		expect(hints.map((hint) => hint.replace(/&#x27;|&#39;/g, "'"))).toEqual([
			`'${name} After' is 2026-01-31T00:00:00.000Z, as '${name} Before' is, and nothing lies between them (items 0 and 1).`,
		]);
	});

	it('is not told of one that has a length, or one end', async () => {
		for (const filters of [
			{ createdAfter: day, createdBefore: '2026-02-01' },
			{ createdAfter: day },
			{},
		]) {
			const { hints } = await run({
				parameters: { resource: 'quote', operation: 'getAll', filters },
				server: () => ({ body: [] }),
			});
			expect(hints).toEqual([]);
		}
	});
});
