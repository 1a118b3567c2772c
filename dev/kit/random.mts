/** The same numbers from the same seed on every machine (mulberry32). @returns a number from 0 to below 1 */
export function seeded(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** One of a list. */
export const oneOf = <T,>(random: () => number, list: readonly T[]): T =>
	list[Math.floor(random() * list.length)] as T;
