import type { Readable } from 'node:stream';
import { encoderOf } from '../../nodes/engine/operation/fileFormats.ts';
import { withoutFormula } from '../../nodes/engine/util/formula.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { Binaries } from './binaries.mts';
import { binaryToBuffer } from './container.mts';
import { hurry, run, type RunOptions } from './engine.mts';
import { answer, closeServers, type Handler, serve } from './server.mts';
import { tiny } from './tiny.mts';

let disk: Binaries;
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

const pageSize = 10;
const things: IDataObject[] = Array.from({ length: 25 }, (_, id) => ({
	id,
	name: id === 3 ? '=1+1' : `São, ${id}`,
	made: new Date(Date.UTC(2025, 0, 1 + ((id * 7) % 25))).toISOString(),
	tags: id % 2 ? ['a', 'b"c'] : [],
	...(id > 20 && { late: id }),
}));

/** Serves the things page by page. */
const list: Handler = ({ query }) => {
	const page = Number(query.get('page'));
	const some = things.slice((page - 1) * pageSize, page * pageSize);
	return { things: some, ...(page * pageSize < things.length && { next: page + 1 }) };
};

type Options = Partial<RunOptions> & { handle?: Handler };

async function read(parameters: IDataObject, { handle = list, ...options }: Options = {}) {
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

const fileOf = async ({ items }: Awaited<ReturnType<typeof read>>, property = 'data') =>
	await Binaries.text(items[0]?.binary?.[property]);

describe('a list as a file', () => {
	it('holds byte for byte the records that items give', async () => {
		const items = (await read({ returnAs: 'items' })).items.map(({ json }) => json);
		expect(items).toEqual(things);
		const lines = await fileOf(await read({ fileFormat: 'jsonl' }));
		expect(lines).toBe(items.map((json) => `${JSON.stringify(json)}\n`).join(''));
		const text = await fileOf(await read({ fileFormat: 'json' }));
		expect(text).toBe(`[\n${items.map((json) => JSON.stringify(json)).join(',\n')}\n]\n`);
		expect(JSON.parse(text)).toEqual(things);
	});

	it('tells count, dates, size and what was left out, and is one item for each that asked', async () => {
		const result = await read({ fileFormat: 'csv' }, { items: [{}, {}] });
		expect(result.error).toBeUndefined();
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		const text = await fileOf(result);
		expect(result.items[1]?.json).toEqual({
			fileName: 'thing.csv',
			count: 25,
			firstDate: '2025-01-01T00:00:00.000Z',
			lastDate: '2025-01-25T00:00:00.000Z',
			bytes: Buffer.byteLength(text),
			leftOut: { records: 0, fields: { late: 4 }, formulas: 1 },
		});
		expect(result.items[0]?.binary?.data).toMatchObject({
			mimeType: 'text/csv',
			fileName: 'thing.csv',
			id: expect.stringMatching(/^filesystem-v2:/),
		});
		expect(result.hints).toEqual([]);
		expect(await disk.files()).toHaveLength(2);
	});

	it('has no text that a spreadsheet runs, whatever stands before it', () => {
		const formulas = [
			'=1',
			'+1',
			'-1',
			'@a',
			'\t1',
			'\r1',
			'\n=1',
			' =1',
			'\u00a0+1',
			'\u3000@a',
			'\ufeff=1',
		];
		const unseen = [
			'\u200b=1',
			' \u2060 -1',
			'\uff1d1',
			'\uff0b1',
			'\uff0d1',
			'\uff20a',
			'  \uff1d1',
			'\u00ad=1',
			'\u2061\u202a@a',
			'\u0000=1',
			'\u001f+1',
			'\u115f-1',
			'\u2800=1',
			'\ufe0f@a',
		];
		for (const text of [...formulas, ...unseen]) expect(withoutFormula(text)).toBe(`'${text}`);
		for (const text of ['', ' ', 'a=1', ' a', '1-2', "'=1", '(=1)'])
			expect(withoutFormula(text)).toBe(text);
		const { page } = encoderOf('csv');
		expect(page([{ ' =name': ' =1' }])).toBe("' =name\r\n' =1\r\n");
	});

	it('is CSV for people unless somebody says otherwise', async () => {
		const [head, ...rows] = (await fileOf(await read({ fileFormat: 'csv' }))).split('\r\n');
		expect(head).toBe('id,name,made,tags');
		expect(rows[1]).toBe('1,"São, 1",2025-01-08T00:00:00.000Z,"[""a"",""b\\""c""]"');
		expect(rows[3]).toBe(`3,'=1+1,2025-01-22T00:00:00.000Z,"[""a"",""b\\""c""]"`);
		expect(rows).toHaveLength(26);
		const fileOptions = {
			...{ separator: ';', byteOrderMark: true, keepFormulasOut: false },
			...{ fileName: '../São Paulo', binaryPropertyName: 'list' },
		};
		const result = await read({ fileFormat: 'csv', fileOptions });
		const text = await fileOf(result, 'list');
		expect(text.startsWith('\uFEFFid;name;made;tags\r\n0;São, 0;')).toBe(true);
		expect(text).toContain('\r\n3;=1+1;');
		expect(result.items[0]?.json).toMatchObject({
			fileName: 'São Paulo.csv',
			leftOut: { formulas: 0 },
		});
	});

	it.each([
		['Leads 30/11/2026', 'Leads 30-11-2026.csv'],
		['2026/11', '2026-11.csv'],
		['exports/2026/leads', 'leads.csv'],
		['../leads.csv', 'leads.csv'],
	])('called %s has a name of its own: %s', async (fileName, name) => {
		const { items } = await read({ fileFormat: 'csv', fileOptions: { fileName } });
		expect(items[0]?.json.fileName).toBe(name);
		expect(items[0]?.binary?.data?.fileName).toBe(name);
	});

	it('has numbers with a decimal comma where columns are parted by semicolons', () => {
		const record = { price: 1.234, whole: 7, text: '1.5', nested: { rate: 0.5 } };
		const row = (separator: string) =>
			encoderOf('csv', { separator }).page([record]).split('\r\n')[1];
		expect(row(';')).toBe('1,234;7;1.5;"{""rate"":0.5}"');
		expect(row(',')).toBe('1.234,7,1.5,"{""rate"":0.5}"');
	});

	it('has no line of CSV that is read as none, where a record has one column and nothing in it', () => {
		for (const columns of [['name'], undefined]) {
			const { page } = encoderOf('csv', { columns });
			expect(page([{ name: '' }, { name: null }, { name: 'a' }, {}])).toBe(
				'name\r\n""\r\n""\r\na\r\n""\r\n',
			);
		}
	});

	it.each([
		['csv', ''],
		['json', '[]\n'],
		['jsonl', ''],
	])('is empty as %s where nothing is found', async (fileFormat, text) => {
		const result = await read({ fileFormat }, { handle: () => ({ things: [] }) });
		expect(await fileOf(result)).toBe(text);
		expect(result.items[0]?.json).toMatchObject({ count: 0, firstDate: null, lastDate: null });
	});

	it('stays items for an AI agent, and up to a limit', async () => {
		expect((await read({}, { asTool: true })).items).toHaveLength(25);
		expect((await read({ returnAll: false, limit: 5 })).items).toHaveLength(5);
	});

	it('comes from calls that the node has no operation for too', async () => {
		const call = { resource: 'customApiCall', path: '/things', query: {}, fileFormat: 'jsonl' };
		expect(await fileOf(await read(call))).toBe(
			things.map((json) => `${JSON.stringify(json)}\n`).join(''),
		);
	});
});

describe('where n8n keeps files in memory', () => {
	beforeEach(() => Binaries.inMemory());

	it('a file is kept, and a hint says what that means', async () => {
		const result = await read({ fileFormat: 'jsonl' });
		expect(await fileOf(result)).toBe(things.map((json) => `${JSON.stringify(json)}\n`).join(''));
		expect(result.hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^This n8n does not keep files on disk, .* 20 MB ends the node/),
		]);
	});

	it('one that is too large ends the node with a sentence', async () => {
		const name = 'x'.repeat(400_000);
		const { error, items } = await read(
			{ fileFormat: 'jsonl', fileOptions: { mostMegabytes: 1 } },
			{ handle: ({ query }) => ({ things: [{ name }], next: Number(query.get('page')) + 1 }) },
		);
		expect(items).toEqual([]);
		expect(error?.message).toMatch(
			/^The file is larger than 1 MB, and this n8n would hold all of it in memory.* 3 records had been read; their file was not kept\.$/,
		);
	});
});

describe('where n8n keeps files in its database', () => {
	let rows: Buffer[];
	beforeEach(() => void (rows = Binaries.inDatabase()));

	it('a file is kept once and whole, for each item, and a hint says what that means', async () => {
		const { items, hints, error } = await read({ fileFormat: 'jsonl' }, { items: [{}, {}] });
		expect(error).toBeUndefined();
		const text = things.map((json) => `${JSON.stringify(json)}\n`).join('');
		expect(rows.map(String)).toEqual([text, text]);
		expect(items.map(({ json }) => json.count)).toEqual([25, 25]);
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^This n8n does not keep files on disk/),
		]);
	});

	it('one that it does not take ends the node with what n8n says, and without a folder, of which there is none', async () => {
		Binaries.by({
			store: async (_: unknown, from: Readable) => {
				await binaryToBuffer(from);
				throw new Error(
					'Failed to write binary file "thing.jsonl" (f81d4fae-7dec-11d0-a765-00a0c91e6bf6) because its size of 600.12 MB exceeds the max size limit of 512 MB set for `database` mode. Consider increasing `N8N_BINARY_DATA_DATABASE_MAX_FILE_SIZE` up to 1 GB, or using S3 storage mode if you require writes larger than 1 GB.',
				);
			},
		});
		const { error } = await read({ fileFormat: 'jsonl' });
		expect(error?.message).toContain('N8N_BINARY_DATA_DATABASE_MAX_FILE_SIZE');
		expect(error?.message).not.toContain('folder');
		expect(error?.message).toContain('25 records had been read');
	});

	it.each<[string, Handler, RegExp]>([
		['the vendor refuses half way', answer(403, { message: 'no more' }), /no more/],
		[
			'it is larger than allowed',
			() => ({ things: [{ name: 'x'.repeat(2e6) }] }),
			/larger than 1 MB/,
		],
	])('nothing is kept where %s', async (_, how, sentence) => {
		const handle: Handler = (received, response, request) =>
			(received.query.get('page') === '2' ? how : list)(received, response, request);
		const fileOptions = { mostMegabytes: 1 };
		const { items, error } = await read({ fileFormat: 'csv', fileOptions }, { handle });
		expect(items).toEqual([]);
		expect(error?.message).toMatch(sentence);
		expect(rows).toEqual([]);
	});
});

describe('a list that cannot be read to its end', () => {
	const broken =
		(how: Handler): Handler =>
		(received, response, request) =>
			received.query.get('page') === '2'
				? how(received, response, request)
				: list(received, response, request);

	it.each<[string, Handler, RegExp]>([
		['that the vendor refuses half way', answer(403, { message: 'no more' }), /no more/],
		['with a page that cannot be read', () => ({ thing: 1 }), /holds no "things"/],
		['with a list that holds something else', () => ({ things: [{ id: 1 }, null] }), /"things"/],
		['with a page of HTML', answer(200, '<html><body>Sign in</body></html>'), /^A web page came/],
		['with JSON that was cut off', answer(200, '{"things":[{"id":11},{"i'), /can be read/],
		['with a page that is empty', answer(200), /can be read/],
		[
			'whose answer ends before its length',
			(_, response) => {
				response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
				response.write('{"things":[{"id":11}');
				setTimeout(() => response.destroy(), 20);
			},
			/answer/,
		],
		[
			'whose server ends half way',
			(_, __, { socket }) => void socket.destroy(),
			/closed|connection|answer/,
		],
	])('%s leaves no file', async (_, how, sentence) => {
		const slow = hurry();
		const { error, items } = await read({ fileFormat: 'csv' }, { handle: broken(how) }).finally(
			slow,
		);
		expect(items).toEqual([]);
		expect(error?.message).toMatch(sentence);
		expect(`${error?.message} ${error?.description}`).toContain(
			'10 records had been read; their file was not kept.',
		);
		expect(await disk.files()).toEqual([]);
	});

	it('is cancelled without a file', async () => {
		const ending = new AbortController();
		const handle = broken(async () => {
			ending.abort();
			await new Promise((resolve) => setTimeout(resolve, 50));
			return { things: [] };
		});
		const { run: ran } = await read({ fileFormat: 'csv' }, { handle, cancel: ending.signal });
		expect(ran.status).toBe('canceled');
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect(await disk.files()).toEqual([]);
	});
});

describe('a disk that does not take the file', () => {
	it.each([
		['ENOSPC: no space left on device, write', 'The disk is full (ENOSPC). Free space on'],
		[
			'EDQUOT: disk quota exceeded, write',
			'The quota of the disk is used up (EDQUOT). Free space on',
		],
		[
			"EROFS: read-only file system, open '/data/x'",
			"EROFS: read-only file system, open '/data/x'. Check the folder of n8n's files",
		],
	])('is told in a sentence, and the vendor is not asked for the rest: %s', async (said, told) => {
		const full = new Error(said);
		Binaries.by({
			async store(_: unknown, stream: AsyncIterable<Buffer>) {
				for await (const piece of stream) {
					if (piece.length > 0) throw full;
				}
			},
		});
		const asked: number[] = [];
		const { error, items } = await read(
			{ fileFormat: 'csv' },
			{
				handle: ({ query }) => {
					asked.push(Number(query.get('page')));
					return { things: things.slice(0, 10), next: Number(query.get('page')) + 1 };
				},
			},
		);
		expect(items).toEqual([]);
		expect(error?.message).toContain(`n8n could not write the file. ${told} `);
		expect(error?.message).toMatch(
			/, then run this again\. \d+ records .* their file was not kept\.$/,
		);
		expect(asked.length).toBeLessThan(20);
	});
});
