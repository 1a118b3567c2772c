import { type IDataObject, UserError } from 'n8n-workflow';
import type { Client } from '../http/client';
import { diffPages } from './diffPages';
import type { PolledList } from './poll';
import type { Change, ListMemory } from './pollDiff';
import type { PolledRecord } from './recordHash';
import { entryLength } from './seenRecords';

/** What a page of a list holds. */
export interface PageOfList {
	records: IDataObject[];
	/** Whether the vendor says that there is no further page; left out where it says neither. */
	isLast?: boolean;
}

/** A list that is read as a whole, and what its changes are to a person. */
export interface DiffList {
	name: string;
	/** What its records are. */
	polled: PolledRecord;
	/** Reads a page; the first is 1. Where the vendor does not say which is the last, the one after it is empty. */
	read(client: Client, page: number): Promise<PageOfList>;
	/** The item that a change gives; nothing where it is no event, or none that was chosen. */
	itemOf(change: Change): IDataObject | undefined;
	/** Reads the records of which the editor's test shows one. Left out: the first page. */
	readSample?(client: Client): Promise<IDataObject[]>;
	/** The item that the editor's test shows of a record; nothing where it shows none. */
	sampleOf(record: IDataObject): IDataObject | undefined;
	/** Most records that are remembered; of more, the trigger says what to do instead. Left out: no end. */
	most?: { records: number; instead: string };
}

/** A list in which all records are remembered, each in the state in which it was seen last. */
export function diffList({ name, polled, read, itemOf, most, ...list }: DiffList): PolledList {
	const { readSample = async (client) => (await read(client, 1)).records, sampleOf } = list;
	return {
		name,
		look: async ({ client, start, mayGoOn }, memory) => {
			const source = { polled, mayGoOn, read: pageReader(client, read) };
			const diff = await diffPages(memory as unknown as ListMemory | undefined, source, start);
			if (most && diff.memory.seen.join('').length > most.records * entryLength)
				throw new UserError(
					`The trigger remembers each record of the list that it looks through, and no more than ${most.records}. There are more. ${most.instead}`,
				);
			return {
				items: diff.changes.map(itemOf).filter((item) => item !== undefined),
				memory: diff.memory as unknown as IDataObject,
			};
		},
		sample: async (client) => {
			const records = await readSample(client);
			const items = records.map(sampleOf).filter((item) => item !== undefined);
			return items.slice(0, 1);
		},
	};
}

/**
 * Pages by number, of which the one after the last is empty without being asked for. One that is empty although the
 * vendor says that there are more is asked for once more; then the next one comes in its place.
 */
function pageReader(client: Client, read: DiffList['read']) {
	let last = Infinity;
	let skipped = 0;
	const isGap = ({ records, isLast }: PageOfList) => records.length === 0 && isLast === false;
	return async (page: number): Promise<IDataObject[]> => {
		if (page === 1) skipped = 0;
		for (; page + skipped <= last; skipped++) {
			const number = page + skipped;
			let found = await read(client, number);
			if (isGap(found)) found = await read(client, number);
			last = found.isLast ? number : Infinity;
			if (!isGap(found)) return found.records;
		}
		return [];
	};
}
