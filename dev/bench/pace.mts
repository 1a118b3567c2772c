import type { LimitSettings } from '../kit/simulator.mts';
import type { TestN8n } from '../n8n/harness.mts';
import type { Bench, Measurement } from './bench.mts';
import { apiKey, type Contender, contenders, startBenchN8n } from './harness/contenders.mts';
import { endOf, leads, measure, type Taken } from './harness/measure.mts';
import { say } from './harness/say.mts';
import { SimulatorProcess } from './harness/simulator.mts';

const items = 500;
const perSecond = 5;
const latencyMs = 300;
/** What the limit allows, in seconds, and how much of that may be taken. */
const idealSeconds = items / perSecond;
const mostOfIdeal = 1.05;

/** The vendor's document says "5 requests per second", and not over which kind of window. */
const kinds = ['fixed', 'sliding', 'bucket'] as const satisfies Array<LimitSettings['kind']>;
type Kind = (typeof kinds)[number];

/** The HTTP Request node's own advice on a refusal, set to what Saleswhale documents. */
const batching = { batching: { batch: { batchSize: perSecond, batchInterval: 1000 } } };

interface Run extends Taken {
	name: string;
	kind: Kind;
	created: number;
	refusals: number;
}

/** How long a list takes at the vendor's pace, and what is lost on the way. */
const pace: Bench = {
	title: 'Pace: 500 leads, 5 requests a second, 300 ms latency',
	async run() {
		const test = await startBenchN8n();
		const simulators: SimulatorProcess[] = [];
		try {
			const lanes = [];
			for (const kind of kinds) {
				const simulator = await SimulatorProcess.start('saleswhale', { apiKey });
				simulators.push(simulator);
				const nodes = await contenders(test, simulator.url, perSecond);
				const [own, batched] = nodes('create', batching);
				const [, plain] = nodes('create');
				const competitors: Contender[] = [
					own,
					{ ...batched, name: 'HTTP Request, batches of 5 each 1,000 ms' },
					{ ...plain, name: 'HTTP Request, no batching' },
				];
				lanes.push({ kind, simulator, competitors });
			}
			// The three kinds of window side by side: at 15 requests a second nothing here is busy.
			const runs = await Promise.all(
				lanes.map(async ({ kind, simulator, competitors }) => {
					const own: Run[] = [];
					for (const competitor of competitors) {
						say(`${competitor.name}, ${kind} window: takes up to ${idealSeconds} s`);
						own.push(await runOne(test, simulator, kind, competitor));
					}
					return own;
				}),
			);
			return summary(runs.flat());
		} finally {
			await test.close();
			await Promise.all(simulators.map(async (simulator) => await simulator.stop()));
		}
	},
};

async function runOne(
	test: TestN8n,
	simulator: SimulatorProcess,
	kind: Kind,
	contender: Contender,
): Promise<Run> {
	await simulator.reset();
	const limit = { kind, requests: perSecond, windowMs: 1000 };
	await simulator.change({ latencyMs, limit });
	const taken = await measure(test, contender, leads(items));
	const { vendor, counts } = await simulator.state();
	return {
		...taken,
		name: contender.name,
		kind,
		created: Number(vendor.leads),
		refusals: counts.byStatus['429'] ?? 0,
	};
}

function summary(runs: Run[]): Measurement {
	const rows = runs.map((run) => [
		run.name,
		run.kind,
		run.created,
		run.items,
		run.refusals,
		(run.ms / 1000).toFixed(1),
		endOf(run),
	]);
	const claims = runs
		.filter(({ name }) => name === 'This node')
		.map(({ kind, created, items: out, refusals, ms, status }) => {
			const share = ms / 1000 / idealSeconds;
			return {
				claim:
					`${kind} window: ${items} created, none refused for good, in at most ` +
					`${mostOfIdeal} of ${idealSeconds} s`,
				measured:
					`${created} created, ${items - out} refused for good, ` +
					`${refusals} refusals on the way, ${share.toFixed(3)}`,
				holds: status === 'success' && created === items && out === items && share <= mostOfIdeal,
			};
		});
	return {
		columns: ['Node', 'Window', 'Created', 'Items out', 'Refusals', 'Seconds', 'Ended'],
		rows,
		claims,
	};
}

export default pace;
