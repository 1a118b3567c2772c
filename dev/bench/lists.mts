import type { Bench, Measurement } from './bench.mts';
import { apiKey, contenders, startBenchN8n } from './harness/contenders.mts';
import { endOf, measure, type Taken } from './harness/measure.mts';
import { say } from './harness/say.mts';
import { SimulatorProcess } from './harness/simulator.mts';

const items = 10_000;
const perPage = 100;
const perSecond = 5;
const latencyMs = 300;
/** What the limit allows, in seconds, and how much of that may be taken. */
const idealSeconds = items / perPage / perSecond;
const mostOfIdeal = 1.1;

/** One contender's reading of the whole list. */
interface Run extends Taken {
	name: string;
	refusals: number;
}

/** How long a long list takes at the vendor's pace: pages one after the other wait for each answer. */
const lists: Bench = {
	title:
		`Lists: ${items.toLocaleString('en')} conversations, ${perPage} a page, ` +
		`${perSecond} requests a second, ${latencyMs} ms latency`,
	async run() {
		const simulator = await SimulatorProcess.start('saleswhale', { apiKey });
		const test = await startBenchN8n();
		try {
			const [own, http] = (await contenders(test, simulator.url, perSecond))('getAll');
			const runs: Run[] = [];
			for (const contender of [own, http]) {
				say(`${contender.name}: takes ${idealSeconds} s and more`);
				await simulator.reset();
				await simulator.action('seedConversations', { count: items });
				await simulator.change({
					latencyMs,
					limit: { kind: 'sliding', requests: perSecond, windowMs: 1000 },
				});
				const taken = await measure(test, contender, [{}]);
				const { counts } = await simulator.state();
				runs.push({ ...taken, name: contender.name, refusals: counts.byStatus['429'] ?? 0 });
			}
			return summary(runs);
		} finally {
			await test.close();
			await simulator.stop();
		}
	},
};

function summary(runs: Run[]): Measurement {
	const [own] = runs;
	const share = (own?.ms ?? Number.NaN) / 1000 / idealSeconds;
	return {
		// HTTP Request gives each page as one item.
		columns: ['Node', 'Items out', 'Refusals', 'Seconds', 'Seconds at the limit', 'Ended'],
		rows: runs.map((run) => [
			run.name,
			run.items,
			run.refusals,
			(run.ms / 1000).toFixed(1),
			idealSeconds,
			endOf(run),
		]),
		claims: [
			{
				claim: `All ${items.toLocaleString('en')} are read in at most ${mostOfIdeal} of what the limit allows`,
				measured: `${own?.items} read, ${own?.refusals} refusals on the way, ${share.toFixed(3)}`,
				holds: own?.items === items && share <= mostOfIdeal,
			},
		],
	};
}

export default lists;
