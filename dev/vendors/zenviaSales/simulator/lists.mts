import type { Call } from '../../../kit/simulator.mts';
import { Refusal, text } from './answers.mts';
import { idAt } from './ids.mts';

/** SEED, list of prospects: "A range of dates is considered valid if ... 31 days or less". */
const LONGEST_RANGE_MS = 31 * 86_400_000;
/** No call gives more (SOFIA, live). */
const MOST_RECORDS = 5_000;

/** Records in order of creation, made when they are asked for, so that a year of them costs nothing. */
export interface Series<T> {
	readonly length: number;
	idAt(index: number): string;
	at(index: number): T;
}

/** Whether a record that was made exactly at a bound is within it; SEED does not say. */
export type DateBounds = 'inclusive' | 'exclusive';

/** A span of dates; moments in milliseconds, infinite where it is open. */
export interface Span {
	from: number;
	to: number;
}

/**
 * The span that two parameters ask for.
 * @throws ApiError where it is longer than 31 days, or ends before it begins
 */
export function spanOf(call: Call, after: string[], before: string[]): Span | undefined {
	const from = text(call, ...after);
	const to = text(call, ...before);
	if (from === undefined && to === undefined) return undefined;
	const now = Date.now();
	// "If only one of the dates is provided, the comparison will be made with the present date" (SEED).
	const span = { from: Date.parse(from ?? ''), to: Date.parse(to ?? '') };
	if (from === undefined) span.from = Math.min(now - LONGEST_RANGE_MS, span.to);
	if (to === undefined) span.to = now;
	const reach = from === undefined ? now - span.to : span.to - span.from;
	if (reach > LONGEST_RANGE_MS || span.from > span.to) {
		throw new Refusal(400, 'INVALID_DATE_RANGE', 'The range of dates must be of 31 days or less');
	}
	return span;
}

export function isWithin(moment: string | undefined, span: Span, bounds: DateBounds): boolean {
	const time = Date.parse(moment ?? '');
	if (bounds === 'inclusive') return time >= span.from && time <= span.to;
	return time > span.from && time < span.to;
}

export interface ListQuery<T> {
	/** By date of creation. */
	span: Span | undefined;
	bounds: DateBounds;
	createdAt(record: T): string;
	accepts(record: T): boolean;
}

/**
 * One page, newest first, of what `before`, `after` and `limit` ask for. Without limit and dates,
 * the last 31 days are meant (SEED).
 */
export function page<T>(call: Call, series: Array<Series<T>>, query: ListQuery<T>): T[] {
	const limit = text(call, 'limit');
	const now = Date.now();
	const lately = { from: now - LONGEST_RANGE_MS, to: now };
	const span = query.span ?? (limit === undefined ? lately : undefined);
	const most = Math.min(Number(limit ?? MOST_RECORDS), MOST_RECORDS);
	const after = text(call, 'after') ?? '';
	const found: T[] = [];
	for (const record of newestFirst(series, firstLeftOut(text(call, 'before'), span))) {
		if (found.length >= most || record.id <= after) break;
		const made = record.make();
		const time = Date.parse(query.createdAt(made));
		if (span && time < span.from) break;
		if (span && !isWithin(query.createdAt(made), span, query.bounds)) continue;
		if (query.accepts(made)) found.push(made);
	}
	return found;
}

/** Ids sort by time, so the end of a span is a cursor too. */
function firstLeftOut(before: string | undefined, span: Span | undefined): string | undefined {
	const end = span && Number.isFinite(span.to) ? idAt(span.to + 1, 0) : undefined;
	return before !== undefined && end !== undefined && before < end ? before : (end ?? before);
}

/** Goes through several series as if they were one. */
function* newestFirst<T>(
	series: Array<Series<T>>,
	before: string | undefined,
): Generator<{ id: string; make: () => T }> {
	const next = series.map(
		(one) => (before === undefined ? one.length : firstFrom(one, before)) - 1,
	);
	for (;;) {
		let newest = -1;
		let id = '';
		for (const [index, one] of series.entries()) {
			const position = next[index] ?? -1;
			if (position >= 0 && one.idAt(position) > id) {
				newest = index;
				id = one.idAt(position);
			}
		}
		const chosen = series[newest];
		if (chosen === undefined) return;
		const position = next[newest] ?? 0;
		next[newest] = position - 1;
		yield { id, make: () => chosen.at(position) };
	}
}

/** The index of the first record whose id is not below `id`. */
function firstFrom<T>(series: Series<T>, id: string): number {
	let low = 0;
	let high = series.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (series.idAt(middle) < id) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** Records that are kept, oldest first. */
export class Stored<T extends { id: string }> implements Series<T> {
	readonly records: T[] = [];

	get length(): number {
		return this.records.length;
	}

	idAt(index: number): string {
		return this.at(index).id;
	}

	at(index: number): T {
		const record = this.records[index];
		if (record === undefined) throw new RangeError(`There is no record ${index}`);
		return record;
	}
}
