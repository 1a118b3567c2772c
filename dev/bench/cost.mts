import type { Bench, Claim, Measurement } from './bench.mts';
import { apiKey, type Contender, contenders, idle, startBenchN8n } from './harness/contenders.mts';
import { leads, measure, median } from './harness/measure.mts';
import { cpuSeconds } from './harness/processes.mts';
import { say } from './harness/say.mts';
import { SimulatorProcess } from './harness/simulator.mts';

const items = 2000;
/** Odd, so that the median is a run that was. The first round of all is not counted. */
const rounds = 5;
const mostShare = 0.4;

/** What one round measured of one contender. */
interface Round {
	/** The node's executionTime, in milliseconds. */
	ms: number;
	/** CPU of n8n's process, without what an idle node takes with the same items, in milliseconds. */
	cpuMs: number;
	/** How much of the node's time the simulator was at work, from 0 to 1. */
	simulatorShare: number;
}

/** What an item costs: this node, the HTTP Request node and a declarative node, side by side. */
const cost: Bench = {
	title: 'Cost of an item: 2,000 creates on loopback, no latency, no limit',
	async run() {
		const simulator = await SimulatorProcess.start('saleswhale', { apiKey });
		const test = await startBenchN8n();
		try {
			const all = (await contenders(test, simulator.url, 0))('create');
			const results = new Map<Contender, Round[]>(all.map((each) => [each, []]));
			for (let round = 0; round <= rounds; round++) {
				const idleMs = (await measure(test, idle, leads(items))).cpuMs;
				// Each goes first as often as any other.
				const order = all.map((_, n) => all[(n + round) % all.length] as Contender);
				for (const contender of order) {
					const taken = await oneRound(test, simulator, contender, idleMs);
					if (round > 0) results.get(contender)?.push(taken);
					const counted = round > 0 ? `round ${round} of ${rounds}` : 'to warm up';
					say(`${contender.name}, ${counted}: ${(taken.ms / items).toFixed(2)} ms an item`);
				}
			}
			return summary(results);
		} finally {
			await test.close();
			await simulator.stop();
		}
	},
};

async function oneRound(
	test: Awaited<ReturnType<typeof startBenchN8n>>,
	simulator: SimulatorProcess,
	contender: Contender,
	idleMs: number,
): Promise<Round> {
	await simulator.reset();
	const before = await cpuSeconds(simulator.pid);
	const { ms, cpuMs, error } = await measure(test, contender, leads(items));
	const busyMs = ((await cpuSeconds(simulator.pid)) - before) * 1000;
	const { vendor } = await simulator.state();
	if (vendor.leads !== items) {
		throw new Error(`${contender.name} created ${String(vendor.leads)}: ${error?.message ?? ''}`);
	}
	return { ms, cpuMs: cpuMs - idleMs, simulatorShare: busyMs / ms };
}

function summary(results: Map<Contender, Round[]>): Measurement {
	const [[, own = []] = [], ...others] = [...results];
	const rows = [...results].map(([{ name }, rounds]) => {
		const times = rounds.map(({ ms }) => ms / items);
		return [
			name,
			median(times).toFixed(2),
			`${Math.min(...times).toFixed(2)} to ${Math.max(...times).toFixed(2)}`,
			ratio(own, rounds, 'ms').toFixed(2),
			median(rounds.map(({ cpuMs }) => cpuMs / items)).toFixed(2),
			ratio(own, rounds, 'cpuMs').toFixed(2),
			`${Math.round(100 * median(rounds.map(({ simulatorShare }) => simulatorShare)))} %`,
		];
	});
	const claims = others.map(([{ name }, rounds]): Claim => {
		const share = ratio(own, rounds, 'ms');
		return {
			claim: `This node takes at most ${mostShare} of the time of: ${name}`,
			measured: `${share.toFixed(2)} of the time, ${ratio(own, rounds, 'cpuMs').toFixed(2)} of the CPU`,
			holds: share <= mostShare,
		};
	});
	return {
		columns: [
			'Node',
			'ms an item (median)',
			'least to most',
			'this node’s share of it',
			'CPU ms an item',
			'this node’s share of it',
			'simulator busy',
		],
		rows,
		claims,
	};
}

/** This node's median over another's. */
function ratio(own: Round[], other: Round[], what: 'ms' | 'cpuMs'): number {
	return median(own.map((round) => round[what])) / median(other.map((round) => round[what]));
}

export default cost;
