import { join } from 'node:path';
import { plot } from '../../plot.mts';
import { TOP } from '../../n8n/runtime.mts';
import type { Growth } from '../growth.mts';
import type { Work } from './contenders.mts';

/** Draws docs/growth.svg: milliseconds an item over the number of items, both logarithmic, a line for each node. */
export async function drawGrowth(all: Growth[], works: readonly Work[]): Promise<void> {
	const names = [...new Set(all.map(({ contender }) => contender))];
	await plot(join(TOP, 'docs', 'growth.svg'), {
		title: 'Cost of an item, in milliseconds',
		panels: works.map((work) => ({
			title: work,
			x: { name: 'items', isLogarithmic: true },
			y: { name: 'ms an item', isLogarithmic: true },
			lines: names.map((name) => ({
				name,
				points: all
					.filter((one) => one.contender === name && one.work === work)
					.flatMap(({ items, ms }) => (ms === undefined ? [] : [[items, ms] as const])),
			})),
		})),
	});
}
