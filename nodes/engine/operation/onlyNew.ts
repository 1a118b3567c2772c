import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
	UserError,
} from 'n8n-workflow';
import { choice } from '../form/choice';
import { date } from '../form/date';
import { type Field, field, fieldError, narrowing } from '../form/fields';
import { flag } from '../form/flag';
import { number } from '../form/number';
import type { Client } from '../http/client';
import type { Request } from '../http/request';
import { Marks, type OpenMark } from '../polling/marks';
import { type Mark, moved, mostKnown, Newcomers } from '../polling/newcomers';
import { type Newness, reachOf } from '../polling/newness';
import { readNew } from '../polling/readNew';
import { KeyedMutex } from '../util/mutex';
import { type Pages, singlePage } from '../pagination/pages';
import type { Output } from './operation';
import type { Progress } from './progress';
import { pageReader, recordsOf, wantedOf } from './records';

const onlyNew = (what: string) =>
	narrowing(
		'record',
		flag({
			displayName: 'Only New Since Last Run',
			name: 'onlyNew',
			type: 'boolean',
			default: false,
			description: `Whether to return only what no run before returned: ${what}, the oldest first. A run counts when its execution ends well; a manual run never does.`,
		}),
	);

/** By what a list tells of. */
const switches = {
	new: onlyNew('each new one once'),
	changed: onlyNew('each new or changed one once for each change'),
};

const shown = (more: Record<string, string[]> = {}) => ({ show: { onlyNew: [true], ...more } });

const startFrom = choice({
	displayName: 'Start From',
	name: 'startFrom',
	type: 'options',
	default: 'now',
	options: [
		{
			name: 'Date',
			value: 'date',
			description: 'The first run returns what is there since a date',
		},
		{ name: 'Now', value: 'now', description: 'The first run returns nothing' },
	],
	displayOptions: shown(),
	description: 'What the first run returns. With other filters or another key, it starts again.',
});

const anyDate = date({
	displayName: 'Start Date',
	name: 'startDate',
	type: 'dateTime',
	default: '',
	displayOptions: shown({ startFrom: ['date'] }),
	description: 'The first run returns what is there since then',
});
/** n8n asks for it where it is shown, and hands it on empty where it is not. */
const startDate = field({ ...anyDate.property, name: 'startDate', required: true }, anyDate.read);

const overlap = number({
	displayName: 'Overlap (Minutes)',
	name: 'overlap',
	type: 'number',
	default: 5,
	typeOptions: { minValue: 0, maxValue: 10_080 },
	displayOptions: shown(),
	description:
		'How late a record may show, and how far clocks may be apart, so that none is lost. What comes again for it is left out.',
});

/** The fields that a list brings with it where what is new in it can be told. */
export function onlyNewFields({ newness }: Pick<Output, 'newness'>): readonly Field[] {
	if (!newness) return [];
	// Where all of a list is read and each record is remembered, no clock counts.
	const clock = newness.reach === 'whole' ? [] : [overlap];
	return [switches[newness.of], startFrom, startDate, ...clock];
}

/** A filter that says itself from where on a list is read. */
export const ownMark = (property: Pick<INodeProperties, 'displayName'>): UserError =>
	fieldError(
		property,
		"cannot be combined with 'Only New Since Last Run'",
		"Remove it. A date to begin with goes into 'Start From'.",
	);

/** No vendor is so old: a number that was no date comes to such a day, and all windows from there on would be read. */
const earliest = Date.UTC(2000, 0);

/** @throws UserError where what is chosen cannot go together; nothing is sent then */
export function checkOnlyNew(
	{ newness }: Pick<Output, 'newness'>,
	values: Record<string, unknown>,
	request: Request,
): void {
	if (!newness || values.onlyNew !== true) return;
	newness.since(request, new Date(0));
	// A file is written page by page, and a mark would have to wait for its end.
	if (values.returnAll === true && values.returnAs === 'file')
		throw fieldError(
			{ displayName: 'Return As' },
			"is File, which cannot be combined with 'Only New Since Last Run'",
			'Choose Items, and make a file of them behind the node.',
		);
	if (values.startFrom === 'date' && values.startDate === undefined)
		throw fieldError(startDate.property, 'is empty', 'Pick a date.');
	const start = values.startFrom === 'date' ? new Date(String(values.startDate)) : undefined;
	if (start && start.getTime() < earliest)
		throw fieldError(
			startDate.property,
			`is ${start.toISOString()}, which is before any record`,
			'Pick a later date.',
		);
}

const minuteMs = 60_000;

/** What is new since the last run, for the items of one run of a node. */
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
	 * Reads a list, and what is new in it where that was chosen.
	 * @throws ApiError where the list cannot be read
	 * @throws UserError where there is no room to remember it
	 */
	async records(
		client: Client,
		request: Request,
		output: Output,
		values: Record<string, unknown>,
		progress: Progress,
	): Promise<IDataObject[]> {
		const { newness } = output;
		if (!newness || values.onlyNew !== true)
			return await recordsOf(client, request, output, values, progress);
		const name = client.identityOf(request);
		// Two items that ask the same go one after the other: the second gets what the first has left.
		return await this.lists.serialize(name, async () => {
			const opened = await this.marks.open(this.context, name, this.isObserved);
			this.explain(opened, values);
			if (opened.underWayId !== undefined) return [];
			const isFirst = opened.mark === undefined;
			if (isFirst && this.isObserved && values.startFrom !== 'date')
				return await recordsOf(client, request, output, { returnAll: false, limit: 1 }, progress);
			const { records, step } = await newRecords(
				client,
				request,
				{ ...output, newness, pages: told(output, progress) },
				values,
				opened.mark,
			);
			this.marks.step(this.context, name, step, records.length);
			return records;
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

/** The pages of a list, of which each is told. */
const told = ({ pages = singlePage, date }: Output, progress: Progress): Pages =>
	async function* (read, first, wanted) {
		for await (const page of pages(read, first, wanted)) {
			progress.page(page, date);
			yield page;
		}
	};

async function newRecords(
	client: Client,
	request: Request,
	output: Output & { newness: Newness },
	values: Record<string, unknown>,
	mark: Mark | undefined,
): Promise<{ records: IDataObject[]; step: Mark }> {
	const { newness, pages } = output;
	const reach = reachOf(newness, request);
	const { startFrom, startDate, overlap } = values;
	const newcomers = new Newcomers(newness, mark, {
		start: Date.now(),
		overlapMs: (typeof overlap === 'number' ? overlap : 0) * minuteMs,
		...(startFrom === 'date' && { firstFrom: Date.parse(String(startDate)) }),
		reach,
	});
	const read = pageReader(client, output);
	if (!pages) newcomers.take((await read(request)).records);
	else await readNew({ newness, pages, read, request }, newcomers);
	const result = newcomers.result(wantedOf(values));
	if (moved(mark, result.step).known.length > mostKnown * 8)
		throw new UserError(
			`'Only New Since Last Run' remembers each record of this list, and no more than ${mostKnown}. Narrow the list down with filters.`,
		);
	return result;
}
