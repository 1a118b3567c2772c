import { afterEach, describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { seeded } from '../../dev/kit/random.mts';
import { Host, run, type RunOptions } from './engine.mts';
import { apart, clock, Month, type Way } from './month.mts';
import { lists, type VendorList } from './onlyNew.setup.mts';

/**
 * Get Many with Only New Since Last Run, behind a schedule; as the catch-up of a webhook trigger where that is said.
 * Then both lead into one Remove Duplicates by the record's ID, as in the example nightly-catch-up: the trigger's item
 * is made the record that it is about before.
 */
function getMany(list: VendorList, name: string, isBeside = false): Way & { host: Host } {
	const host = new Host(name);
	const { keyOf, delivered, polled } = list;
	const record = (item: IDataObject) => item[polled?.recordIn ?? ''] as IDataObject;
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
		keyOf,
		...(isBeside &&
			delivered && { deliver: (key) => record(delivered(key)), duplicate: ({ id }) => String(id) }),
		restart: () => void Object.assign(host, { workflowId: `${name} ${++restarts}` }),
		forget: (published) => void (host.kept = published),
		remembered: () => host.kept,
	};
}

let list: VendorList | undefined;
const month = async (name: string, seed: number, isBeside = false) => {
	list = await (lists[name] as () => Promise<VendorList>)();
	const way = getMany(list, `${name} ${seed} ${isBeside}`, isBeside);
	const lived = new Month(list, way, seeded(seed), apart[seed % 2] ?? 0);
	await lived.live();
	lived.judge();
	return lived;
};
const withSeeds = (names: string[]) => names.map((name, n) => ({ name, seed: n % 2 ? 42 : 7 }));

afterEach(async () => {
	clock.back();
	await list?.sim.close();
});

describe('A month of Only New Since Last Run gives each record once', () => {
	it.each(withSeeds(Object.keys(lists)))(
		'$name (seed $seed)',
		async ({ name, seed }) => {
			const { seldom } = await month(name, seed);
			expect(seldom('late', 'shared', 'refused', 'stopped', 'failed', 'forgotten')).toEqual([]);
		},
		120_000,
	);

	/** Those whose new records a webhook trigger hands on, too: Salesflow and Convertalk tell of nothing that these lists show. */
	const told = [
		'Saleswhale conversations with a status',
		'Zenvia Sales interactions',
		'Zenvia Sales prospects',
		'Zenvia Sales quotes',
	];
	it.each(withSeeds(told))(
		'$name as the catch-up of the webhook trigger, with one Remove Duplicates (seed $seed)',
		async ({ name, seed }) => {
			const { seldom } = await month(name, seed, true);
			expect(seldom('delivered', 'duplicate', 'refused', 'stopped', 'failed', 'forgotten')).toEqual(
				[],
			);
		},
		120_000,
	);
});
