import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { writeSections } from '../bench/harness/report.mts';
import { awayFlags, awayOf, comeBack, goAway } from '../kit/network/away.mts';
import { startTestN8n } from '../n8n/harness.mts';
import { progress } from '../demo/terminal.mts';
import { complaints, measurementOf } from './report.mts';
import { soak, type Soak } from './soak.mts';

/**
 * Runs thousands of operations in a real n8n while the simulators fail now and then, and judges by
 * what the simulators really did. Writes its section of docs/measurements.md. Ends with code 1 where a
 * number is off.
 *
 *     npm run soak [-- --operations 10000 --seed 1 --seeds 3 --rate 0.1 --tls --delay 100]
 */
const { values } = parseArgs({
	options: {
		operations: { type: 'string', default: '10000' },
		seed: { type: 'string', default: '1' },
		seeds: { type: 'string', default: '3' },
		rate: { type: 'string', default: '0.1' },
		...awayFlags,
	},
});
const [operations, first, seeds, rate] = [
	values.operations,
	values.seed,
	values.seeds,
	values.rate,
].map(Number) as [number, number, number, number];
if (
	![operations, first, seeds].every(Number.isSafeInteger) ||
	seeds < 1 ||
	!(rate >= 0 && rate < 1)
) {
	console.error('--operations, --seed and --seeds are whole numbers, --rate is from 0 to 1.');
	process.exit(2);
}

const away = awayOf(process.argv.slice(2));
await goAway(away);
let soaks: Soak[] = [];
const n8n = await startTestN8n();
const bar = progress('Operations', operations * seeds);
try {
	const ended = new Map<number, number>();
	const tell = (seed: number) => (count: number) => {
		ended.set(seed, count);
		bar.update([...ended.values()].reduce((sum, one) => sum + one));
	};
	// Side by side, each with simulators and keys of its own: most of the time is spent in waiting.
	soaks = await Promise.all(
		Array.from(
			{ length: seeds },
			async (_, n) =>
				await soak(n8n, { operations, seed: first + n, rate, onProgress: tell(first + n) }),
		),
	);
} finally {
	bar.stop();
	await n8n.close();
	await comeBack();
}

const measurement = measurementOf(soaks, rate);
const table = new Table({ head: measurement.columns, wordWrap: true, style: { head: ['cyan'] } });
table.push(...measurement.rows);
console.log(table.toString());
const faults = new Table({ head: ['Fault', ...soaks.map(({ seed }) => `seed ${seed}`)] });
for (const name of soaks[0]?.faults.keys() ?? []) {
	faults.push([name, ...soaks.map((one) => one.faults.get(name) ?? 0)]);
}
console.log(faults.toString());
for (const { claim, measured, holds } of measurement.claims) {
	console.log(`${holds ? 'holds' : 'DOES NOT HOLD'}: ${claim} (measured: ${measured})`);
}
for (const line of complaints(soaks)) console.error(line);

const way = [away.tls && 'over TLS', away.delayMs > 0 && `${away.delayMs} ms each way`]
	.filter((part) => part !== false)
	.map((part) => `, ${part}`)
	.join('');
const title = `Faults: ${operations.toLocaleString('en')} operations, ${100 * rate} % of the requests fail${way}`;
await writeSections(
	[{ name: away.tls ? 'soak-tls' : 'soak', title, ...measurement }],
	process.argv.slice(2),
	'soak',
);
process.exit(measurement.claims.every(({ holds }) => holds) ? 0 : 1);
