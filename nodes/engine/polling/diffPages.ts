import type { IDataObject } from 'n8n-workflow';
import { repeatGuard } from '../pagination/pages';
import { Order } from './order';
import { type Change, type ListMemory, PollDiff } from './pollDiff';
import { type PolledRecord, timeOf } from './recordHash';

/** Where the pages of a list come from. */
export interface PageSource {
	/** What its records are. */
	polled: PolledRecord;
	/** @returns the records of a page; the first page is 1, the one after the last is empty */
	read(page: number): Promise<IDataObject[]>;
	/** Whether there is time for another page. */
	mayGoOn(): boolean;
}

/** What one poll found, and what the next one has to know. */
export interface PagesDiff {
	/** What to hand on. Nothing in the first poll of all. */
	changes: Change[];
	memory: ListMemory;
}

/** A reading in which pages shifted is repeated, but not for ever. */
const mostReadings = 3;
/** How many records in a row that are as noted end the reading of a sorted list … */
const enoughSettled = 20;
/** … if they are older than the latest change noted by more than clocks and polls take. Milliseconds. */
const marginMs = 60 * 60_000;
/** From one reading of the whole list to the next, whatever its order, in polls. */
const wholeEvery = 60;

/**
 * From what was remembered and the pages of a list to what is new and what to remember now. It has no
 * state of its own and moves nothing: when a page cannot be read it throws, and the memory that the
 * caller has is still the right one.
 *
 * Why nothing is lost or handed on twice: a record counts as noted only in the state in which it was seen,
 * so one that a reading missed is found by a later one; and whatever is seen and differs from what is
 * noted is handed on and noted in one step.
 *
 * Why a reading without a record seen twice saw all that were there when it began, if none was taken away
 * meanwhile: at every page, as many records have been seen as the list has places up to there. At the
 * page where the list ends, that is every place it has. So only a reading with a record seen twice may
 * have missed one, and it is repeated. Where records were taken away, one may be missed, and is found by
 * the next poll.
 *
 * @param now milliseconds since 1970
 */
export async function diffPages(
	memory: ListMemory | undefined,
	source: PageSource,
	now: number,
): Promise<PagesDiff> {
	const diff = new PollDiff(memory, source.polled);
	const readings: Reading[] = [];
	const go = async (from: number) =>
		readings.push(await readOnce(memory, diff, source, { from, before: readings.at(-1) }));
	if (memory?.resume !== undefined) await go(memory.resume);
	for (let count = 0; count < mostReadings && readings.at(-1)?.end !== 'cut'; count++) {
		await go(1);
		if (readings.at(-1)?.end !== 'shifted') break;
	}
	return {
		changes: memory ? diff.changes() : [],
		memory: remembered(memory, diff, readings, now),
	};
}

interface Reading {
	/**
	 * - whole: from the first page to the empty one
	 * - settled: from the first page to where all the rest is as noted
	 * - shifted: like these, but a record was seen twice, and not the same ones as in the reading before
	 * - rest: from where the last poll was cut off to the empty page
	 * - cut: no time for more
	 */
	end: 'whole' | 'settled' | 'shifted' | 'rest' | 'cut';
	/** The page that was to be read next. */
	page: number;
	newestFirst: boolean;
	/** The records that were seen twice. */
	twice: ReadonlySet<string>;
}

/** Where a reading begins, and the one before it in the same poll. */
interface Beginning {
	from: number;
	before: Reading | undefined;
}

async function readOnce(
	memory: ListMemory | undefined,
	diff: PollDiff,
	{ polled, read, mayGoOn }: PageSource,
	{ from, before }: Beginning,
): Promise<Reading> {
	const mayStop = from === 1 && memory !== undefined && mayStopEarly(memory);
	const oldBefore = diff.latestBefore - marginMs;
	const order = new Order(polled);
	const refuseRepeat = repeatGuard(polled.identity);
	const names = new Set<string>();
	const twice = new Set<string>();
	let settled = 0;
	for (let page = from; ; page++) {
		const ended = (end: Reading['end']): Reading => ({
			end,
			page,
			newestFirst: order.isNewestFirst,
			twice,
		});
		if (!mayGoOn()) return ended('cut');
		const records = await read(page);
		refuseRepeat(records, page);
		for (const record of records) {
			const isOld = timeOf(polled.updatedAt(record)) < oldBefore;
			settled = diff.take(record) && isOld ? settled + 1 : 0;
			order.add(record);
			const name = polled.identity(record);
			if (names.has(name)) twice.add(name);
			names.add(name);
		}
		const isSettled = mayStop && settled >= enoughSettled && order.isNewestFirst;
		if (records.length > 0 && !isSettled) continue;
		if (from > 1) return ended('rest');
		if (twice.size > 0 && !isSame(twice, before?.twice)) return ended('shifted');
		return ended(isSettled ? 'settled' : 'whole');
	}
}

/**
 * Where the same ones come twice as before, the list holds them twice by itself (pagination/settled): it would never be
 * noted, nor what is new in it be told.
 */
const isSame = (one: ReadonlySet<string>, other?: ReadonlySet<string>): boolean =>
	one.size === other?.size && [...one].every((name) => other.has(name));

/**
 * The rest of a list needs no reading where it is sorted by the last change, a change moves its record to
 * the top, and both have been seen. That stays a conclusion, so the whole is read now and then.
 */
const mayStopEarly = ({ newestFirst, movesUp, sinceWhole }: ListMemory): boolean =>
	newestFirst && movesUp && sinceWhole < wholeEvery;

function remembered(
	memory: ListMemory | undefined,
	diff: PollDiff,
	readings: Reading[],
	now: number,
): ListMemory {
	const ends = readings.map(({ end }) => end);
	const last = readings.at(-1);
	const isWhole = last?.end === 'whole';
	// With the polls before, the rest of a reading that was cut off makes a whole one too.
	const isNoted = ['whole', 'settled', 'rest'].some((end) => ends.includes(end as Reading['end']));
	const notingSince = memory ? memory.notingSince : now;
	// A change that a reading with an early end would not have met.
	const hasStray = diff.hasChangedBefore(diff.latestBefore - marginMs);
	return {
		seen: isWhole ? diff.afterWhole() : diff.afterPart(),
		latest: diff.latestTimes(),
		newestFirst: isWhole ? last.newestFirst : last?.end === 'settled',
		movesUp: !memory || (memory.movesUp && !hasStray),
		sinceWhole: isWhole ? 0 : (memory?.sinceWhole ?? 0) + 1,
		...(last?.end === 'cut' && { resume: last.page }),
		...(!isNoted && notingSince !== undefined && { notingSince }),
		...(!isNoted && memory?.isRelearned && { isRelearned: true }),
	};
}
