import type { Bench, Measurement } from './bench.mts';
import { apiKey, contenders, startBenchN8n, type Work } from './harness/contenders.mts';
import { besideEarlier, growthOf } from './harness/growthClaims.mts';
import { drawGrowth } from './harness/growthPlot.mts';
import { type Json, leads, measure } from './harness/measure.mts';
import { numberOption, textOption } from './harness/options.mts';
import { say } from './harness/say.mts';
import { SimulatorProcess } from './harness/simulator.mts';

/** `--most=10000` leaves out what is larger, for a first look. */
const most = numberOption('most', Infinity);
/**
 * Items, and how often this node is run with each, of which the least counts: the fewer items, the more a pause of
 * the machine adds. One item tells what an execution costs by itself, n8n's part of it included.
 */
const rounds = new Map(
	(
		[
			[1, 15],
			[100, 15],
			[1_000, 15],
			[10_000, 3],
			[100_000, 2],
		] as const
	).filter(([items]) => items <= most),
);
/** How many times less often the other nodes are run, at up to ten times the cost. */
const seldomer = 3;
const works: Work[] = ['create', 'get', 'getAll'];
const isLong = process.argv.includes('--long');
/** Most items that the other nodes get: at 3 to 5 ms an item, 100,000 take them minutes. */
const mostForOthers: Record<Work, number> = {
	create: isLong ? 100_000 : 10_000,
	get: isLong ? 100_000 : 10_000,
	getAll: 100_000,
};
/** The engine of declarative nodes sends everything at once: it is not given more. */
const mostForDeclarative = 10_000;
/** Items of each work before the first is measured: n8n is up for weeks, and its code is compiled by then. */
const warmUp: Record<Work, number[]> = {
	create: [10_000],
	get: [10_000],
	getAll: [100_000, 100_000, 100_000],
};
const perPage = 100;

/** One contender with one work and one number of items: the least of its rounds. */
export interface Growth {
	contender: string;
	work: Work;
	items: number;
	/** Milliseconds an item; undefined where it was not measured. */
	ms?: number;
	/** Most memory of n8n's process, in bytes. */
	peakBytes?: number;
}

const earlierName = 'This node, earlier build';

/**
 * How time and memory grow with the number of items: this node, HTTP Request and a declarative node; with
 * `--base=<folder of an earlier, built commit>`, that build's node, too.
 */
const growth: Bench = {
	title: 'Growth: 1 to 100,000 items on loopback, no latency, no limit',
	async run() {
		const simulator = await SimulatorProcess.start('saleswhale', { apiKey });
		try {
			const all: Growth[] = [];
			// Each in an n8n of its own, since the most memory of a process is never taken back.
			for (const index of [0, 1, 2] as const) all.push(...(await grow(simulator, index)));
			const base = textOption('base');
			if (base !== undefined) {
				const earlier = await grow(simulator, 0, base);
				all.push(...earlier.map((one) => ({ ...one, contender: earlierName })));
			}
			await drawGrowth(
				all.filter(({ contender, items }) => items > 1 && contender !== earlierName),
				works,
			);
			return summary(all);
		} finally {
			await simulator.stop();
		}
	},
};

/** @param project the folder of another build of this package, to run in its place */
async function grow(
	simulator: SimulatorProcess,
	index: 0 | 1 | 2,
	project?: string,
): Promise<Growth[]> {
	const test = await startBenchN8n({}, project);
	try {
		const make = await contenders(test, simulator.url, 0);
		const grown: Growth[] = [];
		for (const work of works) {
			for (const items of warmUp[work])
				await run(Math.min(items, mostFor(index, work), most), work);
		}
		for (const [items, times] of rounds) {
			for (const work of works) {
				const { name: contender } = make(work)[index];
				const isMeasured = items <= mostFor(index, work);
				const repeats = index === 0 ? times : Math.ceil(times / seldomer);
				const taken = isMeasured ? await repeat(repeats, async () => await run(items, work)) : {};
				grown.push({ contender, work, items, ...taken });
			}
		}
		return grown;

		async function run(items: number, work: Work) {
			const input = await prepare(simulator, items, work);
			const contender = make(work)[index];
			const taken = await measure(test, contender, input);
			// HTTP Request gives each page as one item.
			const isPaged = work === 'getAll' && contender.name === 'HTTP Request';
			const expected = isPaged ? Math.ceil(items / perPage) : items;
			if (taken.items !== expected) {
				const why = taken.error?.message ?? '';
				throw new Error(`${contender.name}, ${work}: ${taken.items} of ${expected} items. ${why}`);
			}
			const each = taken.ms / items;
			say(`${contender.name}, ${work}, ${items} items: ${each.toFixed(3)} ms an item`);
			return { ms: each, peakBytes: taken.peakBytes };
		}
	} finally {
		await test.close();
	}
}

const mostFor = (index: number, work: Work): number =>
	index === 0
		? Infinity
		: index === 2
			? Math.min(mostForDeclarative, mostForOthers[work])
			: mostForOthers[work];

async function repeat(times: number, once: () => Promise<{ ms: number; peakBytes: number }>) {
	const taken = [];
	for (let round = 0; round < times; round++) taken.push(await once());
	return {
		ms: Math.min(...taken.map(({ ms }) => ms)),
		peakBytes: Math.max(...taken.map(({ peakBytes }) => peakBytes)),
	};
}

/** Puts into the simulator what the work wants to find. @returns the items that the node gets */
async function prepare(simulator: SimulatorProcess, items: number, work: Work): Promise<Json[]> {
	await simulator.reset();
	if (work === 'create') return leads(items);
	if (work === 'getAll') {
		await simulator.action('seedConversations', { count: items });
		return [{}];
	}
	const ids = await simulator.action<number[]>('seedLeads', { count: items });
	return ids.map((leadId) => ({ leadId }));
}

function summary(all: Growth[]): Measurement {
	const sizes = [...rounds.keys()];
	const names = [...new Set(all.map(({ contender }) => contender))];
	const rows = works.flatMap((work) =>
		names.map((name) => [
			work,
			name,
			...sizes.map((items) => cell(all, { contender: name, work, items })),
		]),
	);
	return {
		columns: [
			'Work',
			'Node',
			...sizes.map(
				(items) => `${items.toLocaleString('en')} item${items === 1 ? '' : 's'}: ms each; peak MB`,
			),
		],
		rows,
		claims: works.flatMap((work) => {
			const of = (name: string) =>
				all.filter(({ contender, work: one }) => contender === name && one === work);
			return [...growthOf(of('This node')), ...besideEarlier(of('This node'), of(earlierName))];
		}),
	};
}

function cell(all: Growth[], { contender, work, items }: Growth): string {
	const found = all.find(
		(one) => one.contender === contender && one.work === work && one.items === items,
	);
	if (found?.ms === undefined || found.peakBytes === undefined) return 'not measured';
	return `${found.ms < 0.1 ? found.ms.toFixed(4) : found.ms.toFixed(3)}; ${Math.round(found.peakBytes / 1e6)}`;
}

export default growth;
