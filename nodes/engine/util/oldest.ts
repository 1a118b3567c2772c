/** Lets go of what was put first into a map or a set, where there is more in it than this. Both keep that order. */
export function forgetOldest<Key>(
	collection: { size: number; keys(): Iterator<Key>; delete(key: Key): boolean },
	most: number,
): void {
	const oldest = collection.keys().next();
	if (collection.size > most && !oldest.done) collection.delete(oldest.value);
}
