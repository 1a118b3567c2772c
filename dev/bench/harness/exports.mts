import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Execution, hasEnded, type Item, itemsOf } from '../../n8n/execution.mts';
import { chain, manualTrigger, type WorkflowNode } from '../../n8n/workflow.mts';
import { withEditor } from '../../n8n/harness.mts';
import { until } from '../../n8n/until.mts';
import { Setup } from '../../vendors/zenviaSales/n8n.mts';
import { httpRequest, lastDays, ours, peakBytes } from './interactions.mts';
import { median } from './measure.mts';
import { say } from './say.mts';

/** Odd, so that the median is a run that was. */
const timedRuns = 5;
/** A page, which is read before memory is looked at: an n8n that is up has its code loaded. */
const firstPage = 1000;
/** n8n is asked seldom, since each answer costs it memory, too. */
const running = { timeout: 1_800_000, lookEveryMs: 2000 };

/** What an export is measured in. */
export interface Conditions {
	/** n8n's heap, in MB; V8's own choice, if not said. */
	heap?: number;
	/** Whether somebody looks at the run, as in the editor: n8n then gives all of its items away as JSON, besides. */
	isWatched?: boolean;
	/** The folder of the package under test; this project if not said. */
	project?: string;
}
const onDisk = { N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' };

/** What an export took. */
export interface Taken {
	count: number;
	/** What went wrong, if it did. */
	error?: string;
	seconds: number;
	/** Most memory before it, and how much more at most. Bytes. */
	idle: number;
	more: number;
}

type Range = [from: string, to: string];

/** One way to export. */
export interface Contender {
	name: string;
	/** @param mostPages what the list has in the range; where that cannot be asked for, so many pages */
	nodes(setup: Setup, range: Range, mostPages?: number): Promise<WorkflowNode[]>;
}

export const file: Contender = {
	name: 'This node, Return As File',
	nodes: async (setup, range) => [ours(setup, range, { returnAs: 'file', fileFormat: 'jsonl' })],
};
export const items: Contender = {
	name: 'This node, Return As Items',
	nodes: async (setup, range) => [ours(setup, range)],
};
export const others: Contender = {
	name: 'HTTP Request, its own pagination, and Convert to File',
	nodes: async (setup, _range, mostPages) => [
		await httpRequest(setup, mostPages),
		{
			name: 'Convert',
			type: 'n8n-nodes-base.convertToFile',
			typeVersion: 1.1,
			parameters: { operation: 'toJson', mode: 'once', options: {} },
		},
	],
};

/** An n8n that keeps files on disk, and so many interactions in Zenvia. */
async function start(
	size: number,
	{ heap, project }: Conditions = {},
): Promise<{ setup: Setup; range: Range }> {
	const bounded: Record<string, string> = heap
		? { NODE_OPTIONS: `--max-old-space-size=${heap}` }
		: {};
	const setup = await Setup.start({}, {}, { ...withEditor, ...onDisk, ...bounded }, project);
	const [from, to] = lastDays();
	setup.simulator.vendor.seedInteractions({ count: size, from, to });
	return { setup, range: [from, to] };
}

/** Runs nodes to their end. @returns seconds, and what went wrong, where it did */
async function ranBy(
	{ tested: { n8n } }: Setup,
	name: string,
	made: WorkflowNode[],
	isWatched: boolean,
): Promise<Pick<Taken, 'seconds' | 'error'>> {
	const workflow = await n8n.createWorkflow(chain(name, [manualTrigger, ...made]));
	if (isWatched) {
		const ran = await n8n.run(workflow, running);
		return { seconds: secondsOf(ran, made), ...(ran.error && { error: ran.error.message }) };
	}
	const id = await n8n.begin(workflow);
	// n8n's list of executions tells how one ended, without its items.
	const ended = await until(
		async () =>
			(await n8n.executions(workflow.id)).find((one) => one.id === id && hasEnded(one.status)),
		() => `${name} has not ended`,
		running.timeout,
		running.lookEveryMs,
	);
	const seconds =
		(Date.parse(String(ended.stoppedAt)) - Date.parse(String(ended.startedAt))) / 1000;
	return { seconds, ...(ended.status !== 'success' && { error: ended.status }) };
}

/**
 * Memory in the first run of so many in an n8n that has read one page, since the most memory of a process is never
 * taken back.
 */
export async function measure(
	{ name, nodes }: Contender,
	size: number,
	conditions: Conditions = {},
): Promise<Taken> {
	const { heap, isWatched = false } = conditions;
	const how = `${isWatched ? ', somebody looks' : ''}${heap ? `, in a heap of ${heap} MB` : ''}`;
	say(`${name}, ${size.toLocaleString('en')}${how}`);
	const { setup, range } = await start(size, conditions);
	try {
		const [from, to] = range;
		const { pid } = setup.tested.n8n;
		const last = Date.parse(to) - ((Date.parse(to) - Date.parse(from)) * firstPage) / size;
		const page = await nodes(setup, [new Date(last).toISOString(), to], 1);
		await ranBy(setup, 'One page', page, isWatched);
		const idle = await peakBytes(pid);
		const ran = await ranBy(setup, name, await nodes(setup, range), isWatched).catch(
			(error: Error) => ({ seconds: Number.NaN, error: error.message }),
		);
		// A process that ran out of memory is gone.
		const peak = await peakBytes(pid).catch(() => Number.NaN);
		return { count: size, more: peak - idle, idle, ...ran };
	} finally {
		await setup.close();
	}
}

/** A file and items, in turn in one n8n whose code is compiled, since an n8n is up for weeks. */
export async function compare(
	count: number,
): Promise<{ fileSeconds: number; itemsSeconds: number; isSame: boolean }> {
	say(`${file.name} and Items in turn`);
	const { setup, range } = await start(count);
	try {
		const { n8n } = setup.tested;
		const taken = new Map<Contender, number[]>([
			[file, []],
			[items, []],
		]);
		let isSame = true;
		for (let round = 0; round <= timedRuns; round++) {
			const ran: Execution[] = [];
			for (const [contender, times] of taken) {
				const made = await contender.nodes(setup, range);
				const one = await n8n.run(chain(contender.name, [manualTrigger, ...made]), running);
				ran.push(one);
				if (round > 0) times.push(secondsOf(one, made));
			}
			const [asFile, asItems] = ran.map((one) => itemsOf(one, 'Node'));
			const lines = createHash('sha256');
			for (const { json } of asItems ?? []) lines.update(`${JSON.stringify(json)}\n`);
			isSame &&= (await digest(n8n.folder, asFile?.[0])) === lines.digest('hex');
		}
		const [fileSeconds = Number.NaN, itemsSeconds = Number.NaN] = [...taken.values()].map(median);
		return { fileSeconds, itemsSeconds, isSame };
	} finally {
		await setup.close();
	}
}

/** How long these nodes took. */
const secondsOf = ({ nodes }: Execution, made: readonly WorkflowNode[]): number =>
	made.reduce((sum, { name }) => sum + (nodes[name]?.at(-1)?.executionTime ?? Number.NaN), 0) /
	1000;

/** What n8n has on disk of an item's file. */
async function digest(folder: string, item: Item | undefined): Promise<string> {
	const { id = '' } = (item?.binary?.data ?? {}) as { id?: string };
	const paths = await readdir(folder, { recursive: true });
	const path = paths.find((one) => id !== '' && one.endsWith(id.split('/').at(-1) ?? ''));
	if (path === undefined) throw new Error(`n8n has no file ${id}.`);
	const hash = createHash('sha256');
	await pipeline(createReadStream(join(folder, path)), hash);
	return hash.digest('hex');
}
