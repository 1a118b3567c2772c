import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../http/client';
import type { Request } from '../http/request';
import { collect, type ReadPage, singlePage } from '../pagination/pages';
import type { Output } from './operation';
import type { Progress } from './progress';

/**
 * Sends a request, and further ones for the pages that follow, or for another spelling where nothing is found.
 * @param values the form's values, among them Return All and Limit
 * @throws ApiError where the request did not end well
 */
export async function recordsOf(
	client: Client,
	request: Request,
	output: Output,
	values: Record<string, unknown>,
	progress: Progress,
): Promise<IDataObject[]> {
	const { send } = client;
	if (!output.pages) {
		const records = await send(request, output.records);
		const { ifNothing } = request;
		if (records.length > 0 || !ifNothing) return records;
		return await recordsOf(client, ifNothing, output, values, progress);
	}
	const wanted = wantedOf(values);
	return await collect(pagesOf(client, request, output, progress, { wanted }), wanted);
}

/**
 * The pages of a list as they come, at most so many records and the rest of the last page.
 * @param progress is told of each
 * @param options.mostAhead most pages that lie in memory ahead of their turn; left out, all that there is room for
 */
export async function* pagesOf(
	client: Client,
	request: Request,
	output: Output,
	progress: Progress,
	{ wanted = Infinity, mostAhead }: { wanted?: number; mostAhead?: number } = {},
): AsyncGenerator<IDataObject[]> {
	const { pages = singlePage, date } = output;
	const read = Object.assign(pageReader(client, output), { mostAhead });
	for await (const page of pages(read, request, wanted)) {
		progress.page(page, date);
		yield page;
	}
}

/** How many records the form asks for. */
export function wantedOf({ returnAll, limit }: Record<string, unknown>): number {
	return returnAll === false && typeof limit === 'number' ? limit : Infinity;
}

/** Reads the pages of a list. */
export function pageReader({ send, room }: Client, { records }: Output): ReadPage {
	const one = async (page: Request) =>
		await send(page, (body) => ({ records: records(body), body }));
	return Object.assign(one, { room });
}
