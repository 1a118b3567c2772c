import { afterAll, expect, it } from '@jest/globals';
import { startTestN8n, type TestN8n } from '../../dev/n8n/harness.mts';
import { judgeRows, zone } from '../../dev/oracle/oracle.mts';
import { complaints, measurementOf } from '../../dev/oracle/report.mts';

/** Thirty for each of three languages in three formats; `npm run judge` takes 10,000. */
const rows = 270;

let n8n: TestN8n | undefined;

afterAll(async () => await n8n?.close());

it(`${rows} rows of LibreOffice's spreadsheets arrive in every write as they were meant, or are refused by name`, async () => {
	n8n = await startTestN8n(zone);
	const judged = await judgeRows(n8n, { rows, seed: 2 });
	const { claims, rows: writes } = measurementOf(judged);
	expect(complaints(judged)).toEqual([]);
	expect(writes.length).toBeGreaterThanOrEqual(7);
	for (const { claim, holds } of claims) expect({ claim, holds }).toEqual({ claim, holds: true });
});
