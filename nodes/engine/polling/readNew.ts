import type { IDataObject } from 'n8n-workflow';
import type { Request } from '../http/request';
import type { Pages, ReadPage } from '../pagination/pages';
import type { Newcomers } from './newcomers';
import { type Newness, reachOf } from './newness';

/** Pages of a list that shift while they are read are read again, but not for ever. */
const mostReadings = 4;
/** Where a page that is too old ends the list, nothing is asked for ahead of it: a page of this many records at a time. */
const pageSize = 100;

/** A list and how it is read. */
export interface NewList {
	newness: Newness;
	pages: Pages;
	read: ReadPage;
	request: Request;
}

/**
 * Shows a list to those who look for new records in it, as far as there may be any.
 * @yields the new ones of each page that has some, in the vendor's order
 * @throws ApiError where a page cannot be read
 */
export async function* readNew(
	{ newness, pages, read, request }: NewList,
	newcomers: Newcomers,
): AsyncGenerator<IDataObject[]> {
	const reach = reachOf(newness, request);
	// Whether a vendor's range holds its start is not known: the record of that very moment is asked for too.
	const asked = newness.since(request, new Date(newcomers.from - 1));
	const wanted = reach === 'newestFirst' ? pageSize : Infinity;
	for (let readings = 1; readings <= mostReadings; readings++) {
		let pageCount = 0;
		let newCount = 0;
		for await (const records of pages(read, asked, wanted)) {
			pageCount++;
			const fresh = newcomers.take(records);
			newCount += fresh.length;
			if (fresh.length > 0) yield fresh;
			if (reach === 'newestFirst' && records.length > 0 && newcomers.isPast(records)) break;
		}
		// A single page cannot shift, and a reading that brings nothing more says that the one before missed nothing.
		// What is read as a whole is read so in the next run, too.
		if (!newness.mayShift || reach === 'whole' || pageCount <= 1 || newCount === 0) return;
	}
}
