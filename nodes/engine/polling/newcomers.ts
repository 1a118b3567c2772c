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
/** Records that one look holds, some 150 bytes each, before it lets go of those that nothing needs any more. */
const mostHeld = 4 * mostSeen;

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
	/** The times of the new ones, by the hash of their keys. */
	private found = new Map<string, number>();
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
		this.seen = new Map(pieces(mark?.seen, entryLength).map(parsed));
		this.known = new Set(pieces(mark?.known, hashLength));
	}

	/** @returns the records of a page that are new, and had not been met in this look */
	take(records: readonly IDataObject[]): IDataObject[] {
		const fresh = records.filter((record) => this.takeOne(record));
		if (this.found.size > mostHeld) this.letGo();
		return fresh;
	}

	/** Whether all of a page is older than what is asked for. A record that says no time may be new. */
	isPast(records: readonly IDataObject[]): boolean {
		return records.every((record) => this.newness.time(record) < this.from);
	}

	private takeOne(record: IDataObject): boolean {
		const { mark, look } = this;
		const [hash, time] = this.entryOf(record);
		if (time < this.floor || this.seen.has(hash) || this.known.has(hash)) return false;
		if (time > this.latest) this.latest = time;
		const isNoted = !mark && (look.firstFrom === undefined || time < look.firstFrom);
		if (isNoted) this.noted.set(hash, time);
		if (isNoted || this.found.has(hash)) return false;
		this.found.set(hash, time);
		return true;
	}

	private entryOf(record: IDataObject): [string, number] {
		return [hashOf(this.newness.key(record)), this.newness.time(record)];
	}

	/** The mark remembers the latest only, and what comes again on a page that shifted was met just before. */
	private letGo(): void {
		if (this.look.reach === 'whole' || this.newness.mayShift) return;
		const all = [...this.found];
		const [older, recent] = [all.slice(0, -mostSeen), all.slice(-mostSeen)];
		const timeless = older.filter(([, time]) => Number.isNaN(time));
		const timed = older.filter(([, time]) => !Number.isNaN(time)).sort(latestFirst);
		this.found = new Map([...timeless, ...timed.slice(0, mostSeen + 1), ...recent]);
	}

	/** Records of this look as they are handed on. */
	oldestFirst(records: readonly IDataObject[]): IDataObject[] {
		// What says no time comes first, and so is never left over for good.
		const order = (record: IDataObject): number => this.newness.time(record) || 0;
		return [...records].sort((one, other) => order(one) - order(other));
	}

	/**
	 * The step that the mark makes when what is new has been handed on.
	 * @param part the oldest of it, where that is all that was wanted; what is left comes with the next look
	 */
	step(part?: readonly IDataObject[]): Mark {
		const { mark, look } = this;
		const handedOn = part ? part.map((record) => this.entryOf(record)) : [...this.found];
		const latest = part ? (handedOn.at(-1)?.[1] ?? -Infinity) : this.latest;
		const fresh = new Map([...this.noted, ...handedOn]);
		const byKey = (time: number) => look.reach === 'whole' || Number.isNaN(time);
		const known = [...fresh].filter(([, time]) => byKey(time)).map(([hash]) => hash);
		const timed = [...this.seen, ...fresh].filter(([, time]) => !byKey(time));
		const begun = mark?.until ?? look.firstFrom ?? look.start;
		// What changed while pages were read may have been missed, and a clock may be wrong by years: not later than now.
		const until = Math.max(begun, Math.min(Number.isNaN(latest) ? begun : latest, look.start));
		// What is left over is as late as the last one that was handed on, and may be within a longer overlap of before.
		// So is all that says a time, where it says none: it comes behind.
		const reached = part ? Math.min(Number.isNaN(latest) ? -Infinity : latest, until) : until;
		const floor = Math.max(mark?.floor ?? this.from, reached - look.overlapMs, look.readUpTo ?? 0);
		const end = Math.max(until, look.readUpTo ?? 0);
		return { ...bounded(timed, floor), until: end, known: known.join('') };
	}
}

const latestFirst = ([, one]: [string, number], [, other]: [string, number]): number => other - one;

/** Those from the floor on; where they are too many, the oldest are let go, and the floor is above them. */
function bounded(
	timed: ReadonlyArray<[string, number]>,
	floor: number,
): Pick<Mark, 'floor' | 'seen'> {
	const above = timed.filter(([, time]) => time >= floor).sort(latestFirst);
	const [, tooOld] = above[mostSeen] ?? [];
	const kept = tooOld === undefined ? above : above.filter(([, time]) => time > tooOld);
	return {
		floor: tooOld === undefined ? floor : tooOld + 1,
		seen: kept.map(([hash, time]) => hash + digitsOf(time)).join(''),
	};
}

const digitsOf = (time: number): string =>
	Math.max(0, time).toString(36).padStart(timeLength, '0').slice(-timeLength);

const parsed = (entry: string): [string, number] => [
	entry.slice(0, hashLength),
	parseInt(entry.slice(hashLength), 36),
];

function pieces(text = '', length: number): string[] {
	return Array.from({ length: Math.floor(text.length / length) }, (_, n) =>
		text.slice(n * length, (n + 1) * length),
	);
}
