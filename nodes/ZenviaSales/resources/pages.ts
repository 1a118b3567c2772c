import { type IDataObject, UserError } from 'n8n-workflow';
import { type Field, fieldError, type Item } from '../../engine/form/fields';
import { byCursor, byOffset, type Pages } from '../../engine/pagination/pages';
import { byWindows } from '../../engine/pagination/dateWindows';
import type { Request } from '../../engine/http/request';
import { ownMark } from '../../engine/operation/onlyNewFields';
import type { Newness } from '../../engine/polling/newness';

/** SEED, lists: "A multiple number of 100 and no more than 1000 is recommended"; live, 5000 is the cap. */
const pageSize = 1000;
/** SEED, lists: "A range of dates is considered valid if the range between them is 31 days or less". */
export const longestRangeMs = 31 * 24 * 60 * 60 * 1000;

const id = ({ id, _id }: IDataObject): unknown => id ?? _id;

const made = ({ created, createdAt }: IDataObject): number =>
	Date.parse(String(created ?? createdAt));

/**
 * SEED, lists: `before` and `after` take the id of the last record seen. Live, lists come newest first;
 * a list that comes oldest first is read with `after` instead.
 */
const cursor = byCursor({
	size: { parameter: 'limit', most: pageSize },
	id,
	after: (records) => {
		const [first, last] = [records[0] ?? {}, records.at(-1) ?? {}];
		const isAscending = made(first) < made(last);
		return { [isAscending ? 'after' : 'before']: String(id(last)) };
	},
});

/** Ids grow with time, so they tell the order of what was made in the same millisecond. */
const newestFirst = (one: IDataObject, other: IDataObject): number =>
	made(other) - made(one) || String(id(other)).localeCompare(String(id(one)));

/**
 * SEED: only the lists of the whole account have a cursor and a limit, those of one prospect have none.
 * The order of these is not documented, so they are put into that of the others.
 */
const cursorOrAll: Pages = async function* (read, first, wanted) {
	if (!first.targetsOneRecord) yield* cursor(read, first, wanted);
	else yield [...(await read(first)).records].sort(newestFirst);
};

/** The pairs of dates that lists take; their first is the one by which records are ordered. */
const ranges = ['created', 'claimed', 'transferred', 'accepted', 'rejected'] as const;

/** Pages of a list, its range of dates cut into windows where it is longer than Zenvia takes. */
export const pages: Pages = (read, first, wanted) => {
	const range = ranges.find((one) => isLong(first.query, one)) ?? 'created';
	const rules = { from: `${range}After`, to: `${range}Before`, mostMs: longestRangeMs, id };
	const date = range === 'created' ? made : undefined;
	return byWindows({ ...rules, date }, cursorOrAll)(read, first, wanted);
};

const ends = (query: IDataObject = {}, range: string): [number, number] => [
	Date.parse(String(query[`${range}After`])),
	Date.parse(String(query[`${range}Before`])),
];

function isLong(query: IDataObject | undefined, range: string): boolean {
	const [start, end] = ends(query, range);
	return end - start > longestRangeMs;
}

/** SEED has no offsets; the list of a selection of contacts is the only one that pages by it. */
export const offsetPages = byOffset({
	offset: 'offset',
	size: { parameter: 'limit', most: pageSize },
	identity: id,
});

/** What a set of filters with dates says of them. */
export const anyRange = {
	description:
		'A range of dates may have any length: what is longer than 31 days is read piece by piece',
};

/** Filters that tell of a range without length, such as one and the same day as its start and its end: it finds nothing. */
export const tellingRanges = <F extends Field>(filters: F): F => ({
	...filters,
	read: (raw: unknown, item: Item) => {
		const values = filters.read(raw, item);
		for (const range of ranges) {
			const [start, end] = ends(values as IDataObject, range);
			if (start !== end) continue;
			const [from, to] = [named(`${range}After`), named(`${range}Before`)];
			const moment = new Date(start).toISOString();
			const what = `is ${moment}, as '${to.displayName}' is, and nothing lies between them`;
			item.notice?.({ ...from, name: range, type: 'dateTime', default: '' }, what);
		}
		return values;
	},
});

/**
 * Completes the ranges of dates of a list's query: SEED compares a single date with the present, so a
 * start alone ends now, and an end alone needs its start.
 * @throws UserError for a start after its end, an end without a start, or two ranges that both need windows
 */
export function checkedRanges(query: IDataObject, now = new Date()): IDataObject {
	const whole = { ...query };
	for (const range of ranges) {
		const [after, before] = [`${range}After`, `${range}Before`];
		if (whole[before] !== undefined && whole[after] === undefined) {
			throw fieldError(named(after), 'is empty', 'Zenvia needs the start of a range too.');
		}
		if (whole[after] === undefined) continue;
		whole[before] ??= now.toISOString();
		clip(whole, range, now);
		const [start, end] = ends(whole, range);
		if (start > end) {
			const isFuture = query[before] === undefined;
			const end = `after '${named(before).displayName}' (${String(whole[before])})`;
			const what = `is ${String(whole[after])}, which is ${isFuture ? 'in the future' : end}`;
			throw fieldError(named(after), what, 'Enter an earlier start.');
		}
	}
	const long = ranges.filter((range) => isLong(whole, range));
	if (long.length > 1) {
		throw new UserError(
			`Two ranges are longer than 31 days: ${long.join(' and ')}. Zenvia takes 31 days, and only one can be cut. Shorten the other.`,
		);
	}
	return whole;
}

/** How far the vendor's clock may be ahead. */
const clockMs = 24 * 60 * 60 * 1000;

/** An end such as 9999-12-31 says that there is none: nobody needs the months until then read one by one. */
function clip(query: IDataObject, range: string, now: Date): void {
	const [start, end] = ends(query, range);
	const latest = Math.max(start, now.getTime() + clockMs);
	if (isLong(query, range) && end > latest)
		query[`${range}Before`] = new Date(latest).toISOString();
}

/** Parameters of a list that move or end with time, or say where in it a page begins. */
const placing = ['after', 'before', ...ranges.flatMap((one) => [`${one}After`, `${one}Before`])];

/** Filters by what changes after a record was made, and their names in the form. */
const changing: Record<string, string> = {
	additionalData: 'Additional Data',
	agent: 'Agent ID',
	category: 'Category Name or ID',
	group: 'Group',
	phoneNumber: 'Phone Number',
	search: 'Search',
	status: 'Status',
	withAgent: 'With Agent',
};

/**
 * What is new in the lists of prospects, interactions and quotes: all have the dates of creation as a filter (SEED;
 * PHP21 for quotes).
 */
export const newOnes = (thing: 'Prospect' | 'Interaction' | 'Quote'): Newness => ({
	of: 'new',
	reach: 'filter',
	key: (record) => String(id(record) ?? JSON.stringify(record)),
	time: made,
	since: (request, from) => {
		const misplaced = placing.find((name) => request.query?.[name] !== undefined);
		if (misplaced) throw ownMark(named(misplaced, thing));
		const late = Object.keys(changing).find((name) => request.query?.[name] !== undefined);
		if (late)
			throw fieldError(
				{ displayName: changing[late] ?? late },
				"cannot be combined with 'Only New Since Last Run'",
				'A record that comes to have it later would never be returned. Remove it, and put a Filter node behind.',
			);
		const now = new Date();
		// The mark is on Zenvia's clock, and n8n's may have been put back, or not be set yet after a start.
		const end = from < now ? now : new Date(from.getTime() + clockMs);
		const query = checkedRanges({ ...request.query, createdAfter: from.toISOString() }, end);
		return { ...request, query };
	},
});

/** Asks one of these lists for what was made between two moments, at most longestRangeMs apart. */
export const madeBetween = (request: Request, from: Date, to: Date): Request => ({
	...request,
	query: { createdAfter: from.toISOString(), createdBefore: to.toISOString() },
});

/** The filter that a date, or an ID of the thing that is listed, comes from. */
const named = (name: string, thing = '') => ({
	displayName: name
		.replace(/^[a-z]/, (letter) => letter.toUpperCase())
		.replace(/^(After|Before)$/, `$1 ${thing} ID`)
		.replace(/\B(After|Before)$/, ' $1'),
});
