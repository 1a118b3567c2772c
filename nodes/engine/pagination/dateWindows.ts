import type { IDataObject } from 'n8n-workflow';
import { isKnown, type Pages } from './pages';
import { sideBySide } from './sideBySide';
import { WindowLength } from './windowLength';
import type { Request } from '../http/request';

/**
 * Neighbouring windows overlap by so much, since vendors do not say whether a range holds its ends.
 * What comes twice for it is handed on once. Milliseconds.
 */
const overlapMs = 1;

/**
 * What lies this close to the end of its window may come with the next one, too, since vendors round dates. Only that is
 * remembered: the ids of a year would be tens of MB. Milliseconds.
 */
const nearMs = 60_000;

/** How a vendor takes a range of dates that is longer than one request may ask for. */
export interface Windows {
	/** Query parameters with the ends of the range, as ISO 8601. */
	from: string;
	to: string;
	/** Longest range that the vendor takes in one request, in milliseconds. */
	mostMs: number;
	/** What tells one record from another. */
	id(record: IDataObject): unknown;
	/** The date of a record that the range is about, in milliseconds; NaN where it does not say. Left out: none says. */
	date?(record: IDataObject): number;
}

/**
 * Cuts a range of dates into windows, newest first, and reads each to its end with `inner`. Windows are
 * read side by side where all is wanted, one after the other where a limit may end the list early; they
 * are handed on in their order, each record once. They are as long as the vendor takes, and shorter where few pages may
 * lie ahead and they hold many. A request without the range is read as it is.
 */
export const byWindows = ({ from, to, mostMs, id, date }: Windows, inner: Pages): Pages =>
	async function* (read, first, wanted) {
		const endsOf = ({ query }: Request) =>
			[Date.parse(String(query?.[from])), Date.parse(String(query?.[to]))] as const;
		const [start, end] = endsOf(first);
		if (Number.isNaN(start) || Number.isNaN(end)) {
			yield* inner(read, first, wanted);
			return;
		}
		const length = new WindowLength(mostMs, read.mostAhead !== undefined);
		const watched: Pages = (reader, request, most) => {
			const [after, before] = endsOf(request);
			return length.watch(before - after, inner(reader, request, most));
		};
		// Of those that are asked for and not yet handed on, the oldest moment.
		const oldests: number[] = [];
		const lists = wanted === Infinity ? sideBySide(read, requests(), watched) : oneByOne();
		// Only neighbours overlap, so the ids of one window are kept until the next has been read.
		let before = new Set<unknown>();
		for await (const pages of lists) {
			const own = new Set<unknown>();
			const oldest = oldests.shift() ?? start;
			for await (const records of pages) {
				const fresh = records.filter((record) => !before.has(id(record)) && !own.has(id(record)));
				// One without an id is no repeat of another one.
				for (const record of fresh.filter((each) => isKnown(id(each))))
					if (!date || !(date(record) > oldest + nearMs)) own.add(id(record));
				yield fresh;
			}
			before = own;
		}

		function* requests(): Generator<Request> {
			for (const [after, before] of cut(start, end, () => length.ms)) {
				oldests.push(after);
				const range = {
					[from]: new Date(after).toISOString(),
					[to]: new Date(before).toISOString(),
				};
				yield { ...first, query: { ...first.query, ...range } };
			}
		}

		async function* oneByOne(): AsyncGenerator<AsyncIterable<IDataObject[]>> {
			for (const request of requests()) yield inner(read, request, wanted);
		}
	};

/**
 * @param lengthMs how long the next window is, in milliseconds
 * @yields [start, end] of each window in milliseconds, newest first
 */
export function* cut(
	start: number,
	end: number,
	lengthMs: () => number,
): Generator<[number, number]> {
	for (let before = end; ;) {
		const ms = lengthMs();
		if (before - start <= ms) return yield [start, before];
		yield [before - ms, before];
		before -= ms - overlapMs;
	}
}
