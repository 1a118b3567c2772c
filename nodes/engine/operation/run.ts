import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { ApiError, nodeError } from '../http/apiError';
import type { Client } from '../http/client';
import { type Clients, openClients } from '../http/clients';
import { isRepeatable, reads, type Request } from '../http/request';
import type { Vendor } from '../http/vendor';
import { waitFor } from '../sendAndWait/question';
import { attempt } from '../util/attempt';
import { forEachBounded } from '../util/forEachBounded';
import { KeyedMutex } from '../util/mutex';
import { dryItem, isHeldBack, told, toldOfFollowing } from './dryRun';
import { durationOf } from './duration';
import { skippedRow } from './emptyRow';
import { isTool } from './readForm';
import { tellDry, withinMost } from './mostItems';
import { chunks } from './items';
import { listFile } from './listFile';
import { unmadeId } from './lookups';
import { OnlyNew } from './onlyNew';
import { type BatchOperation, one, type Operation } from './operation';
import { prepare, type Task } from './prepare';
import { Progress } from './progress';
import { type Answered, Resolver } from './resolve';
import { Results } from './results';
import { fileWanted } from './returnAs';
import { shapeOf } from './simplify';
import { type Tries, triesOf } from './tries';

/** Requests with a file that are under way at once: each may hold all of it in memory. */
const mostFilesAtOnce = 10;
/** Most keys that are served at once; the others wait. */
const mostClientsAtOnce = 10;

/** One run of a node: who sends what, side by side and in which order. */
export class Run {
	private readonly isTool: boolean;
	private readonly signal: AbortSignal | undefined;
	private readonly tries: Tries;
	private readonly resolver: Resolver;
	private readonly onlyNew: OnlyNew;
	private readonly progress: Progress;
	private readonly results: Results;
	/** The items of a dry run that a real one would write for. */
	private readonly held: Task[] = [];

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly vendor: Vendor,
		private readonly chosen: Operation | BatchOperation,
		private readonly list: string,
	) {
		this.isTool = isTool(context);
		this.signal = context.getExecutionCancelSignal();
		this.tries = triesOf(context);
		this.onlyNew = new OnlyNew(context, this.tries.marks);
		this.progress = new Progress(context, context.getInputData().length);
		const shape = (task: Task) => shapeOf(chosen.output, task);
		this.results = new Results(context, this.tries.results, shape, this.progress);
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
		const { context, chosen, results, tries } = this;
		const left = await results.counted(async () => results.recall());
		const clients = await this.open(left);
		results.redact = clients.redact;
		const { tasks, rejected, emptyRows } = prepare(context, chosen, left, clients, tries.notices);
		results.reject(rejected);
		this.passOn(emptyRows);
		const allowed = withinMost(context, chosen, tasks, results);
		const unresolved = await this.resolver.look(allowed);
		results.reject(unresolved);
		const lost = new Set(unresolved.map(({ index }) => index));
		const ready = allowed.filter(({ index }) => !lost.has(index));
		try {
			await results.counted(async () => await this.send(ready));
			const ended = await attempt(async () => this.onlyNew.end());
			// Else n8n hands on the input of a node that is set to continue, as if it had been read.
			// Those of earlier tries too, which this one only recalls.
			if ('thrown' in ended)
				for (const index of tries.results.keys()) results.fail(index, ended.thrown);
		} finally {
			this.onlyNew.close();
		}
		tries.notices.show(context, results.redact);
		tellDry(context, chosen, { tasks: allowed, writing: this.held });
		this.progress.summarize();
		return results.items();
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

	/**
	 * Empty rows give nothing, as if the table did not have them. Where it has no others, each gives an item: n8n ends
	 * a Loop Over Items in which a node gives nothing, in green, and leaves the rows behind.
	 */
	private passOn(emptyRows: readonly number[]): void {
		if (emptyRows.length < this.context.getInputData().length) return;
		for (const item of emptyRows)
			this.results.done(item, [{ json: { ...skippedRow }, pairedItem: { item } }]);
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
		this.progress.expects(durationOf(tasks.filter(({ guards }) => !guards.isDry)));
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
		const { targetsOneRecord, path } = request;
		// The same person's items keep their order, whether they create or update.
		const people = task.ifExists?.contacts.map(({ lookup }) => lookup.key);
		const lockKey = people ?? request.lockKey ?? (targetsOneRecord ? path : undefined);
		const work = async () => await this.sendItem(chosen, task, request);
		const isRead = reads(request) && !chosen.follow;
		if (lockKey === undefined || isRead) await work();
		else await writes.serialize(lockKey, work);
	}

	/** Whether an item has all that its request needs; otherwise it has its answer. */
	private async completed(chosen: Operation, task: Task): Promise<boolean> {
		if (task.lookups.size === 0 && !chosen.first) return true;
		if (this.results.isOver) return false;
		try {
			const instead = await this.complete(chosen, task);
			if (!instead) return true;
			this.store(task, { skipped: instead }, () => [instead]);
		} catch (thrown) {
			this.results.fail(task.index, thrown, thrown instanceof ApiError && thrown.mayBeDone);
		}
		return false;
	}

	/** @returns what the item comes out as where it is passed over */
	private async complete(chosen: Operation, task: Task): Promise<IDataObject | undefined> {
		const instead = await this.resolver.complete(task);
		const first = instead ? undefined : chosen.first?.(task.values);
		// Of somebody whom a dry run does not make, there is nothing to be read.
		if (first && task.found?.id === unmadeId) task.seen = {};
		else if (first) [task.seen] = await task.client.send(first, one().records);
		return instead;
	}

	private async sendItem(chosen: Operation, task: Task, request: Request): Promise<void> {
		if (this.results.isOver) return;
		const { progress, tries } = this;
		const { index, client, values } = task;
		const wanted = this.isTool ? undefined : fileWanted(values);
		const asked = { client, request, output: chosen.output, values, progress };
		let isDone = false;
		try {
			if (wanted) {
				const { context, list, signal } = this;
				const how = { wanted, list, signal, notices: tries.notices };
				const items = await this.onlyNew.file(
					asked,
					async (pages) => await listFile(context, chosen, task, request, { ...how, pages }),
				);
				return this.results.done(index, items);
			}
			const ask = async (one = request, instead?: string) => {
				if (isHeldBack(task, one)) return [await told(chosen, task, one, instead)];
				const found = await this.onlyNew.records({ ...asked, request: one });
				const { follow } = chosen;
				if (!follow) return found;
				const goOn = async () => await follow(client, found, values);
				return task.guards.isDry ? [await toldOfFollowing(chosen, task, one, goOn)] : await goOn();
			};
			const answer = await this.resolver.answer(task, ask);
			isDone = true;
			const { mapRecord = (each: IDataObject) => each } = chosen;
			this.store(task, answer, (records) => {
				const mapped = records
					.map((each) => mapRecord(each, values, request))
					.filter((each) => each !== undefined);
				for (const what of mapped.map((each) => chosen.notice?.(each)))
					if (what !== undefined) tries.notices.add({ index, what });
				return mapped;
			});
			if (task.wait && !task.guards.isDry) await waitFor(this.context, task.wait);
		} catch (thrown) {
			isDone ||= thrown instanceof ApiError && thrown.mayBeDone;
			this.results.fail(index, thrown, isDone && !isRepeatable(request));
		}
	}

	/** Keeps what an item came to; of a dry run nothing is known to the next try. @param map has the last look at records */
	private store(
		task: Task,
		answer: Answered,
		map: (records: IDataObject[]) => IDataObject[],
	): void {
		const { results } = this;
		if (task.guards.isDry) {
			results.tell(task.index, dryItem(answer));
			if (!('skipped' in answer)) this.held.push(task);
		} else results.store(task, 'skipped' in answer ? [answer.skipped] : map(answer.records));
	}

	private async sendBatch(client: Client, chosen: BatchOperation, tasks: Task[]): Promise<void> {
		if (this.results.isOver) return;
		try {
			const all = tasks.map(({ values }) => values);
			const records = await client.send(chosen.batch(all), chosen.output.records);
			const shares = chosen.distribute(records, all);
			tasks.forEach((task, n) => this.results.store(task, shares[n] ?? []));
		} catch (thrown) {
			for (const { index } of tasks) this.results.fail(index, thrown);
		}
	}
}
