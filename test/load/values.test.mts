import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestN8n, type TestN8n } from '../../dev/n8n/harness.mts';
import { judgeRows, zone } from '../../dev/oracle/oracle.mts';
import { complaints, measurementOf } from '../../dev/oracle/report.mts';

const rows = 999;

let n8n: TestN8n;

beforeAll(async () => (n8n = await startTestN8n(zone)));
afterAll(async () => await n8n?.close());

it('rows of spreadsheets arrive at every vendor as they were meant, or are refused by name', async () => {
	const judged = await judgeRows(n8n, { rows, seed: 715 });
	expect(complaints(judged)).toEqual([]);
	const { rows: counts, claims } = measurementOf(judged);
	console.log(counts.map((row) => row.join(' | ')).join('\n'));
	expect(claims.filter(({ holds }) => !holds)).toEqual([]);
	// Two out of five arrive in each write, and some are refused: the judge has something to judge.
	for (const [write, all, asMeant, refused] of counts) {
		expect([write, all]).toEqual([write, rows]);
		expect(Number(asMeant)).toBeGreaterThan(0.4 * rows);
		expect(Number(refused)).toBeGreaterThan(0.05 * rows);
	}
});
