import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	UserError,
} from 'n8n-workflow';
import type { Client } from '../http/client';
import type { Request } from '../http/request';
import { collect, type Pages, singlePage } from '../pagination/pages';
import { Marks, type OpenMark } from '../polling/marks';
import { type Mark, moved, mostKnown, Newcomers } from '../polling/newcomers';
import { type Newness, reachOf } from '../polling/newness';
import { readNew } from '../polling/readNew';
import { KeyedMutex } from '../util/mutex';
import type { Output } from './operation';
import type { Progress } from './progress';
import { checkStart } from './onlyNewFields';
import { pageReader, pagesOf, recordsOf, wantedOf } from './records';

const minuteMs = 60_000;

/** A list as an item asks for it. */
export interface ListWanted {
	client: Client;
	request: Request;
	output: Output;
	/** The form's values. */
	values: Record<string, unknown>;
	progress: Progress;
}

/** A list that is written to a file lies in memory ahead of its turn with so many pages: of 1,000 records, about 15 MB. */
const mostAhead = 16;

/** Most pages that lie in memory ahead of their turn; left out, all that there is room for. */
interface Ahead {
	mostAhead?: number;
}

/** What is made of the new records of a list. */
interface Taken<T> {
	made: T;
	/** How many records are handed on with it. */
	count: number;
	/** Those that are, the oldest first, where they are not all. */
	part?: readonly IDataObject[];
}

/** A look through a list for what is new since its mark. */
interface Look {
	newcomers: Newcomers;
	mark: Mark | undefined;
}

/** @param look left out where a person is shown an example */
type Take<T> = (pages: AsyncGenerator<IDataObject[]>, look?: Look) => Promise<Taken<T>>;

/** The lists that the items of one run of a node ask for; of those with Only New Since Last Run, what is new. */
export class OnlyNew {
	private readonly lists = new KeyedMutex();
	private readonly hints = new Set<string>();

	/** @param marks those of this run, which its tries share */
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly marks: Marks,
	) {}

	/** Whether a person tries things out: what they see has not been handed on. */
	private get isObserved(): boolean {
		return ['manual', 'evaluation'].includes(this.context.getMode());
	}

	/**
	 * Reads a list, and what is new in it, the oldest first, where that was chosen.
	 * @throws ApiError where the list cannot be read
	 * @throws UserError where there is no room to remember it
	 */
	async records(list: ListWanted): Promise<IDataObject[]> {
		const { client, request, output, values, progress } = list;
		if (!isOnlyNew(list)) return await recordsOf(client, request, output, values, progress);
		const found = await this.look(list, {}, async (pages, look) => {
			const all = await collect(pages, Infinity);
			const made = look?.newcomers.oldestFirst(all).slice(0, wantedOf(values)) ?? all;
			return { made, count: made.length, ...(made.length < all.length && { part: made }) };
		});
		return found ?? [];
	}

	/**
	 * Has a list written to a file, or what is new in it where that was chosen. The mark moves by it only when all of
	 * the file has been kept.
	 * @param write makes an item of pages, and tells how many records it has
	 * @returns the item; none where nothing is new
	 * @throws what reading and writing throw, and UserError where there is no room to remember the list
	 */
	async file(
		list: ListWanted,
		write: (pages: AsyncGenerator<IDataObject[]>) => Promise<INodeExecutionData>,
	): Promise<INodeExecutionData[]> {
		list.progress.writesFile();
		if (!isOnlyNew(list)) return [await write(pagesWanted(list, { mostAhead }))];
		const found = await this.look(list, { mostAhead }, async (pages, look) => {
			try {
				const first = await pages.next();
				if (first.done) return { made: [], count: 0 };
				const item = await write(allOf(first.value, pages, look));
				return { made: [item], count: Number(item.json.count) };
			} finally {
				await pages.return(undefined);
			}
		});
		return found ?? [];
	}

	/** @returns what was made of the new records; nothing while another execution works on them */
	private async look<T>(list: ListWanted, ahead: Ahead, take: Take<T>): Promise<T | undefined> {
		const { client, request, output, values, progress } = list;
		const { newness } = output;
		if (!newness) return undefined;
		const name = client.identityOf(request);
		// Two items that ask the same go one after the other: the second gets what the first has left.
		return await this.lists.serialize(name, async () => {
			const opened = await this.marks.open(this.context, name, this.isObserved);
			this.explain(opened, values);
			if (opened.underWayId !== undefined) return undefined;
			const { mark } = opened;
			if (!mark) checkStart(values);
			if (!mark && this.isObserved && values.startFrom !== 'date')
				return (await take(oneRecord(list))).made;
			const look = { newcomers: newcomersOf(newness, mark, request, values), mark };
			const read = Object.assign(pageReader(client, output), ahead);
			const whole = { newness, pages: told(output, progress), read, request };
			const { made, part, count } = await take(readNew(whole, look.newcomers), look);
			this.marks.step(this.context, name, stepOf(look, part), count);
			return made;
		});
	}

	/** The run has ended well: the marks move, and what is to be said of them is said. */
	end(): void {
		const { context, hints, marks } = this;
		const isCanceled = context.getExecutionCancelSignal()?.aborted === true;
		if (marks.haveMoved && !isCanceled && !this.isObserved) marks.write(context);
		for (const message of hints)
			context.addExecutionHints({ message, type: 'info', location: 'outputPane' });
	}

	/** Also where the run did not end well. */
	close(): void {
		this.marks.close();
	}

	private explain(
		{ mark, failedId, underWayId }: OpenMark,
		{ startFrom }: Record<string, unknown>,
	): void {
		if (this.isObserved) {
			const isSample = !mark && startFrom !== 'date';
			this.hints.add(
				`A manual run does not count for 'Only New Since Last Run': what it shows comes again when a trigger starts the workflow.${isSample ? ' No such run has been yet, so this is one record as an example.' : ''}`,
			);
		}
		if (failedId !== undefined)
			this.hints.add(
				`Execution ${failedId} did not end well, so what 'Only New Since Last Run' gave to it is returned again.`,
			);
		if (underWayId !== undefined)
			this.hints.add(
				`Execution ${underWayId} still works on what was new last. What is new since then comes when it has ended.`,
			);
	}
}

const isOnlyNew = ({ output, values }: ListWanted): boolean =>
	output.newness !== undefined && values.onlyNew === true;

const pagesWanted = (
	{ client, request, output, progress }: ListWanted,
	options: Ahead & { wanted?: number },
): AsyncGenerator<IDataObject[]> => pagesOf(client, request, output, progress, options);

async function* oneRecord(list: ListWanted): AsyncGenerator<IDataObject[]> {
	const records = await collect(pagesWanted(list, { wanted: 1 }), 1);
	if (records.length > 0) yield records;
}

async function* allOf(
	first: IDataObject[],
	rest: AsyncGenerator<IDataObject[]>,
	look?: Look,
): AsyncGenerator<IDataObject[]> {
	yield first;
	yield* rest;
	if (look) stepOf(look);
}

/** The pages of a list, of which each is told. */
const told = ({ pages = singlePage, date }: Output, progress: Progress): Pages =>
	async function* (read, first, wanted) {
		for await (const page of pages(read, first, wanted)) {
			progress.page(page, date);
			yield page;
		}
	};

function newcomersOf(
	newness: Newness,
	mark: Mark | undefined,
	request: Request,
	{ startFrom, startDate, overlap }: Record<string, unknown>,
): Newcomers {
	return new Newcomers(newness, mark, {
		start: Date.now(),
		overlapMs: (typeof overlap === 'number' ? overlap : 0) * minuteMs,
		...(startFrom === 'date' && { firstFrom: Date.parse(String(startDate)) }),
		reach: reachOf(newness, request),
	});
}

/**
 * The step of the mark when these have been handed on.
 * @throws UserError where they are more than a mark remembers
 */
function stepOf({ newcomers, mark }: Look, part?: readonly IDataObject[]): Mark {
	const step = newcomers.step(part);
	if (moved(mark, step).known.length <= mostKnown * 8) return step;
	throw new UserError(
		`'Only New Since Last Run' remembers each record of this list, and no more than ${mostKnown}. Narrow the list down with filters.`,
	);
}
