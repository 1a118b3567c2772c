import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import { nodeError, sentenceOf } from '../http/apiError';
import { attempt } from '../util/attempt';
import { keepable } from './items';
import { type Rejected, rejectedError, type Task } from './prepare';
import type { Progress } from './progress';
import type { Tries } from './tries';

/** What became of each item of a run: what it gave, or why it failed. */
export class Results {
	/** Takes the secrets of the run's credentials out of a text. */
	redact = (text: string): string => text;
	/** Whether an item's failure ends the run: nothing new begins. */
	isOver = false;
	/** By the items' index. */
	private readonly output: INodeExecutionData[][] = [];
	private finished = 0;

	/**
	 * @param known what items gave in earlier tries of the run, and what is kept of this one
	 * @param shape makes of a task's records what comes out
	 * @param progress is told of each item
	 */
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly known: Tries['results'],
		private readonly shape: (task: Task) => (record: IDataObject) => IDataObject,
		private readonly progress: Pick<Progress, 'item'>,
	) {}

	/** @returns what the items gave, in their order */
	items(): INodeExecutionData[] {
		return this.output.flat();
	}

	/** @throws NodeApiError or NodeOperationError about all of them, unless the node is set to continue */
	reject(rejected: readonly Rejected[]): void {
		const { context, redact } = this;
		if (rejected.length > 0 && !context.continueOnFail())
			throw rejectedError(context, rejected, redact);
		for (const { index, thrown } of rejected) this.fail(index, thrown);
	}

	/** Takes what items gave in an earlier try. @returns the others */
	recall(): number[] {
		const { known } = this;
		for (const [index, result] of known) {
			if ('items' in result) this.keep(index, result.items);
		}
		for (const [index, result] of known) {
			if ('thrown' in result) this.fail(index, result.thrown);
		}
		return [...this.context.getInputData().keys()].filter((index) => !known.has(index));
	}

	/** Keeps the records that an item gave, each linked to it. */
	store(task: Task, records: IDataObject[]): void {
		const shape = this.shape(task);
		const { index } = task;
		// One and the same for all, as of n8n's own nodes: n8n saves each object by itself.
		const pairedItem = { item: index };
		this.done(
			index,
			records.map((record) => ({ json: shape(record), pairedItem })),
		);
	}

	/** Keeps what an item gave. */
	done(index: number, items: INodeExecutionData[]): void {
		this.known.set(index, { items });
		this.keep(index, items);
	}

	/** Keeps what an item of a dry run would do: nothing is done with it, and another try says it anew. */
	tell(index: number, json: IDataObject): void {
		this.output[index] = [{ json, pairedItem: { item: index } }];
		this.progress.item(index, 'done');
	}

	private keep(index: number, items: INodeExecutionData[]): void {
		this.output[index] = items;
		this.finished++;
		const isSkipped = items.length === 1 && items[0]?.json.skipped === true;
		this.progress.item(index, isSkipped ? 'skipped' : 'done');
	}

	/**
	 * Keeps an item's failure as its answer where the node is set to continue; otherwise it ends the run.
	 * @param isFinal whether the item must not be tried once more, since what it asks for may have been done
	 * @throws NodeApiError or NodeOperationError where the run ends with it
	 */
	fail(index: number, thrown: unknown, isFinal = false): void {
		const { context, redact } = this;
		const error = nodeError(context.getNode(), thrown, redact, index);
		if (isFinal) this.known.set(index, { thrown: keepable(thrown, redact) });
		if (context.getExecutionCancelSignal()?.aborted || !context.continueOnFail()) {
			this.isOver = true;
			throw error;
		}
		// n8n reads an item that holds nothing but `error` as a failed one, and cuts down an error object to its first half.
		this.output[index] = [{ json: { error: sentenceOf(error) }, pairedItem: { item: index } }];
		this.progress.item(index, 'failed');
	}

	/** A run that stops half way says how far it came: the person has to know what not to do again. */
	async counted<T>(work: () => Promise<T>): Promise<T> {
		const ended = await attempt(work);
		if ('made' in ended) return ended.made;
		const { thrown } = ended;
		const count = this.context.getInputData().length;
		if (count > 1 && (thrown instanceof NodeApiError || thrown instanceof NodeOperationError)) {
			const soFar = `${this.finished} of ${count} items had been done by then.`;
			const others = this.unknownBeside(thrown.context.itemIndex);
			thrown.description = [thrown.description, soFar, others].filter(Boolean).join(' ');
		}
		throw thrown;
	}

	/** The sentence about all items that may have been done but the one that is told of: they were under way beside it. */
	private unknownBeside(told: unknown): string | undefined {
		const indices = [...this.known]
			.filter(([index, result]) => 'thrown' in result && index !== told)
			.map(([index]) => index)
			.sort((one, other) => one - other);
		const last = indices.pop();
		if (last === undefined) return undefined;
		const all = indices.length > 0 ? `Items ${indices.join(', ')} and ${last}` : `Item ${last}`;
		return `${all} may have worked as well: look before you run this again.`;
	}
}
