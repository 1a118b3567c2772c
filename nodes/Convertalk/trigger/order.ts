import type { IDataObject } from 'n8n-workflow';
import { timeOf } from './mark';
import { dig } from '../../engine/util/json';

/** Fewer different times could come in this order by chance; so many, once in 20! cases. */
const enoughTimes = 20;

/** The other times by which a server might sort; each often runs with updatedAt. */
const rivals: Array<(record: IDataObject) => unknown> = [
	({ createdAt }) => createdAt,
	({ lastSeenAt }) => lastSeenAt,
	(record) => dig(record, 'lastMessage', 'at'),
];

/**
 * Watches records go by, and says whether the list is sorted by updatedAt, the newest first. No document
 * says how it is, so it has to be seen: enough different times, all falling, and for every other time a
 * pair of neighbours that is not in its order.
 */
export class Order {
	private last = Infinity;
	private falls = 0;
	private isFalling = true;
	private readonly others = rivals.map((of) => ({
		of,
		last: Infinity,
		seen: false,
		refuted: false,
	}));

	add(record: IDataObject): void {
		const time = timeOf(record.updatedAt);
		if (!(time <= this.last)) this.isFalling = false;
		if (time < this.last) this.falls++;
		this.last = time;
		for (const other of this.others) {
			const value = timeOf(other.of(record));
			if (Number.isNaN(value)) continue;
			other.seen = true;
			if (value > other.last) other.refuted = true;
			other.last = value;
		}
	}

	get isNewestFirst(): boolean {
		const isNoOther = this.others.every(({ seen, refuted }) => refuted || !seen);
		return this.isFalling && this.falls >= enoughTimes && isNoOther;
	}
}
