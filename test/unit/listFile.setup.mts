import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { Binaries } from './binaries.mts';
import { run, type RunOptions } from './engine.mts';
import { closeServers, type Handler, serve } from './server.mts';
import { tiny } from './tiny.mts';

/** Where n8n keeps the files of a test. */
export let disk: Binaries;

/** Is called where a file's tests are described: each of them finds n8n keeping files in an empty folder. */
export function withFilesOnDisk(): void {
	beforeAll(async () => {
		disk = await Binaries.onDisk();
	});
	beforeEach(async () => {
		await disk.close();
		disk = await Binaries.onDisk();
	});
	afterEach(closeServers);
	afterAll(async () => {
		await disk.close();
		Binaries.inMemory();
	});
}

const pageSize = 10;
/** What the vendor has. */
export const things: IDataObject[] = Array.from({ length: 25 }, (_, id) => ({
	id,
	name: id === 3 ? '=1+1' : `São, ${id}`,
	made: new Date(Date.UTC(2025, 0, 1 + ((id * 7) % 25))).toISOString(),
	tags: id % 2 ? ['a', 'b"c'] : [],
	...(id > 20 && { late: id }),
}));

/** Serves the things page by page. */
export const list: Handler = ({ query }) => {
	const page = Number(query.get('page'));
	const some = things.slice((page - 1) * pageSize, page * pageSize);
	return { things: some, ...(page * pageSize < things.length && { next: page + 1 }) };
};

type Options = Partial<RunOptions> & { handle?: Handler };

/** Reads the list as a file. */
export async function read(parameters: IDataObject, { handle = list, ...options }: Options = {}) {
	const server = await serve(handle);
	return await run(tiny, {
		credential: { key: 'secret-of-tiny', baseUrl: server.url, perSecond: 0 },
		...options,
		parameters: {
			resource: 'thing',
			operation: 'getAll',
			name: 'any',
			returnAll: true,
			returnAs: 'file',
			...parameters,
		} as RunOptions['parameters'],
	});
}

/** The text of the file that came. */
export const fileOf = async ({ items }: Awaited<ReturnType<typeof read>>, property = 'data') =>
	await Binaries.text(items[0]?.binary?.[property]);
