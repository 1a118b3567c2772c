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
 * have come, or no record comes twice. Where the same ones come twice as before, the list holds them twice by itself.
 * @param identity what tells one record from another; left out, the list is read once and nothing is left out
 * @param pages reads the list once
 * @throws ApiError where it still moves when it was read six times: what is hidden would be missing without a word
 */
export function settled(
	identity: ((record: IDataObject) => unknown) | undefined,
	pages: Pages,
): Pages {
	if (!identity) return pages;
	return async function* (read, first, wanted) {
		const seen = new KnownIds(identity);
		let twiceBefore: Set<unknown> | undefined;
		let hidden = 0;
		for (let reading = 1; reading <= mostReadings; reading++) {
			// The first knows by `seen` itself what comes twice in it.
			const own = reading === 1 ? seen : new KnownIds(identity);
			const twice = new Set<unknown>();
			for await (const records of pages(read, first, wanted)) {
				const fresh = records.filter((record) => {
					const isNew = seen.add(record);
					if ((own === seen ? isNew : own.add(record)) === false) twice.add(identity(record));
					return isNew ?? reading === 1;
				});
				hidden += reading === 1 ? records.length - fresh.length : -fresh.length;
				yield fresh;
				if (reading > 1 && hidden <= 0) return;
			}
			if (twice.size === 0 || isSame(twice, twiceBefore) || seen.isCut) return;
			twiceBefore = twice;
		}
		throw new ApiError(`The list went on changing while it was read ${mostReadings} times`, {
			hint: 'Some of its records may not have been seen. Run this again when less is changed there at the same time.',
		});
	};
}

const isSame = (one: Set<unknown>, other: Set<unknown> | undefined): boolean =>
	one.size === other?.size && [...one].every((id) => other.has(id));

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
