import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../http/client';
import type { Request } from '../http/request';
import { collect } from '../pagination/pages';
import type { Output } from './operation';

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
): Promise<IDataObject[]> {
	const { send } = client;
	if (!output.pages) {
		const records = await send(request, output.records);
		const { ifNothing } = request;
		if (records.length > 0 || !ifNothing) return records;
		return await recordsOf(client, ifNothing, output, values);
	}
	const { returnAll, limit } = values;
	const wanted = returnAll === false && typeof limit === 'number' ? limit : Infinity;
	const one = async (page: Request) =>
		await send(page, (body) => ({ records: output.records(body), body }));
	const read = Object.assign(one, { room: client.room });
	return await collect(output.pages(read, request, wanted), wanted);
}
