import type { IDataObject } from 'n8n-workflow';
import { ApiError } from '../http/apiError';
import { forgetOldest } from '../util/oldest';
import type { Pages } from './pages';

/** A list whose pages shift is read again, but not for ever. */
const mostReadings = 6;

/**
 * Reads a list until each of its records came, and gives each once. Where one moves to the front while pages are read,
 * the last record of a page comes again on the next: so often does one hide that moved from a page not yet read to one
 * that was read (why nothing else hides: polling/diffPages). Then the list is read again from its front, until as many
 * have come.
 * @param identity what tells one record from another; left out, the list is read once and nothing is left out
 * @param pages reads the list once
 * @throws ApiError where it still shifts when it was read six times: what is hidden would be missing without a word
 */
export function settled(
	identity: ((record: IDataObject) => unknown) | undefined,
	pages: Pages,
): Pages {
	if (!identity) return pages;
	return async function* (read, first, wanted) {
		const seen = new KnownIds(identity);
		let hidden = 0;
		for (let reading = 1; reading <= mostReadings; reading++) {
			let found = 0;
			for await (const records of pages(read, first, wanted)) {
				const fresh = records.filter((record) => seen.add(record) ?? reading === 1);
				if (reading === 1) hidden += records.length - fresh.length;
				found += fresh.length;
				yield fresh;
				if (reading > 1 && found >= hidden) return;
			}
			if (reading > 1) hidden -= found;
			// A list that holds a record twice by itself hides nothing: then nothing is found.
			if (hidden === 0 || found === 0 || seen.isCut) return;
		}
		throw new ApiError(`The list went on changing while it was read ${mostReadings} times`, {
			hint: 'Some of its records may not have been seen. Run this again when less is changed there at the same time.',
		});
	};
}

/** Ids that are kept while a list is read. About 10 MB. */
const mostIds = 100_000;

/** Which records came, as far as their ids are kept. */
class KnownIds {
	private readonly ids = new Set<unknown>();
	/** Whether some were forgotten, so that they would count as new. */
	isCut = false;

	constructor(private readonly identity: (record: IDataObject) => unknown) {}

	/** @returns whether a record comes for the first time; undefined where it has no id, as no repeat of another one */
	add(record: IDataObject): boolean | undefined {
		const id = this.identity(record);
		if (id === undefined || id === null) return undefined;
		const isNew = !this.ids.has(id);
		this.ids.add(id);
		this.isCut ||= this.ids.size > mostIds;
		forgetOldest(this.ids, mostIds);
		return isNew;
	}
}
