import { comeBack, goAway } from '../kit/network/away.mts';
import type { LimitSettings } from '../kit/simulator.mts';
import type { TestN8n } from '../n8n/harness.mts';
import type { Bench, Measurement } from './bench.mts';
import { bareCost, bareRate } from './harness/bareClient.mts';
import { apiKey, type Contender, contenders, startBenchN8n } from './harness/contenders.mts';
import { claimsOf, type Run, type Setting, titleOf } from './harness/distanceClaims.mts';
import { buildEarlier } from './harness/earlier.mts';
import { leads, measure } from './harness/measure.mts';
import { say } from './harness/say.mts';
import { SimulatorProcess } from './harness/simulator.mts';

/** The build before requests went by the distance: ten at once, five pages at once. */
const earlierCommit = 'b15eac9';
const earlierAtOnce = 10;
const delayMs = 100;
const creates = 500;
const pages = 200;
const perPage = 100;
/** Number of items, most of which come after the tenth second. */
const searching = 1500;
const limits = [20, 50, 100];
const secretLimit = 50;
const searchedMs = 10_000;
/** The earlier build, which is slower, has as long as this one. */
const warmUpMs = 60_000;

/** HTTP Request, 50 items each second. */
const batching = { batching: { batch: { batchSize: 50, batchInterval: 1000 } } };

const settings: Setting[] = [
	...limits.map((allowed): Setting => ({ work: 'create', count: creates, allowed, isKnown: true })),
	{ work: 'create', count: searching, allowed: secretLimit },
	{ work: 'create', count: creates },
	...limits.map((allowed): Setting => ({ work: 'getAll', count: pages, allowed, isKnown: true })),
	{ work: 'getAll', count: pages },
];

/** How fast the nodes are far away from the vendor, beside an earlier build, HTTP Request and what the distance allows. */
const distance: Bench = {
	title: `Distance: ${creates} creates and ${pages} pages over TLS, ${delayMs} ms each way`,
	async run() {
		await goAway({ tls: true, delayMs });
		say(`Building ${earlierCommit}`);
		const earlier = await buildEarlier(earlierCommit);
		const n8ns: TestN8n[] = [];
		try {
			const ours = await startBenchN8n();
			n8ns.push(ours);
			const theirs = await startBenchN8n({}, earlier.folder);
			n8ns.push(theirs);
			// An n8n is up for weeks, and its code is compiled.
			for (const test of n8ns) {
				const until = Date.now() + warmUpMs;
				while (Date.now() < until)
					for (const [work, count] of [
						['create', creates],
						['getAll', pages],
					] as const)
						await runOne(test, 'To warm up', { work, count });
			}
			const runs: Run[] = [];
			// Each twice, and each first once: what comes first is dearer, since V8 compiles anew for another load.
			for (const setting of settings) {
				runs.push(await runOne(ours, 'This node', setting));
				runs.push(await runOne(theirs, earlierCommit, setting));
				runs.push(await runOne(theirs, earlierCommit, setting));
				runs.push(await runOne(ours, 'This node', setting));
			}
			const free: Setting = { work: 'create', count: creates };
			runs.push(await runOne(ours, 'HTTP Request, batches of 50 each 1,000 ms', free, 1));
			return summary(runs, await bare(), await bareCosts());
		} finally {
			for (const test of n8ns) await test.close();
			await earlier.remove();
			await comeBack();
		}
	},
};

/** @param which of the contenders: this package's node, or HTTP Request */
async function runOne(
	test: TestN8n,
	name: string,
	setting: Setting,
	which: 0 | 1 = 0,
): Promise<Run> {
	const { work, count, allowed, isKnown } = setting;
	// One of its own, so that nothing is known of it.
	const simulator = await SimulatorProcess.start('saleswhale', { apiKey }, 10_000);
	try {
		say(`${name}: ${titleOf(setting)}`);
		const all = await contenders(test, simulator.url, isKnown ? (allowed ?? 0) : 0);
		const contender = all(work, which === 1 ? batching : undefined)[which] as Contender;
		if (work === 'getAll') await simulator.action('seedConversations', { count: count * perPage });
		const limit: LimitSettings | null = allowed
			? { kind: 'fixed', requests: allowed, windowMs: 1000 }
			: null;
		await simulator.change({ limit });
		const run = await measure(test, contender, work === 'create' ? leads(count) : [{}]);
		const { counts } = await simulator.state();
		const taken = await simulator.taken();
		const result = {
			...setting,
			name,
			isWhole:
				run.status === 'success' && run.items === (work === 'create' ? count : count * perPage),
			refusals: counts.byStatus['429'] ?? 0,
			rate: rateOf(work === 'create' ? taken : taken.slice(1)),
			lateRate: rateOf(taken.filter((at) => at >= (taken[0] ?? 0) + searchedMs)),
			cpuMsEach: run.cpuMs / count,
		};
		say(
			`  ${result.rate.toFixed(1)} a second, ${result.refusals} refusals, ` +
				`${result.cpuMsEach.toFixed(1)} ms of CPU each${run.error ? `: ${run.error.message}` : ''}`,
		);
		return result;
	} finally {
		await simulator.stop();
	}
}

async function bare(): Promise<number> {
	const simulator = await SimulatorProcess.start('saleswhale', { apiKey });
	try {
		return await bareRate(simulator.url, apiKey, leads(creates));
	} finally {
		await simulator.stop();
	}
}

/** Creates by axios alone: evenly, and as the earlier build starts them. @returns rows of the table */
async function bareCosts(): Promise<string[][]> {
	const rows: string[][] = [];
	for (const perSecond of limits)
		for (const atOnce of [1, earlierAtOnce]) {
			const simulator = await SimulatorProcess.start('saleswhale', { apiKey });
			try {
				const pace = { perSecond, atOnce };
				// What comes first is dearer, since V8 compiles it.
				await bareCost(simulator.url, apiKey, leads(creates, 'first'), { ...pace, perSecond: 100 });
				const ms = await bareCost(simulator.url, apiKey, leads(creates), pace);
				const by = `axios alone, a connection for each, ${atOnce === 1 ? 'evenly' : `${atOnce} at once`}`;
				rows.push([`creates, ${perSecond} a second`, by, '', '', '', '', ms.toFixed(1)]);
			} finally {
				await simulator.stop();
			}
		}
	return rows;
}

/** Requests a second from the first of these moments to the last. */
const rateOf = (moments: readonly number[]): number =>
	((moments.length - 1) * 1000) / ((moments.at(-1) ?? 0) - (moments[0] ?? 0));

function summary(runs: Run[], bareLimit: number, costs: string[][]): Measurement {
	const rows = runs.map((run) => [
		titleOf(run),
		run.name,
		run.rate.toFixed(1),
		run.allowed ? (run.rate / run.allowed).toFixed(2) : '',
		run.allowed && !run.isKnown ? (run.lateRate / run.allowed).toFixed(2) : '',
		`${run.refusals} (${((100 * run.refusals) / run.count).toFixed(1)} %)`,
		run.cpuMsEach.toFixed(1),
	]);
	rows.push([
		'creates, no limit',
		'A bare client, 64 connections kept',
		bareLimit.toFixed(1),
		...Array(4).fill(''),
	]);
	rows.push(...costs);
	return {
		columns: [
			'What',
			'By',
			'A second',
			'of the limit',
			'from the tenth second on',
			'Refusals',
			'CPU ms each',
		],
		rows,
		claims: claimsOf(settings, runs, earlierCommit),
	};
}

export default distance;
