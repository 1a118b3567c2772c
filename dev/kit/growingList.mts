import type { IDataObject, INodeType } from 'n8n-workflow';
import type { Vendor as VendorState } from './simulator.mts';

/** A list of a simulated vendor, into which records come with any time of its clock: what Only New is tried on. */
export interface GrowingList {
	/** What Get Many of it is called by, and what is needed besides. */
	parameters: IDataObject;
	/** What the vendor answers where the node does not try again. */
	refusal: { status: number; body: IDataObject };
	/** What its credential holds so that the node keeps no pace, by a clock that may stand still. */
	unpaced?: IDataObject;
	/** Puts a record in which is of this moment, in milliseconds. @returns what tells it, as keyOf does */
	put(ms: number): string;
	keyOf(record: IDataObject): string;
	/** The trigger that polls this list. */
	polled?: {
		node: INodeType;
		parameters: IDataObject;
		/** The field of its items, and of the webhook trigger's, in which the record is; left out, it is the item. */
		recordIn?: string;
		/** And in which the event's ID is. */
		idIn: string;
	};
	/** What the webhook trigger hands on when it is told of a record. */
	delivered?(key: string): IDataObject;
	/** Takes one of these away, which moves up those behind it. */
	remove?(among: ReadonlySet<string>): void;
}

/** The lists of a vendor in which the node tells what is new, by their names. */
export type GrowingLists<V extends VendorState> = Record<string, (vendor: V) => GrowingList>;

/** A moment as ISO 8601. */
export const iso = (ms: number): string => new Date(ms).toISOString();

/** The place in a list behind the last record that is so. */
export function placeAfter<T>(records: readonly T[], isSo: (record: T) => boolean): number {
	let place = records.length;
	while (place > 0 && !isSo(records[place - 1] as T)) place--;
	return place;
}
