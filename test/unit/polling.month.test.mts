import { afterEach, describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { seeded } from '../../dev/kit/random.mts';
import { withDefaults } from './engine.credential.mts';
import { apart, clock, Month, type Way } from './month.mts';
import { lists, type VendorList } from './onlyNew.setup.mts';
import { PollHost } from './poll.setup.mts';

/** As n8n 2.x gives it. Milliseconds. */
const budgetMs = 300_000;

/** The lists that a trigger polls, by their names. */
const names = [
	'Saleswhale conversations with a status',
	'Zenvia Sales interactions',
	'Zenvia Sales prospects',
	'Zenvia Sales quotes',
	'Salesflow contacts',
	'Salesflow campaigns',
	'Convertalk leads',
];

/** A trigger that polls, with the webhook trigger beside it where that is said. */
function polling(list: VendorList, isBeside: boolean): Way {
	const { polled, delivered, subject, credential } = list;
	if (!polled) throw new Error('No trigger polls this list');
	const { node, parameters, recordIn, idIn } = polled;
	const data = withDefaults(subject.credential, credential) as IDataObject;
	const host = new PollHost({ node, credential: subject.credential }, parameters, data);
	return {
		budgetMs,
		fates: ['well', 'well', 'well', 'refused', 'killed', 'cut'],
		ask: async (fate) => {
			const kept = host.remembered();
			const items = await host.poll({ budgetMs }).catch((thrown: unknown) => {
				if (fate === 'refused') return undefined;
				throw thrown;
			});
			if (fate === 'killed') host.kept = JSON.parse(kept) as PollHost['kept'];
			return fate === 'killed' ? undefined : items;
		},
		keyOf: (item) => list.keyOf(recordIn ? (item[recordIn] as IDataObject) : item),
		restart: () => {},
		remembered: () => host.remembered(),
		...(isBeside && { deliver: delivered, duplicate: (item) => String(item[idIn]) }),
	};
}

let list: VendorList | undefined;
afterEach(async () => {
	clock.back();
	await list?.sim.close();
});

const month = async (name: string, seed: number, isBeside: boolean) => {
	list = await (lists[name] as () => Promise<VendorList>)();
	const lived = new Month(list, polling(list, isBeside), seeded(seed), apart[seed % 2] ?? 0);
	await lived.live();
	lived.judge();
	expect(list.sim.violations()).toEqual([]);
	return lived;
};
const cases = names.map((name, n) => ({ name, seed: n % 2 ? 42 : 7 }));

describe('A month of polls hands on each record once', () => {
	it.each(cases)(
		'$name (seed $seed)',
		async ({ name, seed }) => {
			const { seldom } = await month(name, seed, false);
			expect(seldom('late', 'shared', 'refused', 'killed')).toEqual([]);
			// One request reads all campaigns of Salesflow, so that no poll ends between two.
			if (name !== 'Salesflow campaigns') expect(seldom('cut')).toEqual([]);
		},
		120_000,
	);

	// Salesflow's webhook tells of other events than its lists, and Convertalk has none.
	it.each(cases.filter(({ name }) => !/^(Salesflow|Convertalk) /.test(name)))(
		'$name beside the webhook trigger, with one Remove Duplicates (seed $seed)',
		async ({ name, seed }) => {
			const { seldom } = await month(name, seed, true);
			expect(seldom('delivered', 'duplicate', 'refused', 'killed', 'cut')).toEqual([]);
		},
		120_000,
	);
});
