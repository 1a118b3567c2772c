/**
 * All entries of some lists, each once, so that each list finds its own in its order. Where two lists contradict each
 * other, an entry comes as soon as it can.
 */
export function inEachOrder<T>(lists: ReadonlyArray<readonly T[]>): T[] {
	const before = new Map<T, Set<T>>();
	for (const list of lists) {
		for (const [index, one] of list.entries()) {
			const known = before.get(one) ?? new Set();
			before.set(one, known);
			for (const other of list.slice(Math.max(0, index - 1), index)) known.add(other);
		}
	}
	const begun = new Set<T>();
	const ordered: T[] = [];
	const take = (one: T): void => {
		if (begun.has(one)) return;
		begun.add(one);
		for (const other of before.get(one) ?? []) take(other);
		ordered.push(one);
	};
	for (const one of before.keys()) take(one);
	return ordered;
}
