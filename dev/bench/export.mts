import type { Bench, Claim } from './bench.mts';
import {
	compare,
	type Contender,
	file,
	items,
	measure,
	others,
	type Taken,
} from './harness/exports.mts';
import { megabytes } from './harness/interactions.mts';
import { numberOption } from './harness/options.mts';

/** `--count=20000` is a first look. */
const count = numberOption('count', 100_000);
/** With `--long`, ten times as many besides. */
const isLong = process.argv.includes('--long');
/** Each in an n8n of its own: when a process gives back what nobody holds any more is a matter of chance. */
const memoryRuns = 3;
/**
 * With 24 GB, V8 lets garbage lie until its heap has grown to what it may, so that memory tells little of what is held.
 * In a heap that n8n itself nearly fills, it tells no more than that. In MB.
 */
const smallHeap = 400;

const mostOfHttpRequest = 0.1;
const mostOfTenth = 1.5;
const mostOfItemsTime = 1.1;

/** @returns of several runs the one with the median of memory */
async function measureOften(contender: Contender, size = count, heap?: number): Promise<Taken> {
	const runs: Taken[] = [];
	while (runs.length < memoryRuns) runs.push(await measure(contender, size, heap));
	runs.sort((a, b) => a.more - b.more);
	return runs[Math.floor(memoryRuns / 2)] as Taken;
}

function growthClaim(where: string, once: Taken, tenfold: Taken): Claim {
	const growth = tenfold.more / once.more;
	return {
		claim: `Ten times as many take at most ${mostOfTenth} times as much memory${where}`,
		measured: tenfold.error ?? `${growth.toFixed(2)} times`,
		holds: growth <= mostOfTenth,
	};
}

/** A list of any length as a file: how much memory it takes above what n8n holds before. */
const bench: Bench = {
	title: `Export: ${count.toLocaleString('en')} interactions of Zenvia Sales as a file`,
	async run() {
		const { fileSeconds, itemsSeconds, isSame } = await compare(count);
		const own = await measureOften(file);
		const http = await measureOften(others);
		const asItems = await measureOften(items);
		const rows: Array<[name: string, Taken]> = [
			[file.name, { ...own, seconds: fileSeconds }],
			[others.name, http],
			[items.name, { ...asItems, seconds: itemsSeconds }],
		];
		const ratio = own.more / http.more;
		const time = fileSeconds / itemsSeconds;
		const claims: Claim[] = [
			{
				claim: 'The file has byte for byte the records that Items give',
				measured: isSame ? 'the same SHA-256' : 'another SHA-256',
				holds: isSame,
			},
			{
				claim: `Above what n8n holds before, at most ${mostOfHttpRequest} of the memory of HTTP Request and Convert to File`,
				measured: `${megabytes(own.more)} MB, ${ratio.toFixed(2)} of it`,
				holds: ratio <= mostOfHttpRequest,
			},
			{
				claim: `At most ${mostOfItemsTime} of the time of Items`,
				measured: `${time.toFixed(2)} of it`,
				holds: time <= mostOfItemsTime,
			},
		];
		if (isLong) {
			const [often, inSmall] = [count * 10, `, in a heap of ${smallHeap} MB`];
			const tenfold = await measureOften(file, often);
			const bounded = await measureOften(file, count, smallHeap);
			const boundedTenfold = await measureOften(file, often, smallHeap);
			rows.push(
				[file.name, tenfold],
				[others.name, await measure(others, often)],
				[file.name + inSmall, bounded],
				[file.name + inSmall, boundedTenfold],
				[others.name + inSmall, await measure(others, count, smallHeap)],
			);
			claims.push(growthClaim('', own, tenfold), growthClaim(inSmall, bounded, boundedTenfold));
		}
		return {
			columns: [
				'Nodes',
				'Interactions',
				'Seconds',
				'Memory before, MB',
				'More at most, MB',
				'Ended',
			],
			rows: rows.map(([name, taken]) => [
				name,
				taken.count.toLocaleString('en'),
				taken.seconds.toFixed(1),
				megabytes(taken.idle),
				megabytes(taken.more),
				taken.error ?? 'well',
			]),
			claims,
		};
	},
};

export default bench;
