import type { Claim } from '../bench.mts';
import type { Growth } from '../growth.mts';

/** Number of items from which on costs are to be flat, and how many times the least the largest may be. */
const flatFrom = 1_000;
const mostGrowth = 1.2;
/** How many times the time and the memory of an earlier build this one may take. */
const mostOfEarlier = 1.05;

/** What an item costs with all of its execution: that it stays the same, and, which is less, that it does not grow. */
export function growthOf(own: Growth[]): Claim[] {
	const costs = own.filter(({ items }) => items >= flatFrom).map(({ ms = Number.NaN }) => ms);
	const spread = Math.max(...costs) / Math.min(...costs);
	const growth = Math.max(...costs.map((ms, n) => ms / Math.min(...costs.slice(0, n + 1))));
	const from = `from ${flatFrom.toLocaleString('en')} items on`;
	const measured = costs.map((ms) => ms.toFixed(4)).join(', ');
	return [
		{
			claim: `${own[0]?.work}: this node’s cost of an item is flat ${from}, within ${mostGrowth}`,
			measured: `${measured} ms; the most is ${spread.toFixed(2)} of the least`,
			holds: spread <= mostGrowth,
		},
		{
			claim: `${own[0]?.work}: this node’s cost of an item never grows by more than ${mostGrowth} ${from}`,
			measured: `${measured} ms; at most ${growth.toFixed(2)} of what it is with fewer`,
			holds: growth <= mostGrowth,
		},
	];
}

/** What the most items cost this build and the earlier one; nothing where none was measured. */
export function besideEarlier(own: Growth[], earlier: Growth[]): Claim[] {
	const [now, then] = [own.at(-1), earlier.at(-1)];
	if (!now || !then) return [];
	const ratios = (['ms', 'peakBytes'] as const).map(
		(what) => (now[what] ?? NaN) / (then[what] ?? NaN),
	);
	return [
		{
			claim: `${now.work}, ${now.items.toLocaleString('en')} items: at most ${mostOfEarlier} of the earlier build’s time and memory`,
			measured: ratios.map((ratio) => ratio.toFixed(2)).join(' and '),
			holds: ratios.every((ratio) => ratio <= mostOfEarlier),
		},
	];
}
