import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { untilEmpty, byPageNumber } from '../../nodes/engine/pagination/pages.ts';
import { sideBySide } from '../../nodes/engine/pagination/sideBySide.ts';
import { get, type Request } from '../../nodes/engine/http/request.ts';

const pagesEach = 40;
const requests = ['a', 'b', 'c', 'd', 'e'].map((list): Request => ({
	...get`/x`,
	query: { list },
}));
const inner = byPageNumber({ page: 'page', next: untilEmpty });

/** Lists of 40 pages of one record each; `broken` is a page that cannot be read. */
function lists(broken?: string, mostAhead?: number) {
	const asked = new Set<string>();
	const read = async ({ query }: Request) => {
		const name = `${String(query?.list)}${String(query?.page)}`;
		asked.add(name);
		await new Promise(setImmediate);
		if (name === broken) throw new Error(`${name} is broken`);
		const records = Number(query?.page) > pagesEach ? [] : [{ name }];
		return { records, body: undefined };
	};
	return { asked, read: Object.assign(read, { room: () => 10, mostAhead }) };
}

async function names(pages: AsyncIterable<AsyncIterable<IDataObject[]>>): Promise<unknown[]> {
	const all: unknown[] = [];
	for await (const list of pages) {
		for await (const page of list) all.push(...page.map(({ name }) => name));
	}
	return all;
}

describe('lists that are read side by side', () => {
	it('come in their order, each to its end, however many pages lie ahead', async () => {
		const expected = requests.flatMap(({ query }) =>
			Array.from({ length: pagesEach }, (_, n) => `${String(query?.list)}${n + 1}`),
		);
		expect(await names(sideBySide(lists().read, requests, inner))).toEqual(expected);
	});

	it('come in the same order where few may lie ahead', async () => {
		const all = await names(sideBySide(lists().read, requests, inner));
		for (const most of [1, 7]) {
			expect(await names(sideBySide(lists(undefined, most).read, requests, inner))).toEqual(all);
		}
	});

	it('are not read ahead without end while nobody takes them, if told so', async () => {
		const { asked, read } = lists(undefined, 32);
		for await (const list of sideBySide(read, requests, inner)) {
			for await (const _ of list) {
				for (let turn = 0; turn < 500; turn++) await new Promise(setImmediate);
				// 8 pages of the first, whose turn it is, and 32 of the three others, with a few of each under way.
				const others = [...asked].filter((name) => !name.startsWith('a'));
				expect(new Set(others.map(([list]) => list))).toEqual(new Set(['b', 'c', 'd']));
				expect(others.length).toBeGreaterThan(3);
				expect(others.length).toBeLessThanOrEqual(32 + 2 * 3);
				expect(asked.size - others.length).toBeLessThanOrEqual(8 + 2);
				break;
			}
			break;
		}
	});

	it('end with what went wrong, and ask for no more', async () => {
		const { asked, read } = lists('c3');
		await expect(names(sideBySide(read, requests, inner))).rejects.toThrow('c3 is broken');
		const count = asked.size;
		for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
		expect(asked.size).toBe(count);
	});
});
