/** Hex digits of an id that hold its moment in milliseconds; the other half tells ids of it apart. */
const HALF = 12;

/**
 * An id of 24 characters of a-z and 0-9 (SEED, path parameters). Like an ObjectId it begins with its
 * moment, so ids in order are records in order of creation, and a cursor is a comparison.
 * @param time milliseconds since 1970
 */
export function idAt(time: number, serial: number): string {
	const halves = [time, serial].map((number) => number.toString(16).padStart(HALF, '0'));
	return halves.join('').slice(0, 2 * HALF);
}

/** Hands out ids of now, each greater than the one before. */
export class Ids {
	private serial = 0;
	private last = 0;

	/** @returns the id, and its moment in ISO 8601 */
	next(): { id: string; at: string } {
		// A clock that is set back must not put a new record before an old one.
		this.last = Math.max(this.last, Date.now());
		return { id: idAt(this.last, ++this.serial), at: new Date(this.last).toISOString() };
	}
}
