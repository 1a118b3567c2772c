import type { LimitSettings } from '../kit/simulator.mts';
import { Setup } from '../vendors/zenviaSales/n8n.mts';
import type { Bench } from './bench.mts';

const reads = 2000;
/** SEED's window of 60 seconds, sixty times faster; its reset is told that much finer too. */
const limit: LimitSettings = {
	kind: 'fixed',
	requests: 60,
	windowMs: 1000,
	rateLimitHeaders: 'milliseconds',
};
const runTimeoutMs = 300_000;

/** Zenvia Sales, reads under a limit that its headers tell. */
const bench: Bench = {
	title: `Zenvia Sales: ${reads} reads under ${limit.requests} a second`,
	run: async () => {
		const setup = await Setup.start();
		try {
			const [prospectId = ''] = setup.simulator.vendor.seedProspects(1);
			setup.simulator.change({ limit });
			const { items, error, execution } = await setup.run(
				{ resource: 'prospect', operation: 'get', prospectId },
				{ items: Array.from({ length: reads }, (_, n) => ({ n })), timeout: runTimeoutMs },
			);
			const { byStatus } = setup.simulator.counts;
			const refused = byStatus['429'] ?? 0;
			const seconds = (execution.nodes['Node']?.at(-1)?.executionTime ?? Number.NaN) / 1000;
			// Whoever makes no mistake begins the last window after all the others have passed.
			const leastSeconds = ((Math.ceil(reads / limit.requests) - 1) * limit.windowMs) / 1000;
			const share = leastSeconds / seconds;
			return {
				columns: ['Reads', 'Answered', 'Refused', 'Seconds', 'Seconds without any loss'],
				rows: [[reads, items.length, refused, seconds.toFixed(1), leastSeconds]],
				claims: [
					{
						claim: 'Fewer than 1 % refused, none reaches the person',
						measured: `${refused} refused, ${items.length} of ${reads} answered`,
						holds: refused < reads / 100 && items.length === reads && error === undefined,
					},
					{
						claim: 'At least 0.95 of what the limit allows',
						measured: share.toFixed(3),
						holds: share >= 0.95,
					},
				],
			};
		} finally {
			await setup.close();
		}
	},
};

export default bench;
