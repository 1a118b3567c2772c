import {
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import type { Vendor } from '../http/vendor';
import { KeyedMutex } from '../util/mutex';
import { connect, type Client } from '../http/client';
import { Form, isTool } from './form';
import { checkLength } from './queryLength';
import type { BatchOperation, Operation, Output, Resource } from './operation';
import { collect } from '../pagination/pages';
import { nodeError } from '../http/apiError';
import type { Request } from '../http/request';
import { quote } from '../util/text';
import { forEachBounded } from '../util/forEachBounded';

/** Requests under way at once where the vendor's vendor.ts says nothing. */
const defaultConcurrency = 10;

type Values = Record<string, unknown>;

/** What one run of a node knows. */
interface Run {
	context: IExecuteFunctions;
	client: Client;
	node: INode;
	isTool: boolean;
	writes: KeyedMutex;
	answers: INodeExecutionData[][];
	finished: number;
	/** Whether an item's failure ends it: nothing new begins. */
	isOver: boolean;
}

/** An input item whose form is filled in well; its request is left out where a batch makes it. */
interface Task {
	index: number;
	values: Values;
	request?: Request;
}

/**
 * Runs the chosen operation for every input item: bounded concurrency, answers in the order of the
 * items, each linked to the item it belongs to.
 * @throws NodeApiError or NodeOperationError for the first item that did not end well, unless the node
 * is set to continue, or an AI agent runs it: what is thrown ends an agent's run in n8n 1.x, and in 2.x
 * the agent is told the first half of it
 */
export async function execute(
	context: IExecuteFunctions,
	vendor: Vendor,
	resources: readonly Resource[],
): Promise<INodeExecutionData[][]> {
	return await runOperation(context, vendor, resources).catch((thrown: unknown) =>
		toldAgent(context, thrown),
	);
}

/** @throws what was thrown, unless it is for an AI agent to act on */
function toldAgent(context: IExecuteFunctions, thrown: unknown): INodeExecutionData[][] {
	const isRefusal = thrown instanceof NodeApiError || thrown instanceof NodeOperationError;
	const isEnded =
		context.getExecutionCancelSignal()?.aborted || context.getNode().onError === 'stopWorkflow';
	if (!isTool(context) || !isRefusal || isEnded) throw thrown;
	return [[{ json: { error: sentenceOf(thrown) }, pairedItem: { item: 0 } }]];
}

/** n8n tells an AI agent of no items with an empty text, which reads as if the tool were broken. */
const nothingFound: INodeExecutionData = {
	json: { result: 'Nothing was found.' },
	pairedItem: { item: 0 },
};

async function runOperation(
	context: IExecuteFunctions,
	vendor: Vendor,
	resources: readonly Resource[],
): Promise<INodeExecutionData[][]> {
	const chosen = chosenOperation(context, resources);
	const node = context.getNode();
	const signal = context.getExecutionCancelSignal();
	const client = await openConnection(context, vendor, node, signal);
	const run: Run = {
		context,
		client: client,
		node,
		isTool: isTool(context),
		writes: new KeyedMutex(),
		answers: [],
		finished: 0,
		isOver: false,
	};
	const tasks = prepare(run, chosen);
	const size = 'batchSize' in chosen ? chosen.batchSize : 1;
	const groups = Array.from({ length: Math.ceil(tasks.length / size) }, (_, n) =>
		tasks.slice(n * size, (n + 1) * size),
	);
	const work = async (group: Task[]) =>
		'batchSize' in chosen ? await runBatch(run, chosen, group) : await runGroup(run, chosen, group);
	const failure = await forEachBounded(
		groups,
		vendor.concurrency ?? defaultConcurrency,
		work,
		signal,
	);
	// n8n ends a cancelled run itself, as cancelled; what is thrown here would make it a failed one.
	if (failure && !signal?.aborted)
		throw withCount(failure.thrown, run.finished, context.getInputData().length);
	const answers = run.answers.flat();
	return [run.isTool && answers.length === 0 ? [nothingFound] : answers];
}

/**
 * Reads the forms of all items before anything is sent, so that a wrong value in the last row of a list
 * does not leave the rest of it half done.
 */
function prepare(run: Run, chosen: Operation | BatchOperation): Task[] {
	const form = new Form(run.context, chosen);
	const tasks: Task[] = [];
	const refused: Array<{ index: number; thrown: unknown }> = [];
	for (let index = 0; index < run.context.getInputData().length; index++) {
		try {
			const values = form.read(index);
			const request = 'batchSize' in chosen ? undefined : chosen.request(values);
			if (request) checkLength(request, chosen.fields);
			tasks.push({ index, values, request });
		} catch (thrown) {
			refused.push({ index, thrown });
		}
	}
	const [first, ...others] = refused;
	if (first && !run.context.continueOnFail()) {
		const error = nodeError(run.node, first.thrown, run.client.redact, first.index);
		const more = others.length > 0 ? `${others.length} more items do not fit either. ` : '';
		error.description = `${more}Nothing has been sent.`;
		throw error;
	}
	for (const { index, thrown } of refused) fail(run, index, thrown);
	return tasks;
}

/** A run that stops half way says how far it came: the person has to know what not to do again. */
function withCount(thrown: unknown, finished: number, count: number): unknown {
	if (count > 1 && (thrown instanceof NodeApiError || thrown instanceof NodeOperationError)) {
		const sofar = `${finished} of ${count} items had been done by then.`;
		thrown.description = [thrown.description, sofar].filter(Boolean).join(' ');
	}
	return thrown;
}

function chosenOperation(
	context: IExecuteFunctions,
	resources: readonly Resource[],
): Operation | BatchOperation {
	const resource = context.getNodeParameter('resource', 0);
	const operation = context.getNodeParameter('operation', 0);
	const chosen = resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);
	if (chosen) return chosen;
	const what = `There is no operation ${quote(operation)} for ${quote(resource)}`;
	throw new NodeOperationError(context.getNode(), what, { description: 'Choose one in the node.' });
}

async function openConnection(
	context: IExecuteFunctions,
	vendor: Vendor,
	node: INode,
	signal?: AbortSignal,
): Promise<Client> {
	try {
		return await connect(context, vendor, signal);
	} catch (thrown) {
		throw nodeError(node, thrown);
	}
}

/** Writes to the same thing go one after the other. */
async function runGroup(run: Run, chosen: Operation, tasks: Task[]): Promise<void> {
	for (const task of tasks) {
		const request = task.request ?? chosen.request(task.values);
		const subject = request.lockKey ?? (request.targetsOneRecord ? request.path : undefined);
		const work = async () => await runItem(run, chosen, task, request);
		if (subject === undefined || request.method === 'GET') await work();
		else await run.writes.serialize(subject, work);
	}
}

async function runItem(run: Run, chosen: Operation, task: Task, request: Request): Promise<void> {
	await orFail(run, [task], async () => {
		const { index, values } = task;
		const records = await recordsOf(run.client, request, chosen.output, values);
		const { mapRecord: finish } = chosen;
		const finished = finish
			? records.map((record) => finish(record, values)).filter((record) => record !== undefined)
			: records;
		storeResult(run, index, finished, chosen, values);
	});
}

async function runBatch(run: Run, chosen: BatchOperation, tasks: Task[]): Promise<void> {
	await orFail(run, tasks, async () => {
		const all = tasks.map(({ values }) => values);
		const records = await run.client.send(chosen.batch(all), chosen.output.records);
		const shares = chosen.distribute(records, all);
		tasks.forEach(({ index, values }, n) =>
			storeResult(run, index, shares[n] ?? [], chosen, values),
		);
	});
}

/** Does the work of some items, unless the run is over; what it throws is the failure of each of them. */
async function orFail(run: Run, tasks: Task[], work: () => Promise<void>): Promise<void> {
	if (run.isOver) return;
	try {
		await work();
	} catch (thrown) {
		for (const { index } of tasks) fail(run, index, thrown);
	}
}

async function recordsOf(
	client: Client,
	request: Request,
	output: Output,
	values: Values,
): Promise<IDataObject[]> {
	const { send } = client;
	if (!output.pages) {
		const records = await send(request, output.records);
		const { ifNothing } = request;
		if (records.length > 0 || !ifNothing) return records;
		return await recordsOf(client, ifNothing, output, values);
	}
	const { returnAll, limit } = values;
	const wanted = returnAll === false && typeof limit === 'number' ? limit : Infinity;
	const read = async (page: Request) =>
		await send(page, (body) => ({ records: output.records(body), body }));
	return await collect(output.pages(read, request, wanted), wanted);
}

function storeResult(
	run: Run,
	index: number,
	records: IDataObject[],
	{ output }: Pick<Operation, 'output'>,
	{ simplify: wanted }: Values,
): void {
	const simplify = output.simplify ?? (run.isTool ? output.simplifyForAgent : undefined);
	const kept =
		simplify && wanted === true ? records.map((record) => pick(record, simplify)) : records;
	run.answers[index] = kept.map((json) => ({ json, pairedItem: { item: index } }));
	run.finished++;
}

/** Simplify drops fields of the vendor's; what the node itself says of a record, such as a warning, stays. */
function pick(record: IDataObject, names: readonly string[]): IDataObject {
	return Object.fromEntries(
		[...names, 'warning'].filter((name) => name in record).map((name) => [name, record[name]]),
	);
}

/** Keeps an item's failure as its answer where the node is set to continue; otherwise it ends the run. */
function fail(run: Run, index: number, thrown: unknown): void {
	const { context, client: client, node } = run;
	const error = nodeError(node, thrown, client.redact, index);
	if (context.getExecutionCancelSignal()?.aborted || !context.continueOnFail()) {
		run.isOver = true;
		throw error;
	}
	run.answers[index] = [{ json: { error: sentenceOf(error) }, pairedItem: { item: index } }];
}

/**
 * What went wrong and what to do, in one text: n8n reads an item that holds nothing but `error` as a
 * failed one, and cuts down an item that has an error object to the first half.
 */
function sentenceOf({ message, description }: NodeApiError | NodeOperationError): string {
	if (!description) return message;
	return `${message}${/[.!?]$/.test(message) ? '' : '.'} ${description}`;
}
