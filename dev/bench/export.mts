import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Execution, type Item, itemsOf } from '../n8n/execution.mts';
import { chain, manualTrigger, type WorkflowNode } from '../n8n/workflow.mts';
import { Setup } from '../vendors/zenviaSales/n8n.mts';
import type { Bench, Claim } from './bench.mts';
import { httpRequest, lastDays, megabytes, ours, peakBytes } from './harness/interactions.mts';
import { median } from './harness/measure.mts';
import { numberOption } from './harness/options.mts';
import { say } from './harness/say.mts';

/** `--count=20000` is a first look. */
const count = numberOption('count', 100_000);
/** With `--long`, ten times as many besides. */
const isLong = process.argv.includes('--long');
/** Odd, so that the median is a run that was. */
const timedRuns = 3;
/** n8n is asked seldom, since each answer costs it memory, too. */
const running = { timeout: 1_800_000, lookEveryMs: 2000 };
const onDisk = { N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' };

const mostOfHttpRequest = 0.1;
const mostOfTenth = 1.5;
const mostOfItemsTime = 1.1;

interface Taken {
	count: number;
	/** What went wrong, if it did. */
	error?: string;
	/** The median of the runs that are timed. */
	seconds: number;
	idle: number;
	peak: number;
	/** Whether the file has, byte for byte, what the same node gives as items. */
	isSame?: boolean;
}

type Range = [from: string, to: string];

interface Contender {
	name: string;
	nodes(setup: Setup, range: Range): Promise<WorkflowNode[]>;
	isFile?: boolean;
}

const file: Contender = {
	name: 'This node, Return As File',
	nodes: async (setup, range) => [ours(setup, range, { returnAs: 'file', fileFormat: 'jsonl' })],
	isFile: true,
};
const items: Contender = {
	name: 'This node, Return As Items',
	nodes: async (setup, range) => [ours(setup, range)],
};
const others: Contender = {
	name: 'HTTP Request, its own pagination, and Convert to File',
	nodes: async (setup) => [
		await httpRequest(setup),
		{
			name: 'Convert',
			type: 'n8n-nodes-base.convertToFile',
			typeVersion: 1.1,
			parameters: { operation: 'toJson', mode: 'once', options: {} },
		},
	],
};

/**
 * Memory in the first run of an n8n that has just started, since the most memory of a process is never taken back;
 * time in the runs behind it, since an n8n that is up for weeks has its code compiled.
 */
async function measure({ name, nodes, isFile }: Contender, size: number): Promise<Taken> {
	say(`${name}, ${size.toLocaleString('en')}`);
	const setup = await Setup.start({}, {}, onDisk);
	try {
		const [from, to] = lastDays();
		setup.simulator.vendor.seedInteractions({ count: size, from, to });
		const made = await nodes(setup, [from, to]);
		const { n8n } = setup.tested;
		const idle = await peakBytes(n8n.pid);
		const ran = await n8n
			.run(chain(name, [manualTrigger, ...made]), running)
			.catch((error: Error) => error);
		// A process that ran out of memory is gone.
		const peak = await peakBytes(n8n.pid).catch(() => Number.NaN);
		const error = ran instanceof Error ? ran.message : ran.error?.message;
		if (ran instanceof Error || error !== undefined)
			return { count: size, error, seconds: Number.NaN, idle, peak };
		const times = [secondsOf(ran, made)];
		for (let round = 0; size === count && round < timedRuns; round++) {
			const workflow = chain(name, [manualTrigger, ...made]);
			times[round] = secondsOf(await n8n.run(workflow, running), made);
		}
		const taken = { count: size, seconds: median(times), idle, peak };
		if (!isFile || size !== count) return taken;
		const [item] = itemsOf(ran, 'Node');
		const again = await n8n.run(chain('Items', [manualTrigger, ours(setup, [from, to])]), running);
		const lines = createHash('sha256');
		for (const { json } of itemsOf(again, 'Node')) lines.update(`${JSON.stringify(json)}\n`);
		return { ...taken, isSame: (await digest(n8n.folder, item)) === lines.digest('hex') };
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

const more = ({ peak, idle }: Taken): number => peak - idle;

/** A list of any length as a file: how much memory it takes above what n8n holds before. */
const bench: Bench = {
	title: `Export: ${count.toLocaleString('en')} interactions of Zenvia Sales as a file`,
	async run() {
		const own = await measure(file, count);
		const http = await measure(others, count);
		const asItems = await measure(items, count);
		const rows: Array<[Contender, Taken]> = [
			[file, own],
			[others, http],
			[items, asItems],
		];
		const ratio = more(own) / more(http);
		const time = own.seconds / asItems.seconds;
		const claims: Claim[] = [
			{
				claim: 'The file has byte for byte the records that Items give',
				measured: own.isSame ? 'the same SHA-256' : `another SHA-256 ${own.error ?? ''}`,
				holds: own.isSame === true,
			},
			{
				claim: `Above what n8n holds before, at most ${mostOfHttpRequest} of the memory of HTTP Request and Convert to File`,
				measured: `${megabytes(more(own))} MB, ${ratio.toFixed(2)} of it`,
				holds: ratio <= mostOfHttpRequest,
			},
			{
				claim: `At most ${mostOfItemsTime} of the time of Items`,
				measured: `${time.toFixed(2)} of it`,
				holds: time <= mostOfItemsTime,
			},
		];
		if (isLong) {
			const tenfold = await measure(file, count * 10);
			rows.push([file, tenfold], [others, await measure(others, count * 10)]);
			const growth = more(tenfold) / more(own);
			claims.push({
				claim: `Ten times as many take at most ${mostOfTenth} times as much memory`,
				measured: tenfold.error ?? `${growth.toFixed(2)} times`,
				holds: growth <= mostOfTenth,
			});
		}
		return {
			columns: [
				'Nodes',
				'Interactions',
				'Seconds (median)',
				'Memory before, MB',
				'More at most, MB',
				'Ended',
			],
			rows: rows.map(([{ name }, taken]) => [
				name,
				taken.count.toLocaleString('en'),
				taken.seconds.toFixed(1),
				megabytes(taken.idle),
				megabytes(more(taken)),
				taken.error ?? 'well',
			]),
			claims,
		};
	},
};

export default bench;
