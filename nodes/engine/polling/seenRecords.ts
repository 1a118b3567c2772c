import { idLength, type RecordHash, versionLength } from './recordHash';

/** Characters of one record in the text. */
export const entryLength = idLength + versionLength;

/**
 * Records in the states in which they were seen. Kept as one text of ten characters a record: 100,000 for 10,000
 * records, a million for 100,000. Of 10,000, an unknown record is taken for a known one once in 6.9 million
 * (10,000 / 2^36), a changed one for unchanged once in 17 million (1 / 2^24).
 */
export class SeenRecords {
	/** The versions by id. Two records may share an id where hashes meet; both are kept. */
	private readonly versions = new Map<string, string[]>();
	private count = 0;

	/** @param text what toString() made */
	static parse(text: string): SeenRecords {
		const seen = new SeenRecords();
		for (let start = 0; start + entryLength <= text.length; start += entryLength) {
			const middle = start + idLength;
			const version = text.slice(middle, middle + versionLength);
			seen.add({ id: text.slice(start, middle), version });
		}
		return seen;
	}

	toString(): string {
		const entries = [...this.versions].map(([id, versions]) =>
			versions.map((version) => id + version).join(''),
		);
		return entries.join('');
	}

	/** Whether a record was seen, in whatever state. */
	knows({ id }: RecordHash): boolean {
		return this.versions.has(id);
	}

	/** Whether a record was seen in this very state. */
	has({ id, version }: RecordHash): boolean {
		return this.versions.get(id)?.includes(version) ?? false;
	}

	/** Adds a record that is not in it yet. */
	add({ id, version }: RecordHash): void {
		const versions = this.versions.get(id);
		if (versions) versions.push(version);
		else this.versions.set(id, [version]);
		this.count++;
	}

	/** Puts a record's new state in place of its old one, if that is certain to be its own. */
	update(hash: RecordHash): void {
		const versions = this.versions.get(hash.id);
		if (versions?.length === 1) versions[0] = hash.version;
		else this.add(hash);
	}

	/** Those that are not among the records given. */
	without(hashes: Iterable<RecordHash>): SeenRecords {
		const rest = new SeenRecords();
		const gone = new Set([...hashes].map(({ id }) => id));
		for (const [id, versions] of this.versions) {
			if (!gone.has(id)) for (const version of versions) rest.add({ id, version });
		}
		return rest;
	}

	get size(): number {
		return this.count;
	}
}
