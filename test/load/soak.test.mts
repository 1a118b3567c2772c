import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { complaints, measurementOf } from '../../dev/soak/report.mts';
import { soak } from '../../dev/soak/soak.mts';
import { startTestN8n, type TestN8n } from '../../dev/n8n/harness.mts';

const operations = 600;
const rate = 0.1;

let n8n: TestN8n;

beforeAll(async () => (n8n = await startTestN8n()));
afterAll(async () => await n8n?.close());

it('a soak with faults loses nothing, does nothing twice, and says what is uncertain', async () => {
	// A stall as long as the nodes' patience is for `npm run soak`: a reset without an answer comes to the same.
	const result = await soak(n8n, { operations, seed: 550, rate, stallMs: 2_000 });
	expect(complaints([result])).toEqual([]);
	expect(result.judged).toHaveLength(operations);
	const { claims } = measurementOf([result], rate);
	expect(claims.filter(({ holds }) => !holds)).toEqual([]);
	const verdicts = new Set(result.judged.map(({ verdict }) => verdict));
	expect([...verdicts].sort()).toEqual(['refused', 'said, done', 'said, not done', 'well']);
});
