import { QueueCluster } from '../n8n/queue.mts';
import type { JournalEntry, LimitSettings } from '../kit/simulator.mts';
import { version } from '../n8n/harness.mts';
import { LeadLists, shares } from '../n8n/queueWorkflows.mts';
import type { Bench, Measurement } from './bench.mts';
import { apiKey } from './harness/contenders.mts';
import { say } from './harness/say.mts';
import { SimulatorProcess } from './harness/simulator.mts';

const perSecond = 5;
const latencyMs = 300;
const kinds = ['fixed', 'sliding', 'bucket'] as const satisfies Array<LimitSettings['kind']>;
const minute = 60_000;
/** No run takes longer than this. Milliseconds. */
const LONGEST_RUN = 400_000;

/** Executions and leads in each; all are on their way at once. */
const many = { workers: 3, executions: 12, leadsEach: 50 };
/** Enough for both to be busy for more than a minute, whichever has more of the executions. */
const two = { workers: 2, executions: 10, leadsEach: 50 };

const leastUse = 0.9;
/** How far from an equal share two processes may be. */
const mostApart = 0.2;

interface Run {
	workers: number;
	kind: LimitSettings['kind'];
	/** Executions of each worker. */
	executions: number[];
	created: number;
	twice: number;
	succeeded: number;
	refusals: number;
	seconds: number;
	/** What the limit would have allowed in this time is 1. */
	use: number;
	/** What each worker got in the first minute in which all were under way. */
	minuteShares: number[];
}

/** How several workers of n8n's queue mode use and share one key. */
const bench: Bench = {
	title: 'Pace in queue mode: several workers on one key, 5 requests a second, 300 ms latency',
	async run() {
		const runs: Run[] = [];
		for (const load of [many, two]) {
			say(`Starting n8n's queue mode with ${load.workers} workers`);
			const env = { N8N_CONCURRENCY_PRODUCTION_LIMIT: String(load.executions * kinds.length) };
			const cluster = await QueueCluster.start({ version, workers: load.workers, env });
			try {
				// Side by side, each kind with a vendor and so a pace of its own: nothing here is busy, and a worker
				// takes all executions that come, so that none of one kind waits for those of another.
				runs.push(...(await Promise.all(kinds.map((kind) => runOne(cluster, kind, load)))));
			} finally {
				await cluster.stop();
			}
		}
		return summary(runs);
	},
};

async function runOne(cluster: QueueCluster, kind: Run['kind'], load: typeof many): Promise<Run> {
	const simulator = await SimulatorProcess.start('saleswhale', { apiKey });
	try {
		await simulator.change({ latencyMs, limit: { kind, requests: perSecond, windowMs: 1000 } });
		const data = { apiKey, baseUrl: simulator.url, requestsPerSecond: perSecond };
		const credential = await cluster.main.createCredential('saleswhaleApi', kind, data);
		const lists = await LeadLists.publish(cluster, credential, `${kind}-${load.workers}`);
		say(`${load.executions} executions of ${load.leadsEach} leads, ${kind} window`);
		await lists.begin(load.executions, load.leadsEach);
		const ended = await lists.ended(load.executions, LONGEST_RUN);
		const workers = await lists.workers();
		const journal = (await simulator.journal()).filter(({ what }) => what === 'lead.create');
		const { counts } = await simulator.state();
		const from = allUnderWay(journal, workers, load.workers);
		const seconds = ((journal.at(-1)?.time ?? 0) - (journal[0]?.time ?? 0)) / 1000;
		return {
			workers: load.workers,
			kind,
			executions: countsOf(workers, load.workers),
			created: journal.length,
			twice: journal.length - new Set(journal.map(({ key }) => key)).size,
			succeeded: ended.filter(({ status }) => status === 'success').length,
			refusals: counts.byStatus['429'] ?? 0,
			seconds,
			use: journal.length / (seconds * perSecond),
			minuteShares: shares(journal, workers, from, from + minute),
		};
	} finally {
		await simulator.stop();
	}
}

const countsOf = (workers: number[], count: number): number[] =>
	Array.from({ length: count }, (_, place) => workers.filter((one) => one === place).length);

/** The moment at which the last of the workers had its first lead created. */
function allUnderWay(journal: JournalEntry[], workers: number[], count: number): number {
	const firsts = Array.from({ length: count }, (_, place) =>
		journal.find(
			({ time, key }) => shares([{ what: '', id: 0, time, key }], workers, time, time + 1)[place],
		),
	);
	return Math.max(...firsts.map((entry) => entry?.time ?? Number.NaN));
}

/** The furthest that any is from an equal share, as a share of that. */
function apart(list: number[]): number {
	const equal = list.reduce((sum, one) => sum + one, 0) / list.length;
	return Math.max(...list.map((one) => Math.abs(one - equal) / equal));
}

function summary(runs: Run[]): Measurement {
	const rows = runs.map((run) => [
		run.workers,
		run.kind,
		run.executions.join(' + '),
		run.created,
		run.refusals,
		run.seconds.toFixed(1),
		run.use.toFixed(3),
		run.minuteShares.join(' : '),
	]);
	const claims = runs.map(({ workers, kind, created, twice, succeeded, use, minuteShares }) => {
		const load = workers === many.workers ? many : two;
		const leads = load.executions * load.leadsEach;
		const whole = created === leads && twice === 0 && succeeded === load.executions;
		if (load === many) {
			return {
				claim: `${leads} leads by ${workers} workers, ${kind}: none lost, at least ${leastUse} of the limit used`,
				measured: `${created} created, ${twice} twice, ${succeeded} executions succeeded, use ${use.toFixed(3)}`,
				holds: whole && use >= leastUse,
			};
		}
		return {
			claim: `2 workers, ${kind}: within ${mostApart * 100} % of an equal share in a minute, none lost`,
			measured: `${minuteShares.join(' : ')}, ${(apart(minuteShares) * 100).toFixed(1)} % apart, ${created} created`,
			holds: whole && minuteShares.length === 2 && apart(minuteShares) <= mostApart,
		};
	});
	return {
		columns: [
			'Workers',
			'Window',
			'Executions',
			'Created',
			'Refusals',
			'Seconds',
			'Use',
			'Shares of a minute',
		],
		rows,
		claims,
	};
}

export default bench;
