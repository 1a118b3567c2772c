import type { Vendor } from './simulator.mts';

/** A thing in a simulated account that a resource locator can name. */
export interface Thing {
	id: string;
	/** What a person types to find it in the list; left out where there is no list. */
	called?: string;
	/** What it is found by in each other way of its locator, by the way's name, such as `email`. */
	by?: Record<string, string>;
}

/** What the resource locators of a vendor's node name. */
export interface NamedThings<V extends Vendor> {
	/**
	 * Puts a thing for each locator into the account, new ones as far as an account can have several.
	 * @param n how many came before
	 * @param asked the locator that is tried, by its parameter's name
	 * @returns by the parameter's name
	 */
	seed(vendor: V, n: number, asked: string): Record<string, Thing>;
	/**
	 * Puts in another one with what a thing is found by, by the parameter's name; left out where an account has no two.
	 * @returns its ID
	 */
	twins: Record<string, (vendor: V, thing: Thing) => string>;
}

/** The one whose turn it is. @throws RangeError where there is none */
export function inTurn<T>(all: Iterable<T>, n: number): T {
	const list = [...all];
	const one = list[n % list.length];
	if (one === undefined) throw new RangeError('There is none.');
	return one;
}
