import type { Item } from '../n8n/execution.mts';
import type { Journal } from '../kit/simulator.mts';
import type { Batch, BatchItem, Duty, Json } from './batch.mts';

/** What became of one item, and whether that is as it should be. */
export type Verdict =
	/** It ended well, and where the journal tells of it, it was done. */
	| 'well'
	/** A write that may be done once was answered with no; it was not done, and the item says so. */
	| 'refused'
	/** Nobody could know: the item says so, by name, and it was done. */
	| 'said, done'
	/** The same, and it was not done. */
	| 'said, not done'
	/** All below are wrong. A read or a repeatable write did not end well. */
	| 'failed'
	/** It was done, and the item says neither that it was nor that it may have been. */
	| 'not said'
	/** It may have been done, and the item does not name what to look for. */
	| 'not named'
	/** No item came out, or one that says that it was done, and it was not. */
	| 'lost'
	/** What may be done once was done more than once. */
	| 'twice';

export const soundVerdicts: readonly Verdict[] = [
	'well',
	'refused',
	'said, done',
	'said, not done',
];

/** One operation, judged. */
export interface Judged {
	vendor: string;
	operation: string;
	duty: Duty;
	name: string;
	verdict: Verdict;
	/** What the item said, where it did not end well. */
	sentence?: string;
}

/** The words by which the nodes say that nobody knows. */
const UNCERTAIN = 'This may have worked';

/** The records, or the sentence, that came out for each input item. */
export function outcomesOf(
	items: readonly Item[],
	count: number,
): Array<Json[] | string | undefined> {
	const outcomes = new Array<Json[] | string | undefined>(count).fill(undefined);
	for (const { json, pairedItem, error } of items) {
		const index = indexOf(pairedItem);
		const said = json.error ?? error?.message;
		const before = outcomes[index];
		if (said !== undefined) outcomes[index] = String(said);
		else outcomes[index] = [...(Array.isArray(before) ? before : []), json];
	}
	return outcomes;
}

function indexOf(paired: Item['pairedItem']): number {
	const [first] = Array.isArray(paired) ? paired : [paired];
	return typeof first === 'object' ? first.item : (first ?? -1);
}

/** Tells how often each item of a batch was really done. */
export function timesDone({ done }: Batch, journal: Journal): (name: string) => number | undefined {
	if (!done) return () => undefined;
	const times = new Map<string, number>();
	for (const entry of journal.entries(done.what)) {
		const name = done.name(entry);
		times.set(name, (times.get(name) ?? 0) + 1);
	}
	return (name) => times.get(name) ?? 0;
}

/**
 * Judges one item by what came out of n8n and by what the vendor really did.
 * @param done how often it was done; undefined where the journal does not tell
 */
export function judge(
	{ duty, isAnswer = (records) => records.length > 0 }: Batch,
	item: BatchItem,
	outcome: Json[] | string | undefined,
	done: number | undefined,
): Verdict {
	if (duty === 'once' && (done ?? 0) > 1) return 'twice';
	if (outcome === undefined) return 'lost';
	if (typeof outcome !== 'string') {
		if (done === 0) return 'lost';
		return isAnswer(outcome, item) ? 'well' : 'failed';
	}
	if (duty !== 'once') return 'failed';
	if (!outcome.includes(UNCERTAIN)) return done === 0 ? 'refused' : 'not said';
	if (!outcome.includes(item.name)) return 'not named';
	return done === 0 ? 'said, not done' : 'said, done';
}
