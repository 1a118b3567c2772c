import type { Readable } from 'node:stream';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Binaries } from './binaries.mts';
import { binaryToBuffer } from './container.mts';
import { hurry } from './engine.mts';
import { disk, things, list, read, fileOf, withFilesOnDisk } from './listFile.setup.mts';
import { answer, type Handler } from './server.mts';

withFilesOnDisk();

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
