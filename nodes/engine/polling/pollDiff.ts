import type { IDataObject } from 'n8n-workflow';
import { hashOf, type PolledRecord, type RecordHash, timeOf } from './recordHash';
import { SeenRecords } from './seenRecords';

/** What is remembered of one list from poll to poll. */
export interface ListMemory {
	/**
	 * The records of the last whole reading, then those that were missing in the last one, two, … whole
	 * readings, as texts of SeenRecords. One can be missing because pages shifted, so it is not forgotten at once.
	 */
	seen: string[];
	/** The latest times that any noted record had. Milliseconds since 1970, 0 for none. */
	latest: Times;
	/** Whether the last whole reading showed the list to be sorted, the newest change first. */
	newestFirst: boolean;
	/**
	 * Whether every change seen so far had a new time, so that it moved its record to the top of such
	 * a list. Once false, it stays so.
	 */
	movesUp: boolean;
	/** Polls since the last whole reading. */
	sinceWhole: number;
	/** The page at which the last poll was cut off. */
	resume?: number;
	/**
	 * Set while the very first reading is not done: records are noted and not handed on, unless they
	 * changed after this moment, or after they were noted. Milliseconds since 1970.
	 */
	notingSince?: number;
	/**
	 * Set with notingSince where an older form of memory had noted what there was: a record that is not newer than
	 * all that were noted then is an old one, though its hash is not known.
	 */
	isRelearned?: boolean;
}

interface Times {
	createdAt: number;
	updatedAt: number;
}

/** A record that is new or other than when it was last seen. */
export interface Change {
	kind: 'created' | 'updated';
	record: IDataObject;
}

/** Whole readings, one after the other, after which a record that is missing in them is forgotten. */
const mostAbsences = 10;

/** What one poll sees of a list, held against what is remembered. Knows no pages and no n8n. */
export class PollDiff {
	/** Records noted before this poll. */
	private readonly noted: SeenRecords[];
	private readonly before: Times;
	private readonly latest: Times;
	/** Each record seen in this poll, as it was seen last. */
	private readonly seen = new Map<string, RecordHash>();
	private readonly found = new Map<string, Change>();

	constructor(
		private readonly memory: ListMemory | undefined,
		private readonly polled: PolledRecord,
	) {
		this.noted = (memory?.seen ?? []).map((text) => SeenRecords.parse(text));
		this.before = memory?.latest ?? { createdAt: 0, updatedAt: 0 };
		this.latest = { ...this.before };
	}

	/**
	 * Takes a record in.
	 * @returns whether it is as it was noted before this poll
	 */
	take(record: IDataObject): boolean {
		const name = this.polled.identity(record);
		const hash = hashOf(record, this.polled);
		const times = this.timesOf(record);
		const isAsNoted = this.isNoted(hash, times);
		this.seen.set(name, hash);
		if (isAsNoted) this.found.delete(name);
		else this.found.set(name, { kind: this.isNew(hash, times) ? 'created' : 'updated', record });
		// Math.max would make a record without a time spoil the rest.
		if (times.updatedAt > this.latest.updatedAt) this.latest.updatedAt = times.updatedAt;
		if (times.createdAt > this.latest.createdAt) this.latest.createdAt = times.createdAt;
		return isAsNoted;
	}

	/** Records that are new, or differ from what was noted, oldest change first. */
	changes(): Change[] {
		const since = this.memory?.notingSince;
		const all = [...this.found.values()];
		const wanted = since === undefined ? all : all.filter((change) => this.isSince(change, since));
		return wanted.sort((a, b) => (this.changedAt(a.record) || 0) - (this.changedAt(b.record) || 0));
	}

	/** Where nobody says when a record changed, one that had been noted before the change has changed since. */
	private isSince({ kind, record }: Change, moment: number): boolean {
		const { createdAt, updatedAt } = this.timesOf(record);
		if (!Number.isNaN(updatedAt)) return updatedAt > moment;
		return kind === 'updated' || createdAt > moment;
	}

	/**
	 * What to remember after a reading that saw every record: what was seen, then what was missing. A list that comes
	 * empty leaves all as it is: it may be out of order, and what was forgotten would be told of anew when it is back.
	 */
	afterWhole(): string[] {
		if (this.seen.size === 0)
			return texts(this.noted.length > 0 ? this.noted : [new SeenRecords()]);
		const present = new SeenRecords();
		for (const hash of this.seen.values()) present.add(hash);
		const missing = this.noted.map((noted) => noted.without(this.seen.values()));
		return texts([present, ...missing].slice(0, mostAbsences));
	}

	/** What to remember after a reading that saw a part: what was seen is noted, the rest stays as it is. */
	afterPart(): string[] {
		const [present = new SeenRecords(), ...missing] = this.noted;
		for (const [name, { kind }] of this.found) {
			const hash = this.seen.get(name);
			if (!hash) continue;
			if (kind === 'created') present.add(hash);
			else present.update(hash);
		}
		return texts([present, ...missing]);
	}

	/** Whether a record is new or changed, and yet was changed before a moment. Milliseconds since 1970. */
	hasChangedBefore(moment: number): boolean {
		return this.changes().some(({ record }) => this.changedAt(record) < moment);
	}

	/** The latest times noted, with those of this poll. */
	latestTimes(): Times {
		return { ...this.latest };
	}

	/** The latest change noted before this poll. Milliseconds since 1970, or 0. */
	get latestBefore(): number {
		return this.before.updatedAt;
	}

	/** A record created later than all that were noted is not one of them, whatever its hash says. */
	private isNoted(hash: RecordHash, { createdAt }: Times): boolean {
		return !(createdAt > this.before.createdAt) && this.noted.some((noted) => noted.has(hash));
	}

	private isNew(hash: RecordHash, { createdAt }: Times): boolean {
		if (createdAt > this.before.createdAt) return true;
		return !this.memory?.isRelearned && !this.noted.some((noted) => noted.knows(hash));
	}

	private timesOf(record: IDataObject): Times {
		const { createdAt, updatedAt } = this.polled;
		return { createdAt: timeOf(createdAt(record)), updatedAt: timeOf(updatedAt(record)) };
	}

	private readonly changedAt = (record: IDataObject): number =>
		timeOf(this.polled.updatedAt(record));
}

function texts(all: SeenRecords[]): string[] {
	const filled = [...all];
	while (filled.length > 1 && filled.at(-1)?.size === 0) filled.pop();
	return filled.map(String);
}
