import type { JournalEntry } from '../kit/simulator.mts';

export type Json = Record<string, unknown>;

/**
 * What a person may expect of an operation while the vendor fails now and then: a read, and a write that
 * comes to the same however often it is done, end well; a write that may be done only once is done once or
 * not, and is said to be uncertain where nobody knows.
 */
export type Duty = 'read' | 'repeatable' | 'once';

/** What goes into the node for one operation; `name` tells it from all others. */
export interface BatchItem extends Json {
	name: string;
}

/** One operation of a node, for many items. */
export interface Batch {
	resource: string;
	operation: string;
	duty: Duty;
	/** The node's parameters, with expressions that read the item. */
	parameters: Json;
	items: BatchItem[];
	/** How the simulator's journal tells of a write; left out where it does not. */
	done?: {
		what: string;
		/** The name of the item that an entry is about. */
		name(entry: JournalEntry): string;
	};
	/** Whether this is the answer to an item; more than nothing, if not said. */
	isAnswer?(records: Json[], item: BatchItem): boolean;
}

/** How many operations of a vendor are asked for, and what tells this run's names from others'. */
export interface BatchRequest {
	count: number;
	tag: string;
}

/** Cuts a count into parts of these sizes, in percent; the first takes what is left over. */
export function parts<Name extends string>(
	count: number,
	percents: Record<Name, number>,
): Record<Name, number> {
	const names = Object.keys(percents) as Name[];
	const sizes = Object.fromEntries(
		names.map((name) => [name, Math.floor((count * percents[name]) / 100)]),
	) as Record<Name, number>;
	const [first] = names;
	if (first === undefined) throw new Error('There are no parts');
	const sum = names.reduce((total, name) => total + sizes[name], 0);
	return { ...sizes, [first]: sizes[first] + count - sum };
}

/** A number of items, each made from its own number. */
export const times = <T,>(count: number, make: (n: number) => T): T[] =>
	Array.from({ length: count }, (_, n) => make(n));

/** A value of a resource locator, as the editor stores it. */
export const picked = (value: unknown, mode = 'id'): Json => ({
	__rl: true,
	mode,
	value: String(value),
});

/** The name of each item is the id of the record that an entry is about. */
export const byId = ({ id }: JournalEntry): string => String(id);
export const byKey = ({ key }: JournalEntry): string => key;

/** One record comes back, and it holds the item's name. */
export const holdsName = (records: Json[], { name }: BatchItem): boolean =>
	records.length === 1 && JSON.stringify(records).includes(name);
/** This many records come back. */
export const counts =
	(length: number) =>
	(records: Json[]): boolean =>
		records.length === length;
