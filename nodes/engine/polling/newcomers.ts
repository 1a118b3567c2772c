import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import type { Newness, Reach } from './newness';

/** Up to where a list has been handed on. Moments in milliseconds since 1970. */
export interface Mark {
	/** The latest time that a record had which was handed on, on the vendor's clock. */
	until: number;
	/** What is older than this is known. */
	floor: number;
	/** The records since then, as a text: for each the hash of its key, and its time. */
	seen: string;
	/** Those that are told by their key alone, as hashes. Of a step of a mark: those that it adds. */
	known: string;
}

/** Base64url digits of a key's hash, six bits each: of 100,000, a new record is taken for a known one once in 2.8 billion. */
const hashLength = 8;
/** Digits of a time to base 36: enough for 3,000 years. */
const timeLength = 9;
const entryLength = hashLength + timeLength;

/** Records in the overlap that a mark remembers: 17 characters each. */
export const mostSeen = 10_000;
/** Records that a mark remembers for good where all of a list is read: 8 characters each. */
export const mostKnown = 100_000;

const hashOf = (key: string): string =>
	createHash('sha256').update(key).digest('base64url').slice(0, hashLength);

/** A mark after a step. */
export const moved = (mark: Mark | undefined, step: Mark): Mark => ({
	...step,
	known: (mark?.known ?? '') + step.known,
});

/** How a list is looked through. Moments in milliseconds since 1970. */
export interface Look {
	/** Now. */
	start: number;
	overlapMs: number;
	/** From when on the first run hands on what is there; left out, it hands on nothing. */
	firstFrom?: number;
	reach: Reach;
	/** Up to where this look reads, if that is so long ago that nothing older will show any more. */
	readUpTo?: number;
}

/** One look through a list: tells what is new in it, and what the mark is when that has been handed on. */
export class Newcomers {
	/** What is asked for. */
	readonly from: number;
	/** What is older is known; nothing is where only keys tell. */
	private readonly floor: number;
	private readonly seen: Map<string, number>;
	private readonly known: Set<string>;
	/** New ones, by the hash of their keys. */
	private readonly found = new Map<string, { record: IDataObject; time: number }>();
	/** Not to be handed on, but known from now on. */
	private readonly noted = new Map<string, number>();
	private latest = -Infinity;

	constructor(
		private readonly newness: Newness,
		private readonly mark: Mark | undefined,
		private readonly look: Look,
	) {
		const { start, overlapMs, firstFrom, reach } = look;
		this.from = mark?.floor ?? firstFrom ?? start - overlapMs;
		this.floor = reach === 'whole' ? -Infinity : this.from;
		this.seen = new Map(pieces(mark?.seen, entryLength).map(entryOf));
		this.known = new Set(pieces(mark?.known, hashLength));
	}

	/** @returns how many of a page are new, and had not been met in this look */
	take(records: readonly IDataObject[]): number {
		const before = this.found.size;
		for (const record of records) this.takeOne(record);
		return this.found.size - before;
	}

	/** Whether all of a page is older than what is asked for. A record that says no time may be new. */
	isPast(records: readonly IDataObject[]): boolean {
		return records.every((record) => this.newness.time(record) < this.from);
	}

	private takeOne(record: IDataObject): void {
		const { mark, look, newness } = this;
		const time = newness.time(record);
		if (time < this.floor) return;
		const hash = hashOf(newness.key(record));
		if (this.seen.has(hash) || this.known.has(hash)) return;
		if (time > this.latest) this.latest = time;
		const isNoted = !mark && (look.firstFrom === undefined || time < look.firstFrom);
		if (isNoted) this.noted.set(hash, time);
		else this.found.set(hash, { record, time });
	}

	/**
	 * What is new, the oldest first, and the step that the mark makes with it.
	 * @param most how many are wanted; what is left comes with the next look
	 */
	result(most: number): { records: IDataObject[]; step: Mark } {
		const all = [...this.found].sort(([, one], [, other]) => orderOf(one) - orderOf(other));
		const handedOn = all.slice(0, most);
		const times = new Map(handedOn.map(([hash, { time }]) => [hash, time]));
		const isAll = handedOn.length === all.length;
		const latest = isAll ? this.latest : (handedOn.at(-1)?.[1].time ?? -Infinity);
		return {
			records: handedOn.map(([, { record }]) => record),
			step: this.step(new Map([...this.noted, ...times]), latest),
		};
	}

	private step(fresh: ReadonlyMap<string, number>, latest: number): Mark {
		const { mark, look } = this;
		const byKey = (time: number) => look.reach === 'whole' || Number.isNaN(time);
		const known = [...fresh].filter(([, time]) => byKey(time)).map(([hash]) => hash);
		const timed = [...this.seen, ...fresh].filter(([, time]) => !byKey(time));
		const begun = mark?.until ?? look.firstFrom ?? look.start;
		// What changed while pages were read may have been missed, and a clock may be wrong by years: not later than now.
		const until = Math.max(begun, Math.min(Number.isNaN(latest) ? begun : latest, look.start));
		const floor = Math.max(mark?.floor ?? this.from, until - look.overlapMs, look.readUpTo ?? 0);
		const end = Math.max(until, look.readUpTo ?? 0);
		return { ...bounded(timed, floor), until: end, known: known.join('') };
	}
}

/** What says no time comes first, and so is never left over for good. */
const orderOf = ({ time }: { time: number }): number => (Number.isNaN(time) ? 0 : time);

/** Those from the floor on; where they are too many, the oldest are let go, and the floor is above them. */
function bounded(
	timed: ReadonlyArray<[string, number]>,
	floor: number,
): Pick<Mark, 'floor' | 'seen'> {
	const above = timed.filter(([, time]) => time >= floor).sort(([, a], [, b]) => b - a);
	const [, tooOld] = above[mostSeen] ?? [];
	const kept = tooOld === undefined ? above : above.filter(([, time]) => time > tooOld);
	return {
		floor: tooOld === undefined ? floor : tooOld + 1,
		seen: kept.map(([hash, time]) => hash + digitsOf(time)).join(''),
	};
}

const digitsOf = (time: number): string =>
	Math.max(0, time).toString(36).padStart(timeLength, '0').slice(-timeLength);

const entryOf = (entry: string): [string, number] => [
	entry.slice(0, hashLength),
	parseInt(entry.slice(hashLength), 36),
];

function pieces(text = '', length: number): string[] {
	return Array.from({ length: Math.floor(text.length / length) }, (_, n) =>
		text.slice(n * length, (n + 1) * length),
	);
}
