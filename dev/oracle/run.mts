import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { writeSections } from '../bench/harness/report.mts';
import { startTestN8n } from '../n8n/harness.mts';
import { judgeRows, zone } from './oracle.mts';
import { complaints, measurementOf } from './report.mts';

/**
 * Writes rows of LibreOffice's spreadsheets to every vendor through a real n8n, and holds what arrived to what was
 * meant. Writes its section of docs/measurements.md. Ends with code 1 where a value is silently wrong.
 *
 *     npm run judge [-- --rows 10000 --seed 1]
 */
const { values } = parseArgs({
	options: {
		rows: { type: 'string', default: '10000' },
		seed: { type: 'string', default: '1' },
	},
});
const [rows, seed] = [Number(values.rows), Number(values.seed)];
if (![rows, seed].every(Number.isSafeInteger) || rows < 9) {
	console.error('--rows and --seed are whole numbers, the first 9 or more.');
	process.exit(2);
}

const n8n = await startTestN8n(zone);
const onSheet = (done: number, of: number) => console.log(`${done} of ${of} sheets are judged`);
const judged = await judgeRows(n8n, { rows, seed, onSheet }).finally(async () => await n8n.close());
const measurement = measurementOf(judged);
const table = new Table({ head: measurement.columns, wordWrap: true, style: { head: ['cyan'] } });
table.push(...measurement.rows);
console.log(table.toString());
for (const line of complaints(judged)) console.error(line);
const title = `Values: ${rows.toLocaleString('en')} rows of spreadsheets into each write`;
await writeSections([{ name: 'judge', title, ...measurement }], process.argv.slice(2), 'judge');
process.exit(measurement.claims.every(({ holds }) => holds) ? 0 : 1);
