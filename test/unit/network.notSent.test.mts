import { connect as connectTcp } from 'node:net';
import { Agent, type AgentOptions } from 'node:https';
import { describe, expect, it } from '@jest/globals';
import axios from 'axios';
import { NodeApiError, type INode } from 'n8n-workflow';
import { networkFault } from '../../nodes/engine/http/networkFault.ts';
import { authority, behind, causes, issued, withAuthorities } from './network.setup.mts';
import { serve, serveTcp } from './server.mts';

withAuthorities();

const node = {
	id: '1',
	name: 'Node',
	type: 'tiny',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** What n8n 2.41 and 1.123 throw where a client that trusts the authority posts to this address. */
async function thrownBy(
	url: string,
	options: AgentOptions = {},
): Promise<{ two: unknown; one: unknown }> {
	const httpsAgent = new Agent({ ca: await authority.certificate(), ...options });
	const error: unknown = await axios
		.post(url, { name: 'a' }, { httpsAgent, maxRedirects: 0, proxy: false })
		.then(
			() => undefined,
			(thrown: unknown) => thrown,
		);
	const two = new NodeApiError(node as unknown as INode, error as never);
	// n8n 1.123 keeps no cause.
	const { message, messages, httpCode } = two;
	return { two, one: { name: 'NodeApiError', message, messages, httpCode } };
}

describe('what never went out', () => {
	it.each(causes)('is known of $name, as either line of n8n throws it', async (cause) => {
		const vendor = await serve(() => ({ thing: { id: 7 } }));
		const front = await behind(vendor, await cause.options());
		const url = front.url.replace('127.0.0.1', cause.host ?? '127.0.0.1');
		const { one, two } = await thrownBy(url);
		expect(vendor.received).toEqual([]);
		for (const thrown of [one, two]) {
			expect(networkFault(thrown, new URL(url))).toEqual({
				code: expect.stringMatching(cause.code),
				isNotSent: true,
				isLasting: true,
				message: expect.stringMatching(cause.message),
				hint: expect.stringMatching(cause.hint),
			});
		}
	});

	it('is known of https to a port of http', async () => {
		const vendor = await serve(() => ({}));
		const url = vendor.url.replace('http:', 'https:');
		const { one, two } = await thrownBy(url);
		for (const thrown of [one, two]) {
			expect(networkFault(thrown, new URL(url))).toMatchObject({
				...{ code: 'EPROTO', isNotSent: true, isLasting: true },
				message: '127.0.0.1 does not speak https at this port',
			});
		}
	});

	it('is known where the server hangs up in the handshake, and may pass', async () => {
		const { port } = await serveTcp((socket) => socket.once('data', () => socket.end()));
		const url = `https://127.0.0.1:${port}`;
		const { one, two } = await thrownBy(url);
		for (const thrown of [one, two])
			expect(networkFault(thrown, new URL(url))).toMatchObject({
				isNotSent: true,
				isLasting: false,
			});
	});

	it.each([
		['a firewall on this machine', 'EACCES', 'connect EACCES 203.0.113.7:443'],
		['a policy of the system', 'EPERM', 'connect EPERM 203.0.113.7:443 - Local (0.0.0.0:0)'],
		['too many open files', 'EMFILE', 'connect EMFILE 203.0.113.7:443 - Local (undefined)'],
		['a network that is down', 'ENETDOWN', 'connect ENETDOWN 203.0.113.7:443'],
		['a host that is down', 'EHOSTDOWN', 'connect EHOSTDOWN 203.0.113.7:443'],
		['a resolver that fails', 'EAI_FAIL', 'getaddrinfo EAI_FAIL vendor.example'],
		['a resolver of its own', 'ESERVFAIL', 'queryA ESERVFAIL vendor.example'],
		['a connection that takes too long', 'UND_ERR_CONNECT_TIMEOUT', 'Connect Timeout Error'],
		[
			'a proxy that hangs up',
			'UNKNOWN',
			'Proxy connection ended before receiving CONNECT response',
		],
	])('is known of %s, and may pass', (_, code, message) => {
		const cause = Object.assign(new Error(message), code === 'UNKNOWN' ? {} : { code });
		for (const thrown of [cause, { name: 'NodeApiError', message: 'Sorry', cause }])
			expect(networkFault(thrown, new URL('https://vendor.example'))).toMatchObject({
				...{ code, isNotSent: true, isLasting: false },
			});
	});

	it.each([
		['ECONNRESET', 'read ECONNRESET'],
		['ECONNRESET', 'socket hang up'],
		['EPIPE', 'write EPIPE'],
		['ETIMEDOUT', 'read ETIMEDOUT'],
		['ECONNABORTED', 'timeout of 60000ms exceeded'],
		['UND_ERR_HEADERS_TIMEOUT', 'Headers Timeout Error'],
	])('is not thought of %s: %s', (code, message) => {
		const thrown = Object.assign(new Error(message), { code });
		expect(networkFault(thrown, new URL('https://vendor.example')).isNotSent).toBe(false);
	});

	it.each([
		'ERR_TLS_INVALID_PROTOCOL_VERSION',
		'ERR_TLS_DH_PARAM_SIZE',
		'ERR_TLS_HANDSHAKE_TIMEOUT',
		'ERR_SSL_DH_KEY_TOO_SMALL',
		'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
		'ERR_SSL_UNSAFE_LEGACY_RENEGOTIATION_DISABLED',
		'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
		'ERR_SSL_TLSV1_UNRECOGNIZED_NAME',
	])('is known of %s, which is no fault of a certificate', (code) => {
		const thrown = Object.assign(new Error(code), { code });
		expect(networkFault(thrown, new URL('https://vendor.example'))).toEqual({
			...{ code, isNotSent: true, isLasting: true },
			message: expect.stringMatching(/^vendor\.example (refuses the TLS connection|and n8n have)/),
			hint: expect.any(String),
		});
	});

	it.each([
		'CERT_REVOKED',
		'CERT_UNTRUSTED',
		'CERT_REJECTED',
		'CERT_SIGNATURE_FAILURE',
		'CERT_CHAIN_TOO_LONG',
		'CRL_HAS_EXPIRED',
		'ERROR_IN_CERT_NOT_AFTER_FIELD',
		'UNABLE_TO_GET_CRL',
		'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
		'UNABLE_TO_GET_ISSUER_CERT',
		'ERR_TLS_CERT_ALTNAME_FORMAT',
		'HOSTNAME_MISMATCH',
		'INVALID_CA',
		'PATH_LENGTH_EXCEEDED',
	])('is known of %s, which is one', (code) => {
		const thrown = Object.assign(new Error('It does not hold'), { code });
		expect(networkFault(thrown, new URL('https://vendor.example'))).toMatchObject({
			...{ code, isNotSent: true, isLasting: true },
			message: expect.stringMatching(/^n8n does not trust the certificate of vendor\.example: /),
		});
	});

	it('is known of a server that speaks another version of HTTP', async () => {
		const vendor = await serve(() => ({}));
		const front = await behind(vendor, { ...(await issued()), ALPNProtocols: ['h2'] });
		const { one, two } = await thrownBy(front.url, { ALPNProtocols: ['http/1.1'] });
		for (const thrown of [one, two])
			expect(networkFault(thrown, new URL(front.url))).toMatchObject({
				...{ isNotSent: true, isLasting: true },
				message: '127.0.0.1 does not speak HTTP/1.1, the one version that n8n speaks',
			});
	});

	it('is known of a guard of n8n, in its own words', () => {
		for (const name of ['SsrfBlockedIpError', 'SsrfBlockedHostnameError']) {
			const own = {
				name,
				message: 'The request was blocked',
				description: 'Ask your administrator',
			};
			const thrown = { name: 'NodeApiError', message: own.message, httpCode: null, cause: own };
			expect(networkFault(thrown, new URL('https://vendor.example'))).toEqual({
				...{ code: name, isNotSent: true, isLasting: true },
				...{ message: 'The request was blocked', hint: 'Ask your administrator' },
			});
		}
		// As n8n 2.20 wraps it.
		const message = 'The request was blocked because it resolves to a restricted IP address';
		const words = { message, description: 'The target 10.0.0.1 is not allowed.' };
		const wrapped = { name: 'NodeApiError', ...words, httpCode: null, errorResponse: {} };
		expect(networkFault(wrapped, new URL('https://vendor.example'))).toEqual({
			...{ code: 'SsrfBlockedIpError', isNotSent: true, isLasting: true },
			...{ message, hint: words.description },
		});
	});

	it('tells a proxy that is down from a vendor that is', () => {
		const refused = (where: string) => ({
			code: 'ECONNREFUSED',
			message: `connect ECONNREFUSED ${where}`,
		});
		const url = new URL('https://vendor.example/api');
		expect(networkFault(refused('203.0.113.7:443'), url).hint).toBeUndefined();
		expect(networkFault(refused('203.0.113.7:3128'), url).hint).toMatch(
			/203\.0\.113\.7:3128.*HTTPS_PROXY/,
		);
		const unknown = (name: string) => ({
			code: 'ENOTFOUND',
			message: `getaddrinfo ENOTFOUND ${name}`,
		});
		expect(networkFault(unknown('vendor.example'), url).message).toBe(
			'DNS does not know vendor.example',
		);
		expect(networkFault(unknown('proxy.corp'), url).hint).toMatch(/proxy\.corp.*HTTPS_PROXY/);
	});
});

/** A way to a TLS server on which what comes back is spoilt once the request is there. */
async function spoilt(target: number, arrived: () => boolean): Promise<string> {
	const { port } = await serveTcp((near) => {
		const far = connectTcp(target, '127.0.0.1');
		for (const socket of [near, far]) socket.on('error', () => socket.destroy());
		near.pipe(far);
		far.on('data', (chunk: Buffer) => {
			// Inside of what is encrypted: its length is told by the first five bytes.
			if (arrived()) chunk[50]! ^= 1;
			near.write(chunk);
		});
		far.once('close', () => near.destroy());
		near.once('close', () => far.destroy());
	});
	return `https://127.0.0.1:${port}`;
}

it.each(['TLSv1.2', 'TLSv1.3'] as const)(
	'never takes an answer that was spoilt on its way for a request that was not sent: %s',
	async (maxVersion) => {
		const vendor = await serve(() => ({ thing: { id: 7, name: 'a'.repeat(500) } }));
		const front = await behind(vendor, { ...(await issued()), maxVersion });
		const url = await spoilt(front.port, () => vendor.received.length > 0);
		const { one, two } = await thrownBy(url);
		expect(vendor.received).toHaveLength(1);
		for (const thrown of [one, two]) {
			expect(networkFault(thrown, new URL(url))).toMatchObject({
				code: expect.stringMatching(/^ERR_SSL_/),
				isNotSent: false,
				isLasting: false,
			});
		}
	},
);
