import type { Bench, Claim } from './bench.mts';
import { buildEarlier } from './harness/earlier.mts';
import {
	compare,
	type Conditions,
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

/** The build before pages were handed on as they came. */
const earlierCommit = 'b15eac9';

const mostOfHttpRequest = 0.1;
const mostOfEarlier = 0.7;
const mostOfTenth = 1.5;
const mostOfItemsTime = 1.1;
const fileClaim = `A file: at most ${mostOfHttpRequest} of the memory of HTTP Request and Convert to File`;

type Row = [name: string, taken: Taken];

/** @returns of several runs the one with the median of memory */
async function measureOften(
	contender: Contender,
	size = count,
	conditions: Conditions = {},
): Promise<Taken> {
	const runs: Taken[] = [];
	while (runs.length < memoryRuns) runs.push(await measure(contender, size, conditions));
	runs.sort((a, b) => a.more - b.more);
	return runs[Math.floor(memoryRuns / 2)] as Taken;
}

/** @param most of the other's memory, as a share */
function memoryClaim(claim: string, own: Taken, other: Taken, most: number): Claim {
	const share = own.more / other.more;
	return {
		claim,
		measured:
			own.error ?? `${megabytes(own.more)} to ${megabytes(other.more)} MB: ${share.toFixed(2)}`,
		holds: share <= most,
	};
}

async function besideOthers(isWatched: boolean): Promise<{ rows: Row[]; claim: Claim }> {
	const own = await measureOften(file, count, { isWatched });
	const other = await measureOften(others, count, { isWatched });
	const how = isWatched ? ', somebody looks' : '';
	return {
		rows: [
			[file.name + how, own],
			[others.name + how, other],
		],
		claim: memoryClaim(fileClaim + how, own, other, mostOfHttpRequest),
	};
}

async function besideEarlier(): Promise<{ rows: Row[]; claim: Claim }> {
	const earlier = await buildEarlier(earlierCommit);
	try {
		const own = await measureOften(items);
		const before = await measureOften(items, count, { project: earlier.folder });
		const name = `${items.name}, ${earlierCommit}`;
		const claim = `Items: at most ${mostOfEarlier} of the memory of ${earlierCommit}`;
		return {
			rows: [
				[items.name, own],
				[name, before],
			],
			claim: memoryClaim(claim, own, before, mostOfEarlier),
		};
	} finally {
		await earlier.remove();
	}
}

/** Ten times as many, in V8's own heap and in a small one. @param once what so many took in V8's own */
async function besideTenfold(once: Taken): Promise<{ rows: Row[]; claims: Claim[] }> {
	const [often, heap] = [count * 10, smallHeap];
	const inSmall = `, in a heap of ${heap} MB`;
	const tenfold = await measureOften(file, often);
	const bounded = await measureOften(file, count, { heap });
	const boundedTenfold = await measureOften(file, often, { heap });
	const other = await measure(others, often);
	const boundedOther = await measure(others, count, { heap });
	const claim = `Ten times as many take at most ${mostOfTenth} times as much memory`;
	return {
		rows: [
			[file.name, tenfold],
			[others.name, other],
			[file.name + inSmall, bounded],
			[file.name + inSmall, boundedTenfold],
			[others.name + inSmall, boundedOther],
		],
		claims: [
			memoryClaim(fileClaim + inSmall, bounded, boundedOther, mostOfHttpRequest),
			memoryClaim(claim, tenfold, once, mostOfTenth),
			memoryClaim(claim + inSmall, boundedTenfold, bounded, mostOfTenth),
		],
	};
}

/** A list of any length as a file: how much memory it takes above the most that n8n held before. */
const bench: Bench = {
	title: `Export: ${count.toLocaleString('en')} interactions of Zenvia Sales as a file`,
	async run() {
		const { fileSeconds, itemsSeconds, isSame } = await compare(count);
		const asFile = await besideOthers(false);
		const watched = await besideOthers(true);
		const asItems = await besideEarlier();
		const rows = [...asFile.rows, ...watched.rows, ...asItems.rows];
		const time = fileSeconds / itemsSeconds;
		const claims: Claim[] = [
			{
				claim: 'The file has byte for byte the records that Items give',
				measured: isSame ? 'the same SHA-256' : 'another SHA-256',
				holds: isSame,
			},
			asFile.claim,
			watched.claim,
			asItems.claim,
			{
				claim: `A file: at most ${mostOfItemsTime} of the time of Items, in turn in one n8n`,
				measured: `${fileSeconds.toFixed(2)} to ${itemsSeconds.toFixed(2)} s: ${time.toFixed(2)}`,
				holds: time <= mostOfItemsTime,
			},
		];
		if (isLong) {
			const [[, once]] = asFile.rows as [Row];
			const long = await besideTenfold(once);
			rows.push(...long.rows);
			claims.push(...long.claims);
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
