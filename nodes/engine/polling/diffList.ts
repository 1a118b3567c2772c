import { type IDataObject, UserError } from 'n8n-workflow';
import type { Client } from '../http/client';
import { diffPages } from './diffPages';
import type { PolledList } from './poll';
import type { Change, ListMemory } from './pollDiff';
import type { PolledRecord } from './recordHash';
import { entryLength } from './seenRecords';

/** A list that is read as a whole, and what its changes are to a person. */
export interface DiffList {
	name: string;
	/** What its records are. */
	polled: PolledRecord;
	/** @returns the records of a page; the first page is 1, the one after the last is empty */
	read(client: Client, page: number): Promise<IDataObject[]>;
	/** The item that a change gives; nothing where it is no event, or none that was chosen. */
	itemOf(change: Change): IDataObject | undefined;
	/** The item that the editor's test shows of a record; nothing where it shows none. */
	sampleOf(record: IDataObject): IDataObject | undefined;
	/** Most records that are remembered; of more, the trigger says that there are too many. Left out: no end. */
	most?: number;
}

/** A list in which all records are remembered, each in the state in which it was seen last. */
export function diffList({ name, polled, read, itemOf, sampleOf, most }: DiffList): PolledList {
	return {
		name,
		look: async ({ client, start, mayGoOn }, memory) => {
			const source = { polled, mayGoOn, read: async (page: number) => await read(client, page) };
			const diff = await diffPages(memory as unknown as ListMemory | undefined, source, start);
			if (most !== undefined && diff.memory.seen.join('').length > most * entryLength)
				throw new UserError(
					`The trigger remembers each record of the list that it looks through, and no more than ${most}. There are more.`,
				);
			return {
				items: diff.changes.map(itemOf).filter((item) => item !== undefined),
				memory: diff.memory as unknown as IDataObject,
			};
		},
		sample: async (client) => {
			const items = (await read(client, 1)).map(sampleOf).filter((item) => item !== undefined);
			return items.slice(0, 1);
		},
	};
}
