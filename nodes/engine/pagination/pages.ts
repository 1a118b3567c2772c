import type { IDataObject } from 'n8n-workflow';
import { Prefetcher } from './prefetcher';
import { settled } from './settled';
import { ApiError } from '../http/apiError';
import type { Request } from '../http/request';

/** One answer of a list: its records, and the body they came in. */
export interface Page {
	records: IDataObject[];
	body: unknown;
}

/**
 * Sends the request for a page and gives what came.
 * @throws ApiError
 */
export interface ReadPage {
	(request: Request): Promise<Page>;
	/** How many more may be asked for now; left out, one page is read after the other. */
	room?(): number;
	/** Most pages that lie in memory ahead of their turn; left out, all that there is room to ask for. */
	mostAhead?: number;
}

/**
 * How a list is read to its end. Yields pages in the vendor's order; the caller stops when it has enough.
 * @param wanted how many records are asked for, so that no page is larger than it has to be
 */
export type Pages = (
	read: ReadPage,
	first: Request,
	wanted: number,
) => AsyncGenerator<IDataObject[]>;

/** How a vendor counts pages. */
export interface PageNumbers {
	/** Query parameter, or field of the body, with the number of the page; the first is 1. */
	page: string;
	/** Where that number goes. Left out: into the query. */
	place?: 'query' | 'body';
	/** Query parameter with the size of a page, and the size to ask for. */
	size?: { parameter: string; most: number };
	/** The number of the next page, as the answer's body tells it; nothing ends the list. */
	next(body: unknown, page: number): number | undefined;
	/** How many pages there are, as the answer's body tells it. Left out: one page is asked for after the other. */
	total?(body: unknown): number | undefined;
	/**
	 * What tells one record from another: one that comes again shows that the pages shifted, and the list is read again
	 * (settled). Also ends lists that would never end if a page came again.
	 */
	identity?(record: IDataObject): unknown;
}

const isEmpty = ({ records }: Page): boolean => records.length === 0;

/** For a list without a total: the page after the last one is empty, and that ends it. */
export const untilEmpty = (_body: unknown, page: number): number => page + 1;

/**
 * Pages by number, as long as there is a next one.
 * @throws ApiError when a page holds what the two before it held
 */
export const byPageNumber = ({
	page: parameter,
	place = 'query',
	size,
	next,
	total,
	identity,
}: PageNumbers): Pages =>
	settled(identity, async function* (read, first, wanted) {
		const sizeQuery = size && { [size.parameter]: Math.min(size.most, wanted) };
		const enough = size ? Math.ceil(wanted / size.most) : Infinity;
		const refuseRepeat = repeatGuard(identity);
		/** A page that names itself or an earlier one as its next would never end, nor empty ones without a total. */
		const followingOf = (page: Page, number: number): number | undefined => {
			const named = next(page.body, number);
			const most = isEmpty(page) ? (total?.(page.body) ?? number) : Infinity;
			return named !== undefined && named > number && named <= most ? named : undefined;
		};
		const pages = new Prefetcher(async (number) => {
			const sized = { ...first, query: { ...first.query, ...sizeQuery } };
			return await read({ ...sized, [place]: { ...sized[place], [parameter]: number } });
		}, read.room);
		try {
			for (let number: number | undefined = 1; number !== undefined;) {
				let page: Page = await pages.take(number);
				// What is empty is the end, unless the vendor's total says that there is more: then it is asked for once more.
				if (isEmpty(page) && followingOf(page, number)) page = await pages.take(number);
				const { records, body } = page;
				refuseRepeat(records, number);
				const following = followingOf(page, number);
				const known = total?.(body) ?? number;
				if (following !== undefined) pages.begin(following, Math.min(known, enough));
				yield records;
				number = following;
			}
		} finally {
			await pages.ended();
		}
	});

/** Where exactly as many records move to the front as a page holds, one page comes twice, and the list goes on. */
const mostAlike = 2;

/**
 * Watches the pages of one reading go by.
 * @returns what throws an ApiError when a page holds the same records, in the same order, as the two before it; as the
 * one before it where a record has no id, since nobody could tell that it came already
 */
export function repeatGuard(identity?: (record: IDataObject) => unknown) {
	let last = '';
	let alike = 0;
	return (records: IDataObject[], number: number): void => {
		if (!identity || records.length === 0) return;
		// Without its id, a record is told by all that it holds.
		const ids = records.map((record) => identity(record) ?? undefined);
		const these = JSON.stringify(ids.map((id, n) => id ?? records[n]));
		alike = these === last ? alike + 1 : 1;
		if (alike > (ids.includes(undefined) ? 1 : mostAlike)) {
			throw repeated(number);
		}
		last = these;
	};
}

const repeated = (number: number): ApiError =>
	new ApiError(`Page ${number} holds the same records as the page before it`, {
		hint: 'The server does not go on to the next page, so the rest cannot be read. Set a limit, or run this again later.',
	});

/** How a vendor takes the last record read as the mark to go on from. */
export interface Cursor {
	/** Query parameter with the size of a page, and the size to ask for. */
	size: { parameter: string; most: number };
	/** Query that asks for what comes after these records, the page last read. */
	after(records: IDataObject[]): IDataObject;
	/** What tells one record from another. */
	id(record: IDataObject): unknown;
}

/**
 * Pages by the last record seen. Read until a page brings nothing new: a page that is shorter than asked
 * for may be the vendor's own cap, and is no end. One whose last record has no id is, unless it is full.
 * @throws ApiError where a full page ends with a record without an id, so that nobody can ask for what comes after it,
 * and where one holds what the page before it held
 */
export const byCursor = ({ size, after, id }: Cursor): Pages =>
	async function* (read, first, wanted) {
		const asked = Math.min(size.most, wanted);
		let query = { ...first.query, [size.parameter]: asked };
		let last = new Set<unknown>();
		for (let [count, number] = [0, 1]; ; number++) {
			const { records } = await read({ ...first, query });
			const fresh = records.filter((record) => !last.has(id(record)));
			const end = fresh.at(-1);
			// A server that takes the mark brings back the record that it names, at most, and no full page.
			if (!end && records.length > 1 && records.length === asked) throw repeated(number);
			if (!end) return;
			yield fresh;
			count += fresh.length;
			if (!isKnown(id(end))) {
				if (records.length !== asked) return;
				throw new ApiError(`The records have no ID, so only the first ${count} can be read`, {
					hint: 'Set a limit, or narrow the list down with a query.',
				});
			}
			last = new Set(fresh.map(id));
			query = { ...query, ...after(fresh) };
		}
	};

/** Whether an id tells one record from another. */
export const isKnown = (id: unknown): boolean => id !== undefined && id !== null;

/** How a vendor takes the number of records to leave out. */
export interface Offset {
	/** Query parameter with how many records to leave out. */
	offset: string;
	size: { parameter: string; most: number };
	/** What tells one record from another, as with pages by number. */
	identity?(record: IDataObject): unknown;
}

/**
 * Pages by the number of records seen, until one is empty.
 * @throws ApiError when a page holds what the two before it held
 */
export const byOffset = ({ offset, size, identity }: Offset): Pages =>
	settled(identity, async function* (read, first, wanted) {
		const sizeQuery = { [size.parameter]: Math.min(size.most, wanted) };
		const refuseRepeat = repeatGuard(identity);
		for (let number = 1, seen = 0; ; number++) {
			const query = { ...first.query, ...sizeQuery, [offset]: seen };
			const { records } = await read({ ...first, query });
			if (records.length === 0) return;
			refuseRepeat(records, number);
			yield records;
			// All that came, since the server counts those too that came before.
			seen += records.length;
		}
	});

/** All there is comes in one answer. */
export const singlePage: Pages = async function* (read, first) {
	yield (await read(first)).records;
};

/** Collects pages until there are enough records. */
export async function collect(
	pages: AsyncGenerator<IDataObject[]>,
	wanted: number,
): Promise<IDataObject[]> {
	const collected: IDataObject[] = [];
	for await (const records of pages) {
		for (const record of records) collected.push(record);
		if (collected.length >= wanted) break;
	}
	return collected.slice(0, wanted);
}
