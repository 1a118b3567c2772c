import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	UserError,
} from 'n8n-workflow';
import { ApiError } from '../http/apiError';
import type { Request } from '../http/request';
import { attempt } from '../util/attempt';
import { safeFileName } from '../util/fileName';
import { quote } from '../util/text';
import { type Encoder, encoderOf } from './fileFormats';
import { storeFile } from './fileStore';
import { chunks } from './items';
import type { Notices } from './notices';
import type { Operation, Output } from './operation';
import type { Task } from './prepare';
import type { FileWanted } from './returnAs';
import { fieldsWanted, shapeOf } from './simplify';

/** How a list becomes a file. */
export interface ListFileOptions {
	wanted: FileWanted;
	/** What it is a list of, as its resource is called: the file's name where nobody chose one. */
	list: string;
	/** Ends it. */
	signal?: AbortSignal;
	notices: Notices;
	/** Its records as they come; ended in any case. */
	pages: AsyncGenerator<IDataObject[]>;
}

/** Records that become text at once: no page is held twice, be it a list that comes whole. */
const mostAtOnce = 100;

/** What the item tells of its file. */
class Summary {
	count = 0;
	bytes = 0;
	/** Records that the operation itself leaves out. */
	skipped = 0;
	private first = { at: Infinity, date: '' };
	private last = { at: -Infinity, date: '' };

	constructor(private readonly date?: string) {}

	add(record: IDataObject): void {
		this.count++;
		const date = this.date === undefined ? undefined : record[this.date];
		const at = typeof date === 'string' ? Date.parse(date) : Number.NaN;
		if (at < this.first.at) this.first = { at, date: String(date) };
		if (at > this.last.at) this.last = { at, date: String(date) };
	}

	told(fileName: string, { leftOut: { columns, formulas } }: Encoder): IDataObject {
		const { count, first, last, bytes, skipped } = this;
		return {
			fileName,
			count,
			firstDate: first.date || null,
			lastDate: last.date || null,
			bytes,
			leftOut: { records: skipped, fields: Object.fromEntries(columns), formulas },
		};
	}
}

/**
 * Writes the list that an item asks for, read to its end, into a file that n8n keeps.
 * @returns the item that has it
 * @throws ApiError where the list cannot be read to its end, and UserError where the file cannot be kept: no item has
 * what was written then
 */
export async function listFile(
	context: IExecuteFunctions,
	{ output, mapRecord }: Operation,
	task: Task,
	request: Request,
	{ wanted, list, signal, notices, pages }: ListFileOptions,
): Promise<INodeExecutionData> {
	const { index, values } = task;
	const { format, property, mostBytes } = wanted;
	const shape = shapeOf(output, task);
	const columns = fieldsWanted(output, values) ?? allFields(output, values);
	const encoder = encoderOf(format, { ...wanted, columns });
	const fileName = nameOf(wanted, list);
	const summary = new Summary(output.date);
	const written = (record: IDataObject): IDataObject | undefined => {
		const mapped = mapRecord ? mapRecord(record, values, request) : record;
		if (!mapped) return undefined;
		// Its date may be among what Simplify leaves out.
		summary.add(mapped);
		return shape(mapped);
	};
	const piece = (text: string): Buffer => {
		const bytes = Buffer.from(text);
		summary.bytes += bytes.length;
		return bytes;
	};
	async function* pieces(): AsyncGenerator<Buffer> {
		for await (const page of pages) {
			for (const some of chunks(page, mostAtOnce)) {
				signal?.throwIfAborted();
				const records = some.map(written).filter((record) => record !== undefined);
				summary.skipped += some.length - records.length;
				if (records.length > 0) yield piece(encoder.page(records));
			}
		}
		const end = encoder.end();
		if (end !== '') yield piece(end);
	}
	const rules = { fileName, mimeType: encoder.mimeType, mostBytes };
	const stored = await attempt(async () => await storeFile(context, pieces(), rules));
	if ('thrown' in stored) throw notKept(stored.thrown, summary.count);
	const { binary, isInMemory } = stored.made;
	if (isInMemory) notices.add({ index, what: inMemory(wanted) });
	if (encoder.leftOut.columns.size > 0) notices.add({ index, what: lacking(encoder) });
	return {
		json: summary.told(fileName, encoder),
		binary: { [property]: binary },
		pairedItem: { item: index },
	};
}

/** Those of the vendor's document, and what somebody asks for besides. */
function allFields(
	{ fields, fieldsAsked }: Output,
	values: Task['values'],
): readonly string[] | undefined {
	return fields && [...new Set([...fields, ...(fieldsAsked?.(values) ?? [])])];
}

/** What is told where n8n has all of a file in memory, without its full stop. */
const inMemory = ({ mostBytes }: FileWanted): string =>
	`This n8n does not keep files on disk, and holds all of each in memory. A file of more than ${mostBytes / 1e6} MB ends the node; on disk (N8N_DEFAULT_BINARY_DATA_MODE=filesystem) it may have any size`;

/** Most fields that are named above the output; the item tells of more. */
const mostNamed = 5;

/** What is told of fields that a CSV file does not have, without its full stop. */
function lacking({ leftOut: { columns } }: Encoder): string {
	const names = [...columns.keys()].slice(0, mostNamed).map(quote);
	const more = columns.size > mostNamed ? ` and ${columns.size - mostNamed} more` : '';
	return `The CSV file has no column for ${names.join(', ')}${more}, so what some records have there is not in it. JSON Lines and JSON have all fields`;
}

/** A date's slashes part no folders: of 30/11/2026, no more than the year would be left, the same for each day. */
const dateSlash = /(?<=\d)\/(?=\d)/g;

function nameOf({ name = '', format }: FileWanted, fallback: string): string {
	const chosen = safeFileName(name.replace(dateSlash, '-'), fallback);
	return chosen.toLowerCase().endsWith(`.${format}`) ? chosen : `${chosen}.${format}`;
}

/** The same error, and what became of the file. */
function notKept(thrown: unknown, count: number): unknown {
	const soFar = `${count} records had been read; their file was not kept.`;
	if (thrown instanceof ApiError) {
		const { message, hint, code, mayBeDone } = thrown;
		return new ApiError(message, { hint: hint ? `${hint} ${soFar}` : soFar, code, mayBeDone });
	}
	return thrown instanceof UserError ? new UserError(`${thrown.message} ${soFar}`) : thrown;
}
