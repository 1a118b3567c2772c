import { BitReader, BitWriter } from './bits';
import { fullBits, type Mark } from './mark';

/** A ledger as the workflow keeps it. */
export interface CodedLedger {
	count: number;
	/** Bits of an id and of a version. */
	ids: number;
	versions: number;
	code: string;
}

interface Widths {
	ids: number;
	versions: number;
}

/**
 * Up to so many leads the hashes stay whole; beyond, they are shortened to what keeps 10,000 leads
 * within 64,000 bytes.
 *
 * The bound: ids are sorted, and the gaps between them Rice coded (Rice and Plaunt, 1971) with
 * k = floor(ids - log2 n) bits and one bit or more in unary. The unary ones of all gaps together are at
 * most 2^ids / 2^k <= 2n. So n leads take at most n (k + 3 + versions) bits; for n = 10,000, ids = 32
 * and versions = 17, where 2^32 / 2^18 is 1.64 n, that is 37.64 n bits, 62,732 characters of base64.
 *
 * What shortening costs: an unknown lead is taken for a known one with n / 2^32, a changed one for
 * unchanged with 1 / 2^17. Both only where its times are not later than all that were noted (see
 * sighting.ts), since those that are later need no hash.
 */
const mostWhole = 5_000;
const whole: Widths = { ids: fullBits, versions: fullBits };
const short: Widths = { ids: 32, versions: 17 };

/** Leads in the states in which they were seen. */
export class Ledger {
	private readonly entries = new Map<number, number[]>();
	private count = 0;

	/** @param widths how many bits of the hashes it keeps */
	private constructor(private readonly widths: Widths) {}

	/** An empty ledger that will hold so many. */
	static for(count: number): Ledger {
		return new Ledger(count > mostWhole ? short : whole);
	}

	/** @throws RangeError when the text is not one that encode() made */
	static decode({ count, ids, versions, code }: CodedLedger): Ledger {
		const ledger = new Ledger({ ids, versions });
		const reader = new BitReader(code);
		const k = remainderBits(ids, count);
		let id = 0;
		for (let n = 0; n < count; n++) {
			id += reader.readUnary() * 2 ** k + reader.read(k);
			ledger.add(id, reader.read(versions));
		}
		return ledger;
	}

	encode(): CodedLedger {
		const { ids, versions } = this.widths;
		const writer = new BitWriter();
		const k = remainderBits(ids, this.count);
		let last = 0;
		for (const [id, states] of [...this.entries].sort(([a], [b]) => a - b)) {
			for (const version of states) {
				const gap = id - last;
				writer.writeUnary(Math.floor(gap / 2 ** k));
				writer.write(gap % 2 ** k, k);
				writer.write(version, versions);
				last = id;
			}
		}
		return { count: this.count, ids, versions, code: writer.toString() };
	}

	/** Whether a lead was noted, in whatever state. */
	knows({ id }: Mark): boolean {
		return this.entries.has(shorten(id, this.widths.ids));
	}

	/** Whether a lead was noted in this very state. */
	has({ id, version }: Mark): boolean {
		const states = this.entries.get(shorten(id, this.widths.ids));
		return states?.includes(shorten(version, this.widths.versions)) ?? false;
	}

	/** Notes a lead that is not in it yet. Two leads may share an id when hashes meet; both are kept. */
	note({ id, version }: Mark): void {
		this.add(shorten(id, this.widths.ids), shorten(version, this.widths.versions));
	}

	/** Notes a lead's new state in place of its old one, if that is certain to be its own. */
	update(mark: Mark): void {
		const states = this.entries.get(shorten(mark.id, this.widths.ids));
		if (states?.length === 1) states[0] = shorten(mark.version, this.widths.versions);
		else this.note(mark);
	}

	/** Those that are not among the leads given. */
	without(marks: Iterable<Mark>): Ledger {
		const rest = new Ledger(this.widths);
		const gone = new Set([...marks].map(({ id }) => shorten(id, this.widths.ids)));
		for (const [id, states] of this.entries) {
			if (!gone.has(id)) for (const version of states) rest.add(id, version);
		}
		return rest;
	}

	/** The same in the widths that fit its size; never wider, since what was cut off is gone. */
	fitted(): Ledger {
		if (this.count <= mostWhole || this.widths.ids <= short.ids) return this;
		const narrow = new Ledger(short);
		for (const [id, states] of this.entries) {
			for (const version of states) {
				narrow.add(cut(id, whole.ids, short.ids), cut(version, whole.versions, short.versions));
			}
		}
		return narrow;
	}

	get size(): number {
		return this.count;
	}

	private add(id: number, version: number): void {
		const states = this.entries.get(id);
		if (states) states.push(version);
		else this.entries.set(id, [version]);
		this.count++;
	}
}

/** The first bits of a number that has more of them. */
const cut = (value: number, from: number, to: number): number =>
	Math.floor(value / 2 ** (from - to));

const shorten = (hash: number, bits: number): number => cut(hash, fullBits, bits);

const remainderBits = (ids: number, count: number): number =>
	Math.max(0, Math.floor(ids - Math.log2(Math.max(1, count))));
