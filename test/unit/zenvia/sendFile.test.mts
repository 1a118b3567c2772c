import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createHash, randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { run } from './context.mts';

const parameters = {
	resource: 'message',
	operation: 'sendFile',
	prospectId: '507f191e810c19729de860ea',
	channel: 'whatsapp',
	binaryPropertyName: 'data',
};

const bytes = randomBytes(15_000_000);
const sha = (data: Buffer) => createHash('sha256').update(data).digest('hex');

let folder: string;
let path: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'zenvia-'));
	path = join(folder, 'film.mp4');
	await writeFile(path, bytes);
});
afterAll(async () => await rm(folder, { recursive: true }));

/** The one file of a form, read by Node's own parser. */
async function fileOf({ body, headers }: IHttpRequestOptions) {
	const whole = Buffer.isBuffer(body) ? body : Buffer.concat(await (body as Readable).toArray());
	expect(Number(headers?.['Content-Length'])).toBe(whole.length);
	const form = await new Response(whole, {
		headers: { 'content-type': String(headers?.['Content-Type']) },
	}).formData();
	const file = form.get('file') as File;
	expect([...form.keys()]).toEqual(['file']);
	return { name: file.name, type: file.type, hash: sha(Buffer.from(await file.arrayBuffer())) };
}

const stored = {
	id: 'filesystem-v2:1',
	data: 'filesystem-v2',
	mimeType: 'video/mp4',
	fileName: 'film "é".mp4',
	bytes: bytes.length,
};

const helpers = {
	getBinaryMetadata: async () => ({ fileSize: bytes.length }),
	getBinaryStream: async () => createReadStream(path),
};

describe('a file', () => {
	it('of 15 MB arrives byte for byte, name and type kept, as a stream from disk', async () => {
		const seen: Array<Awaited<ReturnType<typeof fileOf>>> = [];
		const { error, requests } = await run({
			parameters,
			items: [{ binary: { data: stored } }],
			helpers,
			server: async (request) => {
				expect(request.body).toBeInstanceOf(Readable);
				seen.push(await fileOf(request));
				return { body: [] };
			},
		});
		expect(error).toBeUndefined();
		expect(requests).toHaveLength(1);
		expect(seen).toEqual([{ name: 'film "é".mp4', type: 'video/mp4', hash: sha(bytes) }]);
	});

	it('is read anew for another try', async () => {
		const hashes: string[] = [];
		await run({
			parameters,
			items: [{ binary: { data: stored } }],
			helpers,
			server: async (request) => {
				hashes.push((await fileOf(request)).hash);
				return hashes.length === 1
					? { status: 429, headers: { 'retry-after': '0' } }
					: { body: [] };
			},
		});
		expect(hashes).toEqual([sha(bytes), sha(bytes)]);
	});

	it('that n8n keeps in memory goes out as bytes', async () => {
		const data = {
			data: Buffer.from('Olá').toString('base64'),
			mimeType: 'text/plain',
			fileName: 'a.txt',
		};
		let file;
		await run({
			parameters,
			items: [{ binary: { data } }],
			server: async (request) => {
				file = await fileOf(request);
				return { body: [] };
			},
		});
		expect(file).toEqual({ name: 'a.txt', type: 'text/plain', hash: sha(Buffer.from('Olá')) });
	});

	it('that turns out to be too large is said before it is sent', async () => {
		const { bytes: _, ...unknown } = stored;
		const { error, requests } = await run({
			parameters,
			items: [{ binary: { data: unknown } }],
			helpers: { ...helpers, getBinaryMetadata: async () => ({ fileSize: 200_000_000 }) },
		});
		expect(error?.message).toContain('The file has 191 MB, more than the 16 MB that fit');
		expect(requests).toEqual([]);
	});

	it('does not let a name break out of its header', async () => {
		const data = {
			...stored,
			fileName: 'a"\r\nX-Evil: 1\r\n\r\n',
			mimeType: 'text/html\r\nX: 1',
		};
		let file;
		await run({
			parameters,
			items: [{ binary: { data } }],
			helpers,
			server: async (request) => {
				file = await fileOf(request);
				return { body: [] };
			},
		});
		expect(file).toMatchObject({ type: 'application/octet-stream', hash: sha(bytes) });
	});

	it('is set apart by what nobody can guess, and counted by what it holds', async () => {
		const guess = jest.spyOn(Math, 'random').mockReturnValue(0.5);
		const types: string[] = [];
		// The size that an item tells of a file came from elsewhere, and may be wrong.
		const data = { data: Buffer.from('Olá').toString('base64'), mimeType: 'text/plain', bytes: 1 };
		for (let n = 0; n < 2; n++) {
			await run({
				parameters,
				items: [{ binary: { data } }],
				server: async (request) => {
					types.push(String(request.headers?.['Content-Type']));
					expect((await fileOf(request)).hash).toBe(sha(Buffer.from('Olá')));
					return { body: [] };
				},
			});
		}
		guess.mockRestore();
		expect(types[0]).toMatch(/^multipart\/form-data; boundary=n8n-[\da-f]{48}$/);
		expect(types[1]).not.toBe(types[0]);
	});
});

describe('a name', () => {
	it.each([
		[undefined, undefined, 'application/pdf', 'file.pdf'],
		[undefined, 'pdf', 'application/pdf', 'file.pdf'],
		['', 'pdf', 'application/pdf', 'file.pdf'],
		['quote', 'pdf', 'application/pdf', 'quote.pdf'],
		['quote', undefined, 'application/pdf; charset=binary', 'quote.pdf'],
		['quote.pdf', 'pdf', 'application/pdf', 'quote.pdf'],
		['report.final', 'pdf', 'application/pdf', 'report.final.pdf'],
		['Ana.Silva', undefined, 'application/pdf', 'Ana.Silva.pdf'],
		['photo.JPEG', 'jpg', 'image/jpeg', 'photo.JPEG'],
		['data.parquet', 'parquet', 'application/octet-stream', 'data.parquet'],
		['quote.PDF', 'pdf', 'application/pdf', 'quote.PDF'],
		['Quote 1.5', 'pdf', 'application/pdf', 'Quote 1.5.pdf'],
		['quote.v2', 'pdf', 'application/pdf', 'quote.v2.pdf'],
		['photo.jpeg', 'jpg', 'image/jpeg', 'photo.jpeg'],
		['archive.7z', '7z', 'application/x-7z-compressed', 'archive.7z'],
		['notes', undefined, 'application/x-unknown', 'notes'],
		['.pdf', 'pdf', 'application/pdf', '.pdf'],
	])('%p with extension %p of type %s is %s', async (fileName, fileExtension, mimeType, name) => {
		const data = { data: 'AAAA', mimeType, fileName, fileExtension };
		let sent;
		await run({
			parameters,
			items: [{ binary: { data } }],
			server: async (request) => {
				sent = (await fileOf(request)).name;
				return { body: [] };
			},
		});
		expect(sent).toBe(name);
	});

	it('goes out from version 1 as it is', async () => {
		const names = ['quote', undefined].map(async (fileName) => {
			let sent;
			await run({
				parameters,
				items: [{ binary: { data: { data: 'AAAA', mimeType: 'application/pdf', fileName } } }],
				typeVersion: 1,
				server: async (request) => {
					sent = (await fileOf(request)).name;
					return { body: [] };
				},
			});
			return sent;
		});
		expect(await Promise.all(names)).toEqual(['quote', 'file']);
	});
});

describe('the size of a file', () => {
	const megabyte = 2 ** 20;
	const send = async (mimeType: string, bytes: number, more: object = {}) => {
		const data = { id: 'filesystem-v2:1', data: 'filesystem-v2', mimeType, bytes };
		return await run({
			parameters: { ...parameters, ...more },
			items: [{ binary: { data } }],
			helpers: {
				getBinaryMetadata: async () => ({ fileSize: bytes }),
				getBinaryStream: async () => createReadStream(path),
			},
			server: () => ({ body: [] }),
		});
	};

	it.each([
		['image/jpeg', 5],
		['image/png', 5],
		['audio/ogg', 16],
		['Video/MP4', 16],
		['application/pdf', 100],
		['text/plain', 100],
	])('of %s is at most %d MB on WhatsApp', async (mimeType, most) => {
		const { error, requests } = await send(mimeType, most * megabyte + 1);
		expect(error?.message).toContain(`has ${most + 1} MB, more than the ${most} MB that fit.`);
		expect(requests).toEqual([]);
		expect((await send(mimeType, most * megabyte)).requests).toHaveLength(1);
	});

	it('is that of documents on other channels', async () => {
		const { requests } = await send('image/png', 6 * megabyte, { channel: 'facebook' });
		expect(requests).toHaveLength(1);
	});

	it('is sent once and is an item, where the answer has no body', async () => {
		const { error, output, requests } = await run({
			parameters,
			items: [{ binary: { data: stored } }],
			typeVersion: 1.2,
			helpers: { ...helpers, assertBinaryData: () => stored } as object,
			server: async ({ body }) => {
				if (!Buffer.isBuffer(body)) await (body as Readable).toArray();
				return { body: '' };
			},
		});
		expect(error).toBeUndefined();
		expect(requests).toHaveLength(1);
		expect(output).toEqual([{ json: { success: true }, pairedItem: { item: 0 } }]);
	});
});
