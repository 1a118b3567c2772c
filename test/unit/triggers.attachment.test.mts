import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { workflow, secretOf, zenvia } from './triggers.setup.mts';

describe('A file that comes with a message', () => {
	/** Lets Zenvia send a message with a file at this address, of so many bytes. */
	async function receive(path: string, options: object, bytes: number, headers: object = {}) {
		const id = workflow();
		const helpers = {
			httpRequest: async () => ({
				statusCode: 200,
				headers,
				body: Readable.from(Array.from({ length: bytes / 1024 }, () => Buffer.alloc(1024))),
			}),
			prepareBinaryData: async (data: Buffer, fileName: string, mimeType?: string) => ({
				data: String(data.length),
				fileName,
				mimeType,
			}),
		};
		const message = { content: 'a', attachment: { url: `https://files.zenvia.com${path}` } };
		return await zenvia.deliver({
			workflow: id,
			secret: secretOf(id),
			parameters: {
				topics: ['interactions'],
				options: { downloadAttachments: true, ...options },
			},
			body: {
				topic: 'interactions',
				type: 'created',
				interaction: { id: 'i', output: { message } },
			},
			helpers,
		});
	}
	const megabyte = 2 ** 20;

	it.each([
		['/a/photo.jpg', 'photo.jpg'],
		['/a/..%2F..%2F..%2Fetc%2Fpasswd', 'passwd'],
		['/a/..%5C..%5Cwindows%5Cwin.ini', 'win.ini'],
		['/a/%2Fetc%2Fcron.d%2Fjob', 'job'],
		['/a/a%00b%0D%0Ac%1B%7F%C2%85.txt', 'abc.txt'],
		['/a/%E2%80%AEgpj.exe', 'gpj.exe'],
		['/a/C%3Aevil.exe', 'C_evil.exe'],
		['/a/%22%3Cx%3E.txt', '__x_.txt'],
		['/a/..', 'attachment'],
		['/a/%2e%2e%2f%2e%2e', 'attachment'],
		['/a/', 'attachment'],
		['/a/%', '%'],
		[`/a/${'x'.repeat(5000)}.pdf`, `${'x'.repeat(196)}.pdf`],
		['/a/%F0%9F%93%84%20report.pdf', '📄 report.pdf'],
		['/a/CON', '_CON'],
		['/a/nul%20.txt', '_nul .txt'],
		['/a/..%2FCom1.tar.gz', '_Com1.tar.gz'],
		['/a/lpt%C2%B9.txt', '_lpt¹.txt'],
		['/a/console.log', 'console.log'],
		['/a/bill.exe.%20.', 'bill.exe'],
		['/a/.%20.', 'attachment'],
		['/a/.htaccess', 'htaccess'],
		['/a/a%E2%80%8F.%E2%81%A6txt', 'a.txt'],
		[`/a/${encodeURIComponent('é'.repeat(3000))}.pdf`, `${'é'.repeat(98)}.pdf`],
		[`/a/${encodeURIComponent('日'.repeat(3000))}.pdf`, `${'日'.repeat(65)}.pdf`],
		[`/a/x${'%2E'.repeat(300)}pdf`, 'pdf'],
	])('has a name that leads nowhere: %s', async (path, fileName) => {
		const { binary } = await receive(path, {}, 1024);
		expect(binary?.attachment?.fileName).toBe(fileName);
	});

	it.each([
		['image/png; charset=x', 'image/png'],
		['text/html\r\nX-Other: 1', 'text/html'],
		['nonsense', undefined],
		['../../etc', undefined],
	])('has a type that is one, or none: %j', async (type, mimeType) => {
		const { binary } = await receive('/a', {}, 1024, { 'content-type': type });
		expect(binary?.attachment?.mimeType).toBe(mimeType);
	});

	it.each([
		[{ attachmentMegabytes: 2 }, {}],
		[{ attachmentMegabytes: '2' }, { 'content-length': 'many' }],
		[{ attachmentMegabytes: 2 }, { 'content-length': '1' }],
		[{ attachmentMegabytes: 2 }, { 'content-length': '-1' }],
	])('is no larger than asked for, whatever is announced: %j, %j', async (options, headers) => {
		const { item, binary } = await receive('/a', options, 3 * megabyte, headers);
		expect([item?.warning, binary]).toEqual([
			'The attachment was left out. It is larger than 2 MB.',
			undefined,
		]);
		expect((await receive('/a', options, megabyte, headers)).binary).toBeDefined();
	});

	it.each(['many', Number.NaN, null, '', 0, -1, {}, []])(
		'is no larger than usual where the size asked for is none: %j',
		async (attachmentMegabytes) => {
			const { item } = await receive('/a', { attachmentMegabytes }, 21 * megabyte);
			expect(item?.warning).toContain('larger than 20 MB');
		},
	);

	it.each([Infinity, 1e9])('is never larger than 100 MB: %p', async (attachmentMegabytes) => {
		const { item } = await receive('/a', { attachmentMegabytes }, 101 * megabyte);
		expect(item?.warning).toContain('larger than 100 MB');
	});
});
