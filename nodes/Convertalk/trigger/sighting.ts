import type { IDataObject } from 'n8n-workflow';
import { identity } from '../vendor';
import { type CodedLedger, Ledger } from './ledger';
import { type Mark, markOf, timeOf } from './mark';

/** What is remembered of one list from poll to poll. */
export interface ListMemory {
	/**
	 * The leads of the last whole reading, then those that were missing in the last one, two, … whole
	 * readings. A lead can be missing because pages shifted, so it is not forgotten at once.
	 */
	ledgers: CodedLedger[];
	/** The latest times that any noted lead had. Milliseconds since 1970, 0 for none. */
	latest: Times;
	/** Whether the last whole reading showed the list to be sorted, the newest change first. */
	newestFirst: boolean;
	/**
	 * Whether every change seen so far had a new updatedAt, so that it moved its lead to the top of such
	 * a list. Once false, it stays so.
	 */
	movesUp: boolean;
	/** Polls since the last whole reading. */
	sinceWhole: number;
	/** The page at which the last poll was cut off. */
	resume?: number;
	/**
	 * Set while the very first reading is not done: leads are noted and not handed on, unless they
	 * changed after this moment. Milliseconds since 1970.
	 */
	notingSince?: number;
}

interface Times {
	createdAt: number;
	updatedAt: number;
}

/** A lead that was not there before, or that was there otherwise. */
export interface Change {
	kind: 'created' | 'updated';
	record: IDataObject;
}

/** A lead that is missing in so many whole readings, one after the other, is forgotten. */
const mostAbsences = 10;

/** What one poll sees of a list, held against what is remembered. Knows no pages and no n8n. */
export class Sighting {
	/** Leads noted before this poll. */
	private readonly ledgers: Ledger[];
	private readonly before: Times;
	private readonly latest: Times;
	/** Each lead seen in this poll, as it was seen last. */
	private readonly seen = new Map<string, Mark>();
	private readonly found = new Map<string, Change>();

	constructor(private readonly memory: ListMemory | undefined) {
		this.ledgers = (memory?.ledgers ?? []).map((coded) => Ledger.decode(coded));
		this.before = memory?.latest ?? { createdAt: 0, updatedAt: 0 };
		this.latest = { ...this.before };
	}

	/**
	 * Takes a record in.
	 * @returns whether it is as it was noted before this poll
	 */
	take(record: IDataObject): boolean {
		const name = identity(record);
		const mark = markOf(record);
		const times = timesOf(record);
		const isAsNoted = !(times.updatedAt > this.before.updatedAt) && this.isNoted(mark);
		this.seen.set(name, mark);
		if (isAsNoted) this.found.delete(name);
		else this.found.set(name, { kind: this.isNew(mark, times) ? 'created' : 'updated', record });
		// Math.max would make a record without a time spoil the rest.
		if (times.updatedAt > this.latest.updatedAt) this.latest.updatedAt = times.updatedAt;
		if (times.createdAt > this.latest.createdAt) this.latest.createdAt = times.createdAt;
		return isAsNoted;
	}

	/** Leads that are new, or differ from what was noted, oldest change first. */
	changes(): Change[] {
		const since = this.memory?.notingSince;
		const all = [...this.found.values()];
		const wanted =
			since === undefined ? all : all.filter(({ record }) => changedAt(record) > since);
		return wanted.sort((a, b) => (changedAt(a.record) || 0) - (changedAt(b.record) || 0));
	}

	/** The ledgers after a reading that saw every lead: what was seen, then what was missing. */
	afterWhole(): CodedLedger[] {
		const present = Ledger.for(this.seen.size);
		for (const mark of this.seen.values()) present.note(mark);
		const missing = this.ledgers.map((ledger) => ledger.without(this.seen.values()));
		return coded([present, ...missing].slice(0, mostAbsences));
	}

	/** The ledgers after a reading that saw a part: what was seen is noted, the rest stays as it is. */
	afterPart(): CodedLedger[] {
		const [present = Ledger.for(this.seen.size), ...missing] = this.ledgers;
		for (const [name, { kind }] of this.found) {
			const mark = this.seen.get(name);
			if (!mark) continue;
			if (kind === 'created') present.note(mark);
			else present.update(mark);
		}
		return coded([present, ...missing]);
	}

	/** Whether a lead is new or changed, and yet was changed before a moment. Milliseconds since 1970. */
	hasChangedBefore(moment: number): boolean {
		return this.changes().some(({ record }) => changedAt(record) < moment);
	}

	/** The latest times noted, with those of this poll. */
	latestTimes(): Times {
		return { ...this.latest };
	}

	/** The latest change noted before this poll. Milliseconds since 1970, or 0. */
	get latestBefore(): number {
		return this.before.updatedAt;
	}

	private isNoted(mark: Mark): boolean {
		return this.ledgers.some((ledger) => ledger.has(mark));
	}

	/** A lead created later than all that were noted is not one of them, whatever its hash says. */
	private isNew(mark: Mark, { createdAt }: Times): boolean {
		return createdAt > this.before.createdAt || !this.ledgers.some((ledger) => ledger.knows(mark));
	}
}

const timesOf = ({ createdAt, updatedAt }: IDataObject): Times => ({
	createdAt: timeOf(createdAt),
	updatedAt: timeOf(updatedAt),
});

const changedAt = ({ updatedAt }: IDataObject): number => timeOf(updatedAt);

function coded(ledgers: Ledger[]): CodedLedger[] {
	const filled = [...ledgers];
	while (filled.length > 1 && filled.at(-1)?.size === 0) filled.pop();
	return filled.map((ledger) => ledger.fitted().encode());
}
