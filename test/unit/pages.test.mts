import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { byPageNumber, collect } from '../../nodes/shared/pages.ts';
import { get, type Request } from '../../nodes/shared/request.ts';

const pageSize = 10;
const list = get`/things`;
const identity = ({ id }: IDataObject) => id;

/** A list, newest first, into which one record comes in front before the second page is read. */
async function readWhileGrowing(records: IDataObject[], newest: IDataObject, withIdentity: boolean) {
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
	it('give each record once where one comes in while they are read', async () => {
		const found = await readWhileGrowing(numbered(25), { id: 99 }, true);
		expect(found.map(identity)).toEqual(numbered(25).map(identity));
	});

	it('give all where nothing tells one record from another', async () => {
		expect(await readWhileGrowing(numbered(25), { id: 99 }, false)).toHaveLength(26);
	});

	it('take two records without an id for two', async () => {
		const records = numbered(25).map(({ id }) => (id % 2 ? { id } : { name: `Thing ${id}` }));
		expect(await readWhileGrowing(records, { id: 99 }, true)).toHaveLength(25);
	});
});
