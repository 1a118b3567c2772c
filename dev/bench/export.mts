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
/** Each in an n8n of its own: when a process gives back what nobody holds any more is a matter of chance. */
const memoryRuns = 3;
/** A page, which is read before memory is looked at: an n8n that is up has its code loaded. */
const firstPage = 1000;
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
	/** Most memory before it, and how much more at most. Bytes. */
	idle: number;
	more: number;
	/** Whether the file has, byte for byte, what the same node gives as items. */
	isSame?: boolean;
}

type Range = [from: string, to: string];

interface Contender {
	name: string;
	/** @param mostPages what the list has in the range; where that cannot be asked for, so many pages */
	nodes(setup: Setup, range: Range, mostPages?: number): Promise<WorkflowNode[]>;
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

/** What n8n has on disk of an item's file, and what the same node gives as items, are the same. */
async function isSameAsItems(setup: Setup, range: Range, ran: Execution): Promise<boolean> {
	const { n8n } = setup.tested;
	const [item] = itemsOf(ran, 'Node');
	const again = await n8n.run(chain('Items', [manualTrigger, ours(setup, range)]), running);
	const lines = createHash('sha256');
	for (const { json } of itemsOf(again, 'Node')) lines.update(`${JSON.stringify(json)}\n`);
	return (await digest(n8n.folder, item)) === lines.digest('hex');
}

/**
 * Memory in the first run of so many in an n8n that has read one page, since the most memory of a process is never
 * taken back; time in the runs behind it, since an n8n that is up for weeks has its code compiled.
 * @param isTimed whether time is measured, too, and the file looked into
 */
async function measure(contender: Contender, size: number, isTimed = false): Promise<Taken> {
	const { name, nodes, isFile } = contender;
	say(`${name}, ${size.toLocaleString('en')}`);
	const setup = await Setup.start({}, {}, onDisk);
	try {
		const [from, to] = lastDays();
		setup.simulator.vendor.seedInteractions({ count: size, from, to });
		const { n8n } = setup.tested;
		const last = Date.parse(to) - ((Date.parse(to) - Date.parse(from)) * firstPage) / size;
		const page = await nodes(setup, [new Date(last).toISOString(), to], 1);
		await n8n.run(chain('One page', [manualTrigger, ...page]), running);
		const idle = await peakBytes(n8n.pid);
		const made = await nodes(setup, [from, to]);
		const ran = await n8n
			.run(chain(name, [manualTrigger, ...made]), running)
			.catch((error: Error) => error);
		// A process that ran out of memory is gone.
		const peak = await peakBytes(n8n.pid).catch(() => Number.NaN);
		const error = ran instanceof Error ? ran.message : ran.error?.message;
		if (ran instanceof Error || error !== undefined)
			return { count: size, error, seconds: Number.NaN, more: peak - idle, idle };
		const times = [secondsOf(ran, made)];
		for (let round = 0; isTimed && round < timedRuns; round++) {
			const workflow = chain(name, [manualTrigger, ...made]);
			times[round] = secondsOf(await n8n.run(workflow, running), made);
		}
		const taken = { count: size, seconds: median(times), more: peak - idle, idle };
		if (!isFile || !isTimed) return taken;
		return { ...taken, isSame: await isSameAsItems(setup, [from, to], ran) };
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

/** @returns of several runs the one with the median of memory; with the time of the first, where that is measured */
async function measureOften(contender: Contender, size = count): Promise<Taken> {
	const first = await measure(contender, size, size === count);
	const runs = [first];
	while (runs.length < memoryRuns) runs.push(await measure(contender, size));
	const { seconds, isSame } = first;
	runs.sort((a, b) => a.more - b.more);
	const middle = runs[Math.floor(memoryRuns / 2)] as Taken;
	return { ...middle, seconds, ...(isSame !== undefined && { isSame }) };
}

/** A list of any length as a file: how much memory it takes above what n8n holds before. */
const bench: Bench = {
	title: `Export: ${count.toLocaleString('en')} interactions of Zenvia Sales as a file`,
	async run() {
		const own = await measureOften(file);
		const http = await measureOften(others);
		const asItems = await measureOften(items);
		const rows: Array<[Contender, Taken]> = [
			[file, own],
			[others, http],
			[items, asItems],
		];
		const ratio = own.more / http.more;
		const time = own.seconds / asItems.seconds;
		const claims: Claim[] = [
			{
				claim: 'The file has byte for byte the records that Items give',
				measured: own.isSame ? 'the same SHA-256' : `another SHA-256 ${own.error ?? ''}`,
				holds: own.isSame === true,
			},
			{
				claim: `Above what n8n holds before, at most ${mostOfHttpRequest} of the memory of HTTP Request and Convert to File`,
				measured: `${megabytes(own.more)} MB, ${ratio.toFixed(2)} of it`,
				holds: ratio <= mostOfHttpRequest,
			},
			{
				claim: `At most ${mostOfItemsTime} of the time of Items`,
				measured: `${time.toFixed(2)} of it`,
				holds: time <= mostOfItemsTime,
			},
		];
		if (isLong) {
			const tenfold = await measureOften(file, count * 10);
			rows.push([file, tenfold], [others, await measure(others, count * 10)]);
			const growth = tenfold.more / own.more;
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
				megabytes(taken.more),
				taken.error ?? 'well',
			]),
			claims,
		};
	},
};

export default bench;
