import type { IDataObject } from 'n8n-workflow';
import { withoutFormula } from '../util/formula';
import { own } from '../util/json';

/** The kinds of files that a list can be returned as. */
export type FileFormat = 'csv' | 'json' | 'jsonl';

/** Writes a file of a format in pieces; whoever asks for them keeps them. */
export interface Encoder {
	mimeType: string;
	/** What of the records did not come out as it is. */
	leftOut: LeftOut;
	/** The text of some records, in their order; the first time, with what the file begins with. */
	page(records: readonly IDataObject[]): string;
	/** What the file ends with, and begins with where it had no records. */
	end(): string;
}

/** What of the records did not come out as it is. */
export interface LeftOut {
	/** How many records have a field that is in no column, by the field's name. */
	columns: Map<string, number>;
	/** How many texts have an apostrophe in front now. */
	formulas: number;
}

/** How a CSV file is written. */
export interface CsvOptions {
	/** The columns, by the records' fields; left out, those of the first records that come. */
	columns?: readonly string[];
	separator?: string;
	/** Whether it begins with the mark by which Excel knows UTF-8. */
	hasByteOrderMark?: boolean;
	/** Whether texts that a spreadsheet would run as a formula get an apostrophe in front. */
	keepsFormulasOut?: boolean;
}

/** Most fields that are named as left out; a list whose fields have the names of data has no end of them. */
const mostLeftOut = 100;

/** Makes what writes a file of a format. */
export function encoderOf(format: FileFormat, csv: CsvOptions = {}): Encoder {
	if (format === 'csv') return csvEncoder(csv);
	return format === 'json' ? jsonEncoder() : jsonLinesEncoder();
}

const nothingLeftOut = (): LeftOut => ({ columns: new Map(), formulas: 0 });

/** A record a line (jsonlines.org). */
const jsonLinesEncoder = (): Encoder => ({
	mimeType: 'application/jsonl',
	leftOut: nothingLeftOut(),
	page: (records) => records.map((record) => `${JSON.stringify(record)}\n`).join(''),
	end: () => '',
});

/** One list, a record a line. */
function jsonEncoder(): Encoder {
	let before = '[\n';
	return {
		mimeType: 'application/json',
		leftOut: nothingLeftOut(),
		page: (records) =>
			records
				.map((record) => {
					const text = before + JSON.stringify(record);
					before = ',\n';
					return text;
				})
				.join(''),
		end: () => (before === ',\n' ? '\n]\n' : '[]\n'),
	};
}

/** RFC 4180; what is no text or number stands as JSON. */
function csvEncoder({
	columns: given,
	separator = ',',
	hasByteOrderMark = false,
	keepsFormulasOut = true,
}: CsvOptions): Encoder {
	const leftOut = nothingLeftOut();
	let columns = given;
	let known = new Set<string>();
	let isBegun = false;

	const text = (value: string): string => {
		const safe = keepsFormulasOut ? withoutFormula(value) : value;
		if (safe !== value) leftOut.formulas++;
		return safe;
	};
	// Who parts columns by semicolons does so for commas in numbers: a spreadsheet in Portuguese reads 1.234 as 1234.
	const number = (value: number): string =>
		separator === ';' ? String(value).replace('.', ',') : String(value);
	const cell = (value: unknown): string => {
		if (value === undefined || value === null) return '';
		if (typeof value === 'string') return quoted(text(value), separator);
		if (typeof value === 'number') return quoted(number(value), separator);
		return quoted(typeof value === 'object' ? JSON.stringify(value) : String(value), separator);
	};
	// Readers pass over a line without anything, n8n's own among them.
	const line = (cells: readonly string[]): string =>
		(cells.length === 1 && cells[0] === '' ? '""' : cells.join(separator)) + lineEnd;
	const begin = (records: readonly IDataObject[]): string => {
		if (isBegun) return '';
		isBegun = true;
		columns ??= [...new Set(records.flatMap((record) => Object.keys(record)))];
		known = new Set(columns);
		const head = columns.map((name) => quoted(text(name), separator));
		return (hasByteOrderMark ? '\uFEFF' : '') + (head.length > 0 ? line(head) : '');
	};
	const row = (record: IDataObject): string => {
		for (const name of Object.keys(record)) {
			const count = leftOut.columns.get(name) ?? 0;
			if (!known.has(name) && (count > 0 || leftOut.columns.size < mostLeftOut))
				leftOut.columns.set(name, count + 1);
		}
		return line((columns ?? []).map((name) => cell(own(record, name))));
	};
	return {
		mimeType: 'text/csv',
		leftOut,
		page: (records) => (records.length === 0 ? '' : begin(records) + records.map(row).join('')),
		end: () => begin([]),
	};
}

/** RFC 4180, 2.1. */
const lineEnd = '\r\n';

/** RFC 4180, 2.6 and 2.7: what holds a sign of the format stands in quotes, its own ones doubled. */
function quoted(text: string, separator: string): string {
	const isPlain =
		!text.includes(separator) &&
		!text.includes('"') &&
		!text.includes('\n') &&
		!text.includes('\r');
	return isPlain ? text : `"${text.replaceAll('"', '""')}"`;
}
