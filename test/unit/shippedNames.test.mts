import { expect, it } from '@jest/globals';
import { presentNames, type ShippedNames, shippedNames } from '../../dev/docs/shippedNames.mts';

/** `npm run schemas` adds what is new; none is ever taken away. */
const shipped = await shippedNames();

/** What one list has of these names, and another has not; a type's own name is one of them. */
const missing = (from: ShippedNames, to: ShippedNames, which: RegExp): string[] => {
	const namesIn = (list: ShippedNames) =>
		Object.entries(list).flatMap(([type, names]) => [
			type,
			...names.filter((name) => which.test(name)).map((name) => `${type} ${name}`),
		]);
	const there = new Set(namesIn(to));
	return namesIn(from).filter((name) => !there.has(name));
};

// n8n leaves a workflow off whose trigger is not there any more, and drops the value of a field that it does not know.
it('has every type, type version, operation and field of nodes and credentials that was ever shipped', () => {
	expect(Object.keys(shipped).length).toBeGreaterThan(13);
	expect(missing(shipped, presentNames, /./)).toEqual([]);
});

it('has the types, type versions and operations on the list that releases are held to', () => {
	expect(missing(presentNames, shipped, /^version=|operation=/)).toEqual([]);
});

it('would miss a type, and a field', () => {
	const { convertalk = [], ...others } = shipped;
	expect(missing(shipped, others, /./)).toHaveLength(convertalk.length + 1);
	const without = { ...shipped, convertalk: convertalk.slice(1) };
	expect(missing(shipped, without, /./)).toEqual([`convertalk ${convertalk[0]}`]);
});
