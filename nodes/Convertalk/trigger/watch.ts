import type { IDataObject } from 'n8n-workflow';
import { repeatGuard } from '../../shared/pages';
import { identity } from '../api';
import { timeOf } from './mark';
import { Order } from './order';
import { type Change, type ListMemory, Sighting } from './sighting';

/** Where the pages of a list come from. */
export interface PageSource {
	/** @returns the records of a page; the first page is 1, the one after the last is empty */
	read(page: number): Promise<IDataObject[]>;
	/** Whether there is time for another page. */
	mayGoOn(): boolean;
}

export interface Watched {
	/** What to hand on. Nothing in the first poll of all. */
	changes: Change[];
	memory: ListMemory;
}

/** A reading in which pages shifted is repeated, but not for ever. */
const mostReadings = 3;
/** In a sorted list, so many leads in a row that are as noted end the reading … */
const enoughSettled = 20;
/** … if they are older than the latest change noted by more than clocks and polls take. Milliseconds. */
const marginMs = 60 * 60_000;
/** Every so many polls the list is read whole, whatever its order. */
const wholeEvery = 60;

/**
 * From what was remembered and the pages of a list to what is new and what to remember now. It has no
 * state of its own and moves nothing: when a page cannot be read it throws, and the memory that the
 * caller has is still the right one.
 *
 * Why nothing is lost or handed on twice: a lead counts as noted only in the state in which it was seen,
 * so one that a reading missed is found by a later one; and whatever is seen and differs from what is
 * noted is handed on and noted in one step.
 *
 * Why a reading without a lead seen twice saw all that were there when it began, if none was taken away
 * meanwhile: at every page, as many leads have been seen as the list has places up to there. At the
 * page where the list ends, that is every place it has. So only a reading with a lead seen twice may
 * have missed one, and it is repeated. Where leads were taken away, one may be missed, and is found by
 * the next poll.
 *
 * @param now milliseconds since 1970
 */
export async function watch(
	memory: ListMemory | undefined,
	source: PageSource,
	now: number,
): Promise<Watched> {
	const sighting = new Sighting(memory);
	let reading = await readOnce(memory, sighting, source);
	for (let count = 1; reading.end === 'shifted' && count < mostReadings; count++) {
		reading = await readOnce(memory && { ...memory, resume: undefined }, sighting, source);
	}
	return {
		changes: memory ? sighting.changes() : [],
		memory: remembered(memory, sighting, reading, now),
	};
}

interface Reading {
	/**
	 * - whole: from the first page to the empty one
	 * - settled: to where all the rest is as noted
	 * - shifted: like whole or settled, but a lead was seen twice
	 * - joined: from where the last poll was cut off to the end, then from the first page to there
	 * - cut: no time for more
	 */
	end: 'whole' | 'settled' | 'shifted' | 'joined' | 'cut';
	/** The page that was to be read next when it was cut. */
	page: number;
	newestFirst: boolean;
}

async function readOnce(
	memory: ListMemory | undefined,
	sighting: Sighting,
	{ read, mayGoOn }: PageSource,
): Promise<Reading> {
	const first = memory?.resume ?? 1;
	const mayStop = first === 1 && memory?.newestFirst === true && memory.sinceWhole < wholeEvery;
	const order = new Order();
	const names = new Set<string>();
	let refuseRepeat = repeatGuard(identity);
	let settled = 0;
	let count = 0;
	const ended = (end: Reading['end'], page: number): Reading => {
		const isShifted = names.size < count && (end === 'whole' || end === 'settled');
		return { end: isShifted ? 'shifted' : end, page, newestFirst: order.isNewestFirst };
	};
	for (let page = first, joining = false; ; page++) {
		if (joining && page === first) return ended('joined', page);
		if (!mayGoOn()) return ended('cut', page);
		const records = await read(page);
		refuseRepeat(records, page);
		if (records.length === 0) {
			if (first === 1 || joining) return ended(first === 1 ? 'whole' : 'joined', page);
			joining = true;
			page = 0;
			refuseRepeat = repeatGuard(identity);
			continue;
		}
		for (const record of records) {
			const isOld = timeOf(record.updatedAt) < sighting.latestBefore - marginMs;
			settled = sighting.take(record) && isOld ? settled + 1 : 0;
			order.add(record);
			names.add(identity(record));
			count++;
		}
		if (mayStop && settled >= enoughSettled && order.isNewestFirst) return ended('settled', page);
	}
}

function remembered(
	memory: ListMemory | undefined,
	sighting: Sighting,
	{ end, page, newestFirst }: Reading,
	now: number,
): ListMemory {
	const isWhole = end === 'whole';
	const isSettled = end === 'settled';
	const notingSince = memory ? memory.notingSince : now;
	const isNoted = isWhole || isSettled || end === 'joined';
	return {
		ledgers: isWhole ? sighting.afterWhole() : sighting.afterPart(),
		latest: sighting.latestTimes(),
		newestFirst: isWhole ? newestFirst : isSettled,
		sinceWhole: isWhole ? 0 : (memory?.sinceWhole ?? 0) + 1,
		...(end === 'cut' && { resume: page }),
		...(!isNoted && notingSince !== undefined && { notingSince }),
	};
}
