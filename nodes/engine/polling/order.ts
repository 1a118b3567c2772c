import type { IDataObject } from 'n8n-workflow';
import { type PolledRecord, timeOf } from './recordHash';

/** Fewer different times could come in this order by chance; this many, once in 20! cases. */
const enoughTimes = 20;

/**
 * Watches records go by, and says whether the list is sorted by the last change, the newest first. Where
 * no document says how it is, it has to be seen: enough different times, all falling, and for every other time a
 * pair of neighbours that is not in its order.
 */
export class Order {
	private last = Infinity;
	private falls = 0;
	private isFalling = true;
	private readonly others: Array<{
		of: (record: IDataObject) => unknown;
		last: number;
		seen: boolean;
		refuted: boolean;
	}>;

	constructor(private readonly polled: PolledRecord) {
		this.others = polled.otherTimes.map((of) => ({
			of,
			last: Infinity,
			seen: false,
			refuted: false,
		}));
	}

	add(record: IDataObject): void {
		const time = timeOf(this.polled.updatedAt(record));
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
