import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../http/client';
import type { Request } from '../http/request';
import type { Pages, ReadPage } from '../pagination/pages';
import { type Mark, moved, Newcomers } from './newcomers';
import type { Newness } from './newness';
import { outOfTime, type PolledList, type View } from './poll';
import type { Vendor } from '../http/vendor';

/** A list that the vendor filters by a range of dates, and what its new records are to a person. */
export interface SlicedList {
	name: string;
	vendor: Vendor;
	newness: Newness;
	pages: Pages;
	/** Asks for all of the list. */
	request: Request;
	/** Asks for what is of a range of dates, its ends included or not. */
	between(request: Request, from: Date, to: Date): Request;
	/** The records in an answer's body. */
	records(body: unknown): IDataObject[];
	/** The item that a record gives; nothing where it is no event that was chosen. */
	itemOf(record: IDataObject): IDataObject | undefined;
	/** The longest range that one request may ask for, in milliseconds. */
	longestMs: number;
	/** How late a record may show, and how far clocks may be apart. Milliseconds. */
	overlapMs: number;
	/** From when on the first poll hands on what is there, in milliseconds since 1970; left out, it hands on nothing. */
	firstFrom?: number;
}

/** What is remembered from poll to poll. */
interface SliceMemory {
	mark?: Mark;
	/** How much of the past is read in one piece. Milliseconds. */
	sliceMs?: number;
}

/** Items after which a poll leaves the rest to the next one: they are all in memory. */
const mostAtOnce = 10_000;
/** How far the vendor's clock may be ahead. Milliseconds. */
const clockMs = 24 * 60 * 60_000;
/** A slice is not cut any smaller. Milliseconds. */
const leastMs = 1000;
/** Records in a page of the editor's test, which shows the first that is an event, and most that it looks at. */
const sampled = 100;
const mostSampled = 1000;

/**
 * A list of which a poll reads what came since the last one, slice by slice from the oldest on. What was read of a
 * slice is handed on when all of it has been read, since pages come newest first. A slice that does not fit into the
 * time of a poll is halved, so that a poll that is cut off has lost nothing, and the next one gets further.
 */
export const slicedList = (list: SlicedList): PolledList => ({
	name: list.name,
	look: async (view, memory) => {
		const found = await look(list, view, (memory ?? {}) as SliceMemory);
		return { ...found, memory: found.memory as unknown as IDataObject };
	},
	sample: async (client) => {
		let seen = 0;
		for await (const page of list.pages(reader(list, client), list.request, sampled)) {
			const items = page.map(list.itemOf).filter((item) => item !== undefined);
			seen += page.length;
			if (items.length > 0 || seen >= mostSampled) return items.slice(0, 1);
		}
		return [];
	},
});

async function look(
	list: SlicedList,
	view: View,
	{ mark: known, sliceMs: last }: SliceMemory,
): Promise<{ items: IDataObject[]; memory: SliceMemory }> {
	const { newness, overlapMs, firstFrom, longestMs } = list;
	const { start } = view;
	const items: IDataObject[] = [];
	let mark = known;
	let sliceMs = Math.min(last ?? longestMs, longestMs);
	for (;;) {
		const begun = mark?.floor ?? firstFrom ?? start - overlapMs;
		// What is so old has shown, so that no overlap with the next slice is needed.
		const isPast = begun + sliceMs <= start - overlapMs;
		// The mark is on the vendor's clock, and n8n's may have been put back.
		const latest = start > begun ? start : begun + clockMs;
		// On a full second, which no vendor rounds: what is between it and the end would be in no slice.
		const to = isPast ? Math.floor((begun + sliceMs) / leastMs) * leastMs : latest;
		const newcomers = new Newcomers(newness, mark, {
			...{ start, overlapMs, reach: 'filter' },
			...(firstFrom !== undefined && { firstFrom }),
			...(isPast && { readUpTo: to }),
		});
		const isWhole = begun >= start - overlapMs || to - begun <= leastMs;
		const most = isWhole ? Infinity : mostAtOnce;
		const found = await readSlice(list, view, newcomers, { to, most });
		if (found) {
			mark = moved(mark, newcomers.step());
			for (const record of newcomers.oldestFirst(found)) {
				const item = list.itemOf(record);
				if (item) items.push(item);
			}
			sliceMs = Math.min(2 * sliceMs, longestMs);
			if (!isPast || items.length >= mostAtOnce) break;
		} else {
			if (isWhole) throw outOfTime(list.vendor);
			sliceMs = Math.max(leastMs, Math.floor((to - begun) / 2));
		}
		if (!view.mayGoOn()) break;
	}
	return { items, memory: { ...(mark && { mark }), sliceMs } };
}

/** @returns what is new in it, or nothing where it could not be read to its end */
async function readSlice(
	list: SlicedList,
	{ client, mayGoOn }: View,
	newcomers: Newcomers,
	{ to, most }: { to: number; most: number },
): Promise<IDataObject[] | undefined> {
	// Whether a vendor's range holds its start is not known: the record of that very moment is asked for too.
	const request = list.between(list.request, new Date(newcomers.from - 1), new Date(to));
	const found: IDataObject[] = [];
	for await (const page of list.pages(reader(list, client), request, Infinity)) {
		for (const record of newcomers.take(page)) found.push(record);
		if (!mayGoOn() || found.length > most) return undefined;
	}
	return found;
}

function reader({ records }: SlicedList, { send, room }: Client): ReadPage {
	const one = async (request: Request) =>
		await send(request, (body) => ({ records: records(body), body }));
	return Object.assign(one, { room });
}
