import { once } from 'node:events';
import { Readable } from 'node:stream';
import { describe, expect, jest, test } from '@jest/globals';
import type { IHttpRequestOptions, IWebhookFunctions } from 'n8n-workflow';
import { download } from '../../nodes/engine/webhook/download.ts';
import { domainsOf, isInside } from '../../nodes/engine/webhook/hosts.ts';

const limits = { domains: ['example.com'], maxBytes: 10, timeoutMs: 1_000 };

type Send = (options: IHttpRequestOptions) => Promise<unknown>;

function setup(answer: object, verdict?: () => Promise<{ ok: boolean; error?: unknown }>) {
	const httpRequest = jest.fn<Send>(async () => answer);
	const filter = { getSecureEgressFilter: () => ({ validateUrl: verdict }) };
	const helpers = { httpRequest, ...(verdict && filter) };
	return { httpRequest, context: { helpers } as unknown as IWebhookFunctions };
}

const file = (...chunks: string[]) => ({
	statusCode: 200,
	headers: { 'content-type': 'image/png; charset=x' },
	body: Readable.from(chunks.map((chunk) => Buffer.from(chunk))),
});

describe('download', () => {
	test('gives bytes and type, and follows no redirect', async () => {
		const { context, httpRequest } = setup(file('01234', '56789'));
		const { bytes, mimeType } = await download(context, 'https://cdn.example.com/a.png', limits);
		expect(bytes.toString()).toBe('0123456789');
		expect(mimeType).toBe('image/png');
		expect(httpRequest.mock.calls[0]?.[0]).toMatchObject({
			disableFollowRedirect: true,
			timeout: 1_000,
			encoding: 'stream',
		});
	});

	test.each([
		['https://example.com/a', 'text/html; charset=utf-8', '<!DOCTYPE html>', true],
		['https://example.com/a.pdf', 'text/html', ' <html lang="en">', true],
		['https://example.com/offer.html', 'text/html', '<!DOCTYPE html>', false],
		['https://example.com/a', 'text/html', 'No page', false],
		['https://example.com/a', 'application/octet-stream', '<html>', false],
	])('of %s as %s tells a page in place of a file: %s', async (url, type, text, isPage) => {
		const { context } = setup({ ...file(text), headers: { 'content-type': type } });
		const fetched = download(context, url, { ...limits, maxBytes: 100 });
		if (isPage) await expect(fetched).rejects.toThrow(/^A web page came from example\.com/);
		else expect((await fetched).bytes.toString()).toBe(text);
	});

	test.each([
		['http://example.com/a', /https/],
		['file:///etc/passwd', /https/],
		['https://me:secret@example.com/a', /password/],
		['https://127.0.0.1/a', /not a public name/],
		['https://0x7f.1/a', /not a public name/],
		['https://2130706433/a', /not a public name/],
		['https://0177.0.0.1/a', /not a public name/],
		['https://127.1/a', /not a public name/],
		['https://[::ffff:127.0.0.1]/a', /not a public name/],
		['https://127。0。0。1/a', /not a public name/],
		['https://[::1]/a', /not a public name/],
		['https://[::ffff:169.254.169.254]/a', /not a public name/],
		['https://169.254.169.254/latest', /not a public name/],
		['https://8.8.8.8/a', /not a public name/],
		['https://localhost/a', /not a public name/],
		['https://localhost./a', /not a public name/],
		['https://db.internal/a', /not a public name/],
		['https://printer.local/a', /not a public name/],
		['https://n8n/a', /not a public name/],
		['https://notexample.com/a', /not among the hosts/],
		['https://example.com.evil.org/a', /not among the hosts/],
		['https://evil.org/?example.com', /not among the hosts/],
		['nonsense', /not valid/],
	])('asks nobody for %s', async (address, reason) => {
		const { context, httpRequest } = setup(file('x'));
		const trusting = {
			...limits,
			domains: ['example.com', 'localhost', '127.0.0.1', 'n8n', 'internal', 'local'],
		};
		await expect(download(context, address, trusting)).rejects.toThrow(reason);
		expect(httpRequest).not.toHaveBeenCalled();
	});

	test('asks nobody where n8n says that the name leads inside', async () => {
		const inside = setup(file('x'), async () => ({ ok: false }));
		await expect(download(inside.context, 'https://example.com/a', limits)).rejects.toThrow(
			/inside the network/,
		);
		expect(inside.httpRequest).not.toHaveBeenCalled();
		const outside = setup(file('x'), async () => ({ ok: true }));
		await download(outside.context, 'https://example.com/a', limits);
		expect(outside.httpRequest).toHaveBeenCalledTimes(1);
	});

	test('names DNS where n8n itself does not find the name', async () => {
		const error = Object.assign(new Error('getaddrinfo ENOTFOUND example.com'), {
			code: 'ENOTFOUND',
		});
		for (const verdict of [async () => ({ ok: false, error }), () => Promise.reject(error)]) {
			const unknown = setup(file('x'), verdict);
			await expect(download(unknown.context, 'https://example.com/a', limits)).rejects.toThrow(
				/^DNS on n8n's machine does not know example\.com, .*HTTPS_PROXY/,
			);
			expect(unknown.httpRequest).not.toHaveBeenCalled();
		}
	});

	test('stops at the size, told or not', async () => {
		const silent = file('01234', '56789', 'x');
		await expect(download(setup(silent).context, 'https://example.com/a', limits)).rejects.toThrow(
			/larger/,
		);
		expect(silent.body.destroyed).toBe(true);
		const honest = { ...file('x'), headers: { 'content-length': '11' } };
		await expect(download(setup(honest).context, 'https://example.com/a', limits)).rejects.toThrow(
			/larger/,
		);
	});

	test('stops at the time, though the server only falls silent', async () => {
		const body = new Readable({ read: () => undefined });
		body.push(Buffer.from('x'));
		const stalled = setup({ statusCode: 200, headers: {}, body });
		const quick = { ...limits, timeoutMs: 50 };
		await expect(download(stalled.context, 'https://example.com/a', quick)).rejects.toThrow(
			'It took too long.',
		);
		expect(body.destroyed).toBe(true);
		const silent = setup({});
		silent.httpRequest.mockImplementation(async ({ abortSignal }) => {
			await once(abortSignal as AbortSignal, 'abort');
			throw new Error('canceled');
		});
		await expect(download(silent.context, 'https://example.com/a', quick)).rejects.toThrow(
			'It took too long.',
		);
	});

	test('says so where the server breaks off', async () => {
		const body = Readable.from(
			(async function* () {
				yield Buffer.from('x');
				throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
			})(),
		);
		const broken = setup({ statusCode: 200, headers: {}, body });
		await expect(download(broken.context, 'https://example.com/a', limits)).rejects.toThrow(
			'It broke off before its end.',
		);
	});

	const fault = (code: string, message = code) => Object.assign(new Error(message), { code });

	test.each([
		[
			fault('UNABLE_TO_GET_ISSUER_CERT_LOCALLY'),
			/^n8n does not trust the certificate of cdn\.example\.com: n8n does not know the authority that signed it\. .*NODE_EXTRA_CA_CERTS/,
		],
		[
			fault('ERR_TLS_CERT_ALTNAME_INVALID', 'is not in the cert’s altnames: DNS:other.example'),
			/made out to other\.example\. Check the address of the file\. If it is right, ask/,
		],
		[
			fault('EPROTO', 'tlsv1 alert protocol version'),
			/^cdn\.example\.com and n8n have no version of TLS in common\. Check the address of the file/,
		],
		[
			fault('ECONNREFUSED', 'connect ECONNREFUSED 192.0.2.7:3128'),
			/^cdn\.example\.com could not be reached \(ECONNREFUSED\)\. n8n asked 192\.0\.2\.7:3128, which is not the address of the file but the proxy that HTTPS_PROXY names\./,
		],
		[
			fault('ENOTFOUND', 'getaddrinfo ENOTFOUND cdn.example.com'),
			/^DNS does not know cdn\.example\.com\. Check the address of the file, and the DNS/,
		],
		[fault('ECONNRESET'), /^cdn\.example\.com could not be reached \(ECONNRESET\)\.$/],
	])('names what n8n could not do: %p', async (thrown, says) => {
		const { context, httpRequest } = setup({});
		httpRequest.mockRejectedValue(thrown);
		await expect(download(context, 'https://cdn.example.com/a?key=x', limits)).rejects.toThrow(
			says,
		);
	});

	test.each([
		[
			407,
			{ 'proxy-authenticate': 'Basic' },
			/^The proxy wants a user and a password before it connects n8n to example\.com \(407\)\. .*HTTPS_PROXY/,
		],
		[
			403,
			{ server: 'squid/5.7' },
			/^The proxy squid\/5\.7 does not let n8n connect to example\.com/,
		],
		[503, { server: 'tinyproxy/1.11' }, /^The proxy tinyproxy\/1\.11 answered with status 503/],
		[
			403,
			{ server: 'AmazonS3', via: '1.1 x.cloudfront.net (CloudFront)' },
			/^example\.com answered 403\.$/,
		],
	])('tells a proxy from the server: %d', async (statusCode, headers, says) => {
		const { context } = setup({ ...file('x'), statusCode, headers });
		await expect(download(context, 'https://example.com/a', limits)).rejects.toThrow(says);
	});

	test('takes no redirect and no refusal for a file', async () => {
		for (const statusCode of [302, 404]) {
			const answer = { ...file('x'), statusCode };
			await expect(
				download(setup(answer).context, 'https://example.com/a', limits),
			).rejects.toThrow(/answered/);
		}
	});
});

test('domains are read as people list them', () => {
	expect(domainsOf(' Example.com, *.files.org;https://cdn.net/x\n.leading.io')).toEqual([
		'example.com',
		'files.org',
		'cdn.net',
		'leading.io',
	]);
	expect(domainsOf('https://a.example.com:8443/b, c.example.com.')).toEqual([
		'a.example.com',
		'c.example.com',
	]);
	expect(domainsOf('')).toEqual([]);
	expect(isInside('cdn.example.com')).toBe(false);
});
