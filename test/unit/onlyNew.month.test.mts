import { afterEach, describe, expect, it } from '@jest/globals';
import { seeded } from '../../dev/kit/random.mts';
import { Host, run, type RunOptions } from './engine.mts';
import { apart, clock, Month, type Way } from './month.mts';
import { lists, type VendorList } from './onlyNew.setup.mts';

/** Get Many with Only New Since Last Run, behind a schedule. */
function getMany(list: VendorList, name: string): Way & { host: Host } {
	const host = new Host(name);
	let restarts = 0;
	return {
		host,
		fates: ['well', 'well', 'well', 'well', 'refused', 'stopped', 'canceled', 'failed'],
		ask: async (fate, cancel, limit) => {
			const then: RunOptions['then'] = () => {
				if (fate === 'failed') throw new Error('The node behind cannot go on');
				if (fate === 'stopped') cancel.abort();
			};
			const { items, run: result } = await run(list.subject, {
				...{ typeVersion: 1.2, credential: list.credential, host, then, cancel: cancel.signal },
				parameters: {
					...{ ...list.parameters, onlyNew: true, startFrom: 'now' },
					...(limit ? { returnAll: false, limit } : { returnAll: true }),
				},
			});
			return result.status === 'success' ? items.map(({ json }) => json) : undefined;
		},
		keyOf: list.keyOf,
		restart: () => void Object.assign(host, { workflowId: `${name} ${++restarts}` }),
		forget: (published) => void (host.kept = published),
		remembered: () => host.kept,
	};
}

let list: VendorList | undefined;
afterEach(async () => {
	clock.back();
	await list?.sim.close();
});

describe('A month of Only New Since Last Run gives each record once', () => {
	const cases = Object.keys(lists).map((name, n) => ({ name, seed: n % 2 ? 42 : 7 }));
	it.each(cases)(
		'$name (seed $seed)',
		async ({ name, seed }) => {
			list = await (lists[name] as () => Promise<VendorList>)();
			const way = getMany(list, `${name} ${seed}`);
			const month = new Month(list, way, seeded(seed), apart[seed % 2] ?? 0);
			await month.live();
			month.judge();
			expect(month.seldom('late', 'shared', 'refused', 'stopped', 'failed', 'forgotten')).toEqual(
				[],
			);
		},
		120_000,
	);
});
