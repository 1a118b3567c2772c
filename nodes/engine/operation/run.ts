import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import { ApiError, nodeError, sentenceOf } from '../http/apiError';
import type { Client } from '../http/client';
import { type Clients, openClients } from '../http/clients';
import { isRepeatable, type Request } from '../http/request';
import type { Vendor } from '../http/vendor';
import { attempt } from '../util/attempt';
import { forEachBounded } from '../util/forEachBounded';
import { KeyedMutex } from '../util/mutex';
import { isTool } from './form';
import { chunks, keepable, shapeOf } from './items';
import { type ListNames, listFile } from './listFile';
import { type BatchOperation, one, type Operation } from './operation';
import { OnlyNew } from './onlyNew';
import { prepare, type Rejected, rejectedError, type Task } from './prepare';
import { Progress } from './progress';
import { Resolver } from './resolve';
import { fileWanted } from './returnAs';
import { type Tries, triesOf } from './tries';

/** Requests with a file that are under way at once: each may hold all of it in memory. */
const mostFilesAtOnce = 10;
/** Most keys that are served at once; the others wait. */
const mostClientsAtOnce = 10;

/** One run of a node: its operation, and what became of each item. */
export class Run {
	private readonly isTool: boolean;
	private readonly signal: AbortSignal | undefined;
	private readonly tries: Tries;
	private readonly resolver: Resolver;
	private readonly onlyNew: OnlyNew;
	private readonly progress: Progress;
	/** What the items gave, by their index. */
	private readonly output: INodeExecutionData[][] = [];
	private finished = 0;
	/** Whether an item's failure ends it: nothing new begins. */
	private isOver = false;
	private redact = (text: string): string => text;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly vendor: Vendor,
		private readonly chosen: Operation | BatchOperation,
		private readonly list: ListNames,
	) {
		this.isTool = isTool(context);
		this.signal = context.getExecutionCancelSignal();
		this.tries = triesOf(context);
		this.onlyNew = new OnlyNew(context, this.tries.marks);
		this.progress = new Progress(context, context.getInputData().length);
		this.resolver = new Resolver(this.tries, {
			endsAtFirst: !context.continueOnFail(),
			signal: this.signal,
		});
	}

	/**
	 * Does what earlier tries of this run left to do.
	 * @returns what the items gave, in the order of the items, each linked to the item it belongs to
	 * @throws NodeApiError or NodeOperationError for the first item that did not end well, unless the node is set to
	 * continue
	 */
	async execute(): Promise<INodeExecutionData[]> {
		const { context, chosen, tries } = this;
		const left = await this.counted(async () => this.recall());
		const clients = await this.open(left);
		this.redact = clients.redact;
		const { tasks, rejected } = prepare(context, chosen, left, clients, tries.notices);
		this.reject(rejected);
		const unresolved = await this.resolver.look(tasks);
		this.reject(unresolved);
		const lost = new Set(unresolved.map(({ index }) => index));
		const ready = tasks.filter(({ index }) => !lost.has(index));
		try {
			await this.counted(async () => await this.send(ready));
			this.onlyNew.end();
		} finally {
			this.onlyNew.close();
		}
		tries.notices.show(context, this.redact);
		this.progress.summarize();
		return this.output.flat();
	}

	/** @throws NodeApiError or NodeOperationError about all of them, unless the node is set to continue */
	private reject(rejected: readonly Rejected[]): void {
		const { context, redact } = this;
		if (rejected.length > 0 && !context.continueOnFail())
			throw rejectedError(context, rejected, redact);
		for (const { index, thrown } of rejected) this.fail(index, thrown);
	}

	/** Takes what items gave in an earlier try. @returns the others */
	private recall(): number[] {
		const { results } = this.tries;
		for (const [index, result] of results) {
			if ('items' in result) this.keep(index, result.items);
		}
		for (const [index, result] of results) {
			if ('thrown' in result) this.fail(index, result.thrown);
		}
		return [...this.context.getInputData().keys()].filter((index) => !results.has(index));
	}

	/**
	 * Where the node is set to continue, a credential that cannot be used fails each item: n8n would hand on the input
	 * of a node that throws, without a word on it, as if all of it had been done.
	 */
	private async open(indices: readonly number[]): Promise<Clients> {
		const { context, vendor, signal } = this;
		const opened = await attempt(async () => await openClients(context, vendor, indices, signal));
		if ('made' in opened) return opened.made;
		const { thrown } = opened;
		if (signal?.aborted || !context.continueOnFail()) throw nodeError(context.getNode(), thrown);
		return {
			of: () => {
				throw thrown;
			},
			redact: (text) => text,
		};
	}

	/** Each key's items side by side with those of the others, at its own pace. */
	private async send(tasks: readonly Task[]): Promise<void> {
		const groups = new Map<Client, Task[]>();
		for (const task of tasks) {
			const own = groups.get(task.client);
			if (own) own.push(task);
			else groups.set(task.client, [task]);
			this.progress.uses(task.client);
		}
		await this.forEach([...groups], mostClientsAtOnce, async ([client, own]) => {
			await this.sendAll(client, own);
		});
	}

	private async sendAll(client: Client, tasks: readonly Task[]): Promise<void> {
		const { chosen } = this;
		const most = tasks.some(({ request }) => request?.file) ? mostFilesAtOnce : Infinity;
		const width = () => Math.min(most, client.width());
		if ('batchSize' in chosen) {
			await this.forEach(chunks(tasks, chosen.batchSize), width, async (batch) => {
				await this.sendBatch(client, chosen, batch);
			});
		} else {
			const writes = new KeyedMutex();
			await this.forEach(tasks, width, async (task) => await this.sendOne(writes, chosen, task));
		}
	}

	/** @throws what was thrown first, unless the run was cancelled: n8n ends it itself, as cancelled and not as failed */
	private async forEach<T>(
		list: readonly T[],
		width: number | (() => number),
		work: (one: T) => Promise<void>,
	): Promise<void> {
		const failure = await forEachBounded(list, width, work, this.signal);
		if (failure && !this.signal?.aborted) throw failure.thrown;
	}

	/** Writes to the same thing go one after the other. */
	private async sendOne(writes: KeyedMutex, chosen: Operation, task: Task): Promise<void> {
		if (!(await this.completed(chosen, task))) return;
		const { seen } = task;
		const request = (seen ? undefined : task.request) ?? chosen.request(task.values, seen);
		const { targetsOneRecord, path, method, repeatable } = request;
		// The same person's items keep their order, whether they create or update.
		const people = task.ifExists?.contacts.map(({ lookup }) => lookup.key);
		const lockKey = people ?? request.lockKey ?? (targetsOneRecord ? path : undefined);
		const work = async () => await this.sendItem(chosen, task, request);
		const isRead = method === 'GET' && repeatable !== false && !chosen.follow;
		if (lockKey === undefined || isRead) await work();
		else await writes.serialize(lockKey, work);
	}

	/** Whether an item has all that its request needs; otherwise it has its answer. */
	private async completed(chosen: Operation, task: Task): Promise<boolean> {
		if (task.lookups.size === 0 && !chosen.first) return true;
		if (this.isOver) return false;
		try {
			const instead = await this.complete(chosen, task);
			if (!instead) return true;
			this.store(task, [instead]);
		} catch (thrown) {
			this.fail(task.index, thrown, thrown instanceof ApiError && thrown.mayBeDone);
		}
		return false;
	}

	/** @returns what the item comes out as where it is passed over */
	private async complete(chosen: Operation, task: Task): Promise<IDataObject | undefined> {
		const instead = await this.resolver.complete(task);
		const first = instead ? undefined : chosen.first?.(task.values);
		if (first) [task.seen] = await task.client.send(first, one().records);
		return instead;
	}

	private async sendItem(chosen: Operation, task: Task, request: Request): Promise<void> {
		if (this.isOver) return;
		const { progress } = this;
		const { index, client, values } = task;
		const wanted = this.isTool ? undefined : fileWanted(values);
		let isDone = false;
		try {
			if (wanted) {
				const { context, list, signal, tries } = this;
				const how = { wanted, list, signal, notices: tries.notices, progress };
				this.done(index, [await listFile(context, chosen, task, request, how)]);
				return;
			}
			const ask = async (one = request) => {
				const found = await this.onlyNew.records(client, one, chosen.output, values, progress);
				return chosen.follow ? await chosen.follow(client, found, values) : found;
			};
			const answer = await this.resolver.answer(task, ask);
			isDone = true;
			const { mapRecord = (each: IDataObject) => each } = chosen;
			const records =
				'skipped' in answer
					? [answer.skipped]
					: answer.records.map((each) => mapRecord(each, values, request));
			this.store(
				task,
				records.filter((each) => each !== undefined),
			);
		} catch (thrown) {
			isDone ||= thrown instanceof ApiError && thrown.mayBeDone;
			this.fail(index, thrown, isDone && !isRepeatable(request));
		}
	}

	private async sendBatch(client: Client, chosen: BatchOperation, tasks: Task[]): Promise<void> {
		if (this.isOver) return;
		try {
			const all = tasks.map(({ values }) => values);
			const records = await client.send(chosen.batch(all), chosen.output.records);
			const shares = chosen.distribute(records, all);
			tasks.forEach((task, n) => this.store(task, shares[n] ?? []));
		} catch (thrown) {
			for (const { index } of tasks) this.fail(index, thrown);
		}
	}

	private store(task: Task, records: IDataObject[]): void {
		const shape = shapeOf(this.chosen.output, task, this.isTool);
		const { index } = task;
		this.done(
			index,
			records.map((record) => ({ json: shape(record), pairedItem: { item: index } })),
		);
	}

	private done(index: number, items: INodeExecutionData[]): void {
		this.tries.results.set(index, { items });
		this.keep(index, items);
	}

	private keep(index: number, items: INodeExecutionData[]): void {
		this.output[index] = items;
		this.finished++;
		this.progress.item();
	}

	/**
	 * Keeps an item's failure as its answer where the node is set to continue; otherwise it ends the run.
	 * @param isFinal whether the item must not be tried once more, since what it asks for may have been done
	 */
	private fail(index: number, thrown: unknown, isFinal = false): void {
		const { context, redact, signal } = this;
		const error = nodeError(context.getNode(), thrown, redact, index);
		if (isFinal) this.tries.results.set(index, { thrown: keepable(thrown, redact) });
		if (signal?.aborted || !context.continueOnFail()) {
			this.isOver = true;
			throw error;
		}
		// n8n reads an item that holds nothing but `error` as a failed one, and cuts down an error object to its first half.
		this.output[index] = [{ json: { error: sentenceOf(error) }, pairedItem: { item: index } }];
		this.progress.item();
	}

	/** A run that stops half way says how far it came: the person has to know what not to do again. */
	private async counted<T>(work: () => Promise<T>): Promise<T> {
		const ended = await attempt(work);
		if ('made' in ended) return ended.made;
		const { thrown } = ended;
		const count = this.context.getInputData().length;
		if (count > 1 && (thrown instanceof NodeApiError || thrown instanceof NodeOperationError)) {
			const soFar = `${this.finished} of ${count} items had been done by then.`;
			thrown.description = [thrown.description, soFar].filter(Boolean).join(' ');
		}
		throw thrown;
	}
}
