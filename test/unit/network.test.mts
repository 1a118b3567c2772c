import { once } from 'node:events';
import {
	type AddressInfo,
	connect as connectTcp,
	createServer as createTcp,
	type Socket,
} from 'node:net';
import type { TlsOptions } from 'node:tls';
import { Agent, type AgentOptions } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import {
	afterAll,
	afterEach,
	beforeAll,
	beforeEach,
	describe,
	expect,
	it,
	jest,
} from '@jest/globals';
import axios from 'axios';
import { NodeApiError, type INode } from 'n8n-workflow';
import { Authority } from '../../dev/kit/network/authority.mts';
import { startTls, type TlsFront } from '../../dev/kit/network/tls.mts';
import { networkFault } from '../../nodes/engine/http/networkFault.ts';
import { proxyOf } from '../../nodes/engine/http/proxyAnswer.ts';
import { Reachability } from '../../nodes/engine/http/reachability.ts';
import { everything, hurry, run } from './engine.mts';
import { answer, closeServers, serve, type TestServer } from './server.mts';
import { tiny } from './tiny.mts';

const dayMs = 86_400_000;
const fromNow = (days: number) => new Date(Date.now() + days * dayMs);

let authority: Authority;
let other: Authority;
const closing: Array<() => Promise<void>> = [];

beforeAll(async () => {
	authority = await Authority.make();
	other = await Authority.make('Another authority');
});
afterEach(async () => {
	await closeServers();
	for (const close of closing.splice(0)) await close();
});
afterAll(async () => {
	await authority.close();
	await other.close();
});

const behind = async (vendor: TestServer, options: TlsOptions): Promise<TlsFront> => {
	const front = await startTls(Number(new URL(vendor.url).port), options);
	closing.push(front.close);
	return front;
};

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

interface Cause {
	name: string;
	options(): Promise<TlsOptions>;
	/** Node.js tells the names of a certificate only where a name was asked for. */
	host?: string;
	code: RegExp;
	message: RegExp;
	hint: RegExp;
}

const issued = async (options = {}) => await authority.issue(options);

const causes: Cause[] = [
	{
		name: 'an expired certificate',
		options: async () => await issued({ from: fromNow(-9), until: fromNow(-2) }),
		code: /^CERT_HAS_EXPIRED$/,
		message: /^n8n does not trust the certificate of 127\.0\.0\.1: it has expired$/,
		hint: /clock/,
	},
	{
		name: 'one that is not valid yet',
		options: async () => await issued({ from: fromNow(2), until: fromNow(9) }),
		code: /^CERT_NOT_YET_VALID$/,
		message: /: it is not valid yet$/,
		hint: /clock/,
	},
	{
		name: 'one of another name',
		options: async () => await issued({ names: 'DNS:other.example,DNS:*.example.org' }),
		code: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
		host: 'localhost',
		message: /certificate of localhost: it is made out to other\.example, \*\.example\.org$/,
		hint: /address in the credential/,
	},
	{
		name: 'one that is signed by itself',
		options: async () => await authority.issueSelfSigned(),
		code: /^DEPTH_ZERO_SELF_SIGNED_CERT$/,
		message: /: it is signed by nobody but itself$/,
		hint: /NODE_EXTRA_CA_CERTS/,
	},
	{
		name: 'one of an unknown authority',
		options: async () => await other.issue(),
		code: /^UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT_LOCALLY)$/,
		message: /: n8n does not know the authority that signed it$/,
		hint: /private authority.*NODE_EXTRA_CA_CERTS/,
	},
	{
		name: 'one of an unknown authority that is shown with it',
		options: async () => await other.issue({ isChainShown: true }),
		code: /^SELF_SIGNED_CERT_IN_CHAIN$/,
		message: /: n8n does not know the authority that signed it$/,
		hint: /private authority.*NODE_EXTRA_CA_CERTS/,
	},
	{
		name: 'one with a fault that Node.js has no code for',
		options: async () => await issued({ extension: '1.2.3.4 = critical,ASN1:UTF8String:x' }),
		code: /^UNSPECIFIED$/,
		message: /: it does not hold \(unhandled critical extension\)$/,
		hint: /ask whoever runs that server/,
	},
	{
		name: 'one for another purpose',
		options: async () => await issued({ extension: 'extendedKeyUsage = clientAuth' }),
		code: /^INVALID_PURPOSE$/,
		message: /: it is not made out for a server$/,
		hint: /ask whoever runs that server/,
	},
	...(['TLSv1.2', 'TLSv1.3'] as const).map((version) => ({
		name: `a wanted client certificate, ${version}`,
		options: async () => ({
			...(await issued()),
			requestCert: true,
			ca: await authority.certificate(),
			maxVersion: version,
		}),
		code: /^(EPROTO|ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED)$/,
		message: version === 'TLSv1.3' ? /wants a client certificate/ : /refuses the TLS connection/,
		hint: /client certificate|takes the key alone/,
	})),
	{
		name: 'versions of TLS that do not meet',
		options: async () => ({
			...(await issued()),
			minVersion: 'TLSv1',
			maxVersion: 'TLSv1.1',
			ciphers: 'DEFAULT@SECLEVEL=0',
		}),
		code: /^EPROTO$/,
		message: /and n8n have no version of TLS in common$/,
		hint: /TLS 1\.2/,
	},
];

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
		const server = createTcp((socket) => socket.once('data', () => socket.end()));
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		closing.push(async () => void server.close());
		const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
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
	const relay = createTcp((near) => {
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
	relay.listen(0, '127.0.0.1');
	await once(relay, 'listening');
	closing.push(async () => void relay.close());
	return `https://127.0.0.1:${(relay.address() as AddressInfo).port}`;
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

const parameters = {
	create: { resource: 'thing', operation: 'create', name: 'a' },
	get: { resource: 'thing', operation: 'get', thingId: '7' },
};
const names = (count: number) => Array.from({ length: count }, (_, n) => ({ name: `n${n}` }));
const errorsOf = ({ items }: Awaited<ReturnType<typeof run>>) =>
	items.map(({ json }) => String(json.error));

describe('a run for which nobody is there', () => {
	it.each(['create', 'get'] as const)('tries a %s once where no try can help', async (kind) => {
		const vendor = await serve(() => ({ thing: { id: 7 } }));
		const front = await behind(vendor, await authority.issueSelfSigned());
		const { error } = await run(tiny, {
			parameters: parameters[kind],
			credential: { key: 'k', baseUrl: front.url },
		});
		expect(error?.message).toMatch(/^n8n does not trust the certificate of 127\.0\.0\.1/);
		expect(error?.description).not.toContain('may have worked');
		expect(front.seen).toEqual({ connections: 1, secured: 0, bytes: 0 });
	});

	it('ends after a few items with the same sentence for each', async () => {
		const vendor = await serve(() => ({ thing: { id: 7 } }));
		const front = await behind(vendor, await authority.issueSelfSigned());
		const result = await run(tiny, {
			parameters: { ...parameters.create, name: '={{ $json.name }}' },
			credential: { key: 'k', baseUrl: front.url },
			items: names(40),
			onError: 'continueRegularOutput',
		});
		const errors = errorsOf(result);
		expect(errors).toHaveLength(40);
		expect(
			errors.filter((one) => one.startsWith('n8n does not trust the certificate')),
		).toHaveLength(40);
		expect(
			errors.filter((one) => one.includes('It was not tried for this item')).length,
		).toBeGreaterThan(30);
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			Array.from({ length: 40 }, (_, item) => ({ item })),
		);
		// Those that are under way at once, and no more.
		expect(front.seen.connections).toBeLessThanOrEqual(6);
	});

	it('ends as early where each item has a key of its own', async () => {
		const vendor = await serve(() => ({ thing: { id: 7 } }));
		const front = await behind(vendor, await authority.issueSelfSigned());
		const result = await run(tiny, {
			parameters: { ...parameters.create, name: '={{ $json.name }}' },
			credential: { key: '={{ $json.name }}-key', baseUrl: front.url },
			items: names(40),
			onError: 'continueRegularOutput',
		});
		const errors = errorsOf(result);
		expect(errors).toHaveLength(40);
		expect(errors.filter((one) => one.includes('It was not tried for')).length).toBeGreaterThan(20);
		// Those that are under way at once: each key has a pace of its own.
		expect(front.seen.connections).toBeLessThanOrEqual(20);
	});

	it('goes on where one of a few is there', async () => {
		const calm = hurry();
		try {
			let count = 0;
			const vendor = await serve((...args) =>
				++count % 3 === 0
					? { thing: { id: 7 } }
					: answer(503, '<html>', { server: 'squid/5.7' })(...args),
			);
			const result = await run(tiny, {
				parameters: { ...parameters.create, name: '={{ $json.name }}' },
				credential: { key: 'k', baseUrl: vendor.url },
				items: names(30),
				onError: 'continueRegularOutput',
			});
			expect(vendor.received).toHaveLength(30);
			expect(errorsOf(result).filter((one) => one.includes('not tried'))).toEqual([]);
		} finally {
			calm();
		}
	});

	it('gives up on a port that nobody listens at within 10 seconds, and 500 items with it', async () => {
		const vendor = await serve(() => ({}));
		await vendor.close();
		const start = Date.now();
		const result = await run(tiny, {
			parameters: { ...parameters.create, name: '={{ $json.name }}' },
			credential: { key: 'k', baseUrl: vendor.url },
			items: names(500),
			onError: 'continueRegularOutput',
		});
		expect(Date.now() - start).toBeLessThan(10_000);
		const errors = errorsOf(result);
		expect(new Set(errors.map((one) => one.split('.')[0]))).toEqual(
			new Set(['Tiny could not be reached after 5 tries']),
		);
		expect(errors).toHaveLength(500);
		expect(errors.filter((one) => one.includes('may have worked'))).toEqual([]);
	});
});

describe('a vendor that says nothing', () => {
	let calm: () => void;
	beforeEach(() => {
		calm = hurry();
	});
	afterEach(() => calm());

	/** Takes connections, and says nothing; like a firewall that drops what is sent, as far as anybody can see. */
	async function silent(): Promise<{ url: string; connections(): number }> {
		let connections = 0;
		const sockets = new Set<Socket>();
		const server = createTcp((socket) => {
			connections++;
			sockets.add(socket.on('error', () => {}));
		});
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		closing.push(async () => {
			for (const socket of sockets) socket.destroy();
			server.close();
		});
		const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		return { url, connections: () => connections };
	}
	const started = (baseUrl: string, kind: 'create' | 'get', mode?: 'manual' | 'trigger') =>
		run(tiny, {
			parameters: parameters[kind],
			credential: { key: 'a-key-to-keep', baseUrl },
			mode,
		});
	const advice = /Check the address in the credential, .*firewall.*HTTPS_PROXY/;

	it.each(['create', 'get'] as const)(
		'is told from a slow one after 8 seconds: %s',
		async (kind) => {
			const { url, connections } = await silent();
			const { error } = await started(url, kind);
			expect(error?.message).toBe(
				'Tiny gave no answer within 8 seconds, and nothing else comes from 127.0.0.1',
			);
			expect(error?.description).toMatch(advice);
			// Nobody can tell whether it has arrived.
			expect(error?.description?.includes('This may have worked. Look')).toBe(kind === 'create');
			// It was asked once, and probed four times.
			expect(connections()).toBe(5);
		},
	);

	it.each([
		['create', 'within 60 seconds', 1],
		['get', 'within 60 seconds after 5 tries', 5],
	] as const)('is waited for where nobody watches: %s', async (kind, words, tries) => {
		const { url, connections } = await silent();
		const { error } = await started(url, kind, 'trigger');
		expect(error?.message).toBe(
			`Tiny gave no answer ${words}, and nothing else comes from 127.0.0.1`,
		);
		expect(error?.description).toMatch(advice);
		expect(connections()).toBe(5 * tries);
	});

	it('is probed no more once nobody waits for it', async () => {
		const reachability = new Reachability();
		const canceled = new Error('canceled');
		let probes = 0;
		let cancel = (_: Error) => {};
		const sending = new Promise<never>((_, reject) => (cancel = reject));
		const probe = async () => {
			probes++;
			cancel(canceled);
			return false;
		};
		await expect(reachability.during(sending, probe, false)).rejects.toBe(canceled);
		await wait(100);
		expect([probes, reachability.isSilent]).toEqual([1, false]);
	});

	it.each(['manual', 'trigger'] as const)(
		'ends a run of 500 items, each with its sentence: %s',
		async (mode) => {
			const { url, connections } = await silent();
			const result = await run(tiny, {
				parameters: { ...parameters.create, name: '={{ $json.name }}' },
				credential: { key: 'k', baseUrl: url },
				items: names(500),
				onError: 'continueRegularOutput',
				mode,
			});
			const errors = errorsOf(result);
			expect(errors).toHaveLength(500);
			expect(errors.filter((one) => one.startsWith('Tiny gave no answer within'))).toHaveLength(
				500,
			);
			const sent = errors.filter((one) => one.includes('This may have worked'));
			expect(errors.filter((one) => one.includes('It was not tried for this item'))).toHaveLength(
				500 - sent.length,
			);
			expect(sent.length).toBeLessThan(20);
			// All of them probe together.
			expect(connections()).toBe(sent.length + 4);
		},
	);

	it('is waited for where it only takes its time', async () => {
		const vendor = await serve(async () => {
			await new Promise((resolve) => setTimeout(resolve, 40_000));
			return { thing: { id: 7 } };
		});
		const { items, error } = await started(vendor.url, 'create');
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(vendor.received).toHaveLength(1);
		expect(vendor.probes.length).toBeGreaterThan(0);
		// A probe shows no key.
		expect(JSON.stringify(vendor.probes)).not.toContain('a-key-to-keep');
	});

	it('is not probed where it answered before, in whichever run', async () => {
		let isSlow = false;
		const vendor = await serve(async () => {
			if (isSlow) await new Promise((resolve) => setTimeout(resolve, 40_000));
			return { thing: { id: 7 } };
		});
		await started(vendor.url, 'get');
		isSlow = true;
		const { error } = await started(vendor.url, 'get');
		expect(error).toBeUndefined();
		expect([vendor.received.length, vendor.probes.length]).toEqual([2, 0]);
	});
});

describe('a vendor that drips', () => {
	const calms: Array<() => void> = [];
	beforeEach(() => {
		calms.push(hurry());
		const { timeout } = AbortSignal;
		// The one clock that is not hurried with the others.
		const hurried = jest
			.spyOn(AbortSignal, 'timeout')
			.mockImplementation((ms) => timeout.call(AbortSignal, ms / 500));
		calms.push(() => hurried.mockRestore());
	});
	afterEach(() => {
		for (const calm of calms.splice(0)) calm();
	});

	/** Answers with these bytes, and then with one more each second, without end. */
	async function dripping(begin: string): Promise<{ url: string; connections(): number }> {
		let connections = 0;
		const sockets = new Set<Socket>();
		const server = createTcp((socket) => {
			connections++;
			sockets.add(socket.on('error', () => {}));
			socket.once('data', () => {
				socket.write(begin);
				const drip = setInterval(() => socket.write(' '), 2);
				socket.once('close', () => clearInterval(drip));
			});
		});
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		closing.push(async () => {
			for (const socket of sockets) socket.destroy();
			server.close();
		});
		const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		return { url, connections: () => connections };
	}

	it.each(['create', 'get'] as const)('is not waited for without end: %s', async (kind) => {
		const { url, connections } = await dripping(
			'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{"thing":',
		);
		const { error } = await run(tiny, {
			parameters: parameters[kind],
			credential: { key: 'k', baseUrl: url },
			mode: 'trigger',
		});
		expect(error?.message).toBe(
			'Tiny gave no whole answer within 300 seconds, while parts of it came',
		);
		expect(error?.description).toContain('Check the address in the credential');
		expect(error?.description?.includes('This may have worked. Look')).toBe(kind === 'create');
		// Probes are no tries.
		expect(connections()).toBeLessThanOrEqual(5);
	});
});

describe('HTTPS_PROXY', () => {
	const { HTTPS_PROXY: before } = process.env;
	afterEach(() => {
		if (before === undefined) delete process.env.HTTPS_PROXY;
		else process.env.HTTPS_PROXY = before;
	});
	const through = async (proxy: string, kind: 'create' | 'get') => {
		process.env.HTTPS_PROXY = proxy;
		const calm = hurry();
		try {
			const { error, run: stored } = await run(tiny, {
				parameters: parameters[kind],
				credential: { key: 'k', baseUrl: 'https://vendor.example' },
			});
			return { error, stored: everything(stored) };
		} finally {
			calm();
		}
	};

	/** Something that says this to whoever connects, and hangs up. */
	const listening = async (says: string): Promise<number> => {
		const server = createTcp((socket) => {
			socket.on('error', () => {});
			socket.once('data', () => socket.end(says, 'latin1'));
		});
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		closing.push(async () => void server.close());
		return (server.address() as AddressInfo).port;
	};

	it.each([
		'http://me:pa#ssword@127.0.0.1:9',
		'http://me:pa/ssword@127.0.0.1:9',
		'"http://127.0.0.1:9"',
		'http://127.0.0.1:99999',
		'http://',
	])('that cannot be read is said to be so, and nothing was sent: %s', async (proxy) => {
		for (const kind of ['create', 'get'] as const) {
			const { error, stored } = await through(proxy, kind);
			expect(error?.message).toBe(
				'n8n cannot read the address of the proxy that HTTPS_PROXY names',
			);
			expect(error?.description).toMatch(/^Set HTTPS_PROXY to .*percent-encoded/);
			expect(stored).not.toMatch(/may have worked|me:pa/);
		}
	});

	it('of which a user or password cannot be decoded is known as well', () => {
		// As https-proxy-agent throws it; it has opened a connection by then, whose end nobody waits for.
		const thrown = { name: 'NodeApiError', message: 'Sorry', cause: new URIError('URI malformed') };
		expect(networkFault(thrown, new URL('https://vendor.example'))).toMatchObject({
			...{ isNotSent: true, isLasting: true },
			message: 'n8n cannot read the address of the proxy that HTTPS_PROXY names',
		});
	});

	it.each([
		['http', ''],
		['socks5', '\u0005\u00ff'],
		['http', 'SSH-2.0-OpenSSH_9.2\r\n'],
	])('that names no HTTP proxy is said to be so: %s, %j', async (scheme, says) => {
		const port = await listening(says);
		const { error } = await through(`${scheme}://127.0.0.1:${port}`, 'create');
		expect(error?.message).toBe('Tiny could not be reached after 5 tries');
		expect(error?.description).toMatch(/^What HTTPS_PROXY names did not answer as an HTTP proxy/);
	});
});

describe('a proxy on the way', () => {
	const squid = {
		server: 'squid/5.7',
		'x-squid-error': 'ERR_CACHE_ACCESS_DENIED 0',
		via: '1.1 vm (squid/5.7)',
	};
	const against = async (
		status: number,
		headers: Record<string, string>,
		body: unknown,
		kind: 'create' | 'get',
	) => {
		const calm = hurry();
		try {
			const vendor = await serve(answer(status, body, headers));
			const result = await run(tiny, {
				parameters: parameters[kind],
				credential: { key: 'k', baseUrl: vendor.url },
			});
			return { ...result, tries: vendor.received.length };
		} finally {
			calm();
		}
	};

	it('is named where it wants a password', async () => {
		for (const headers of [squid, {}]) {
			const { error, tries } = await against(407, headers, '<html>', 'create');
			expect(tries).toBe(1);
			expect(error?.message).toMatch(
				/^The proxy ?\S* wants a user and a password .* 127\.0\.0\.1 \(407\)$/,
			);
			expect(error?.description).toMatch(/HTTPS_PROXY/);
			expect(error?.description).not.toContain('may have worked');
		}
	});

	it('is told from the vendor where a network wants a sign-in', async () => {
		const { error, tries } = await against(511, {}, '<html>', 'create');
		expect(tries).toBe(1);
		expect(error?.message).toContain(
			'wants somebody to sign in before it lets n8n reach 127.0.0.1',
		);
		expect(error?.description).not.toContain('may have been done');
	});

	it.each([
		['squid/5.7', squid],
		['tinyproxy/1.11.1', { server: 'tinyproxy/1.11.1' }],
		['1.1 proxy.corp', { via: '1.1 proxy.corp' }],
	])('is named where it lets nobody through: %s', async (name, headers) => {
		const denied = await against(403, headers, '<html>', 'get');
		expect(denied.error?.message).toBe(
			`The proxy ${name} does not let n8n connect to 127.0.0.1 (403)`,
		);
		expect(denied.error?.description).toMatch(/HTTPS_PROXY.*NO_PROXY/);
		for (const status of [500, 502, 503, 504]) {
			const read = await against(status, headers, '<html>', 'get');
			expect(read.error?.message).toBe(
				`The proxy ${name} answered with status ${status} in place of Tiny`,
			);
			expect(read.tries).toBe(5);
			const create = await against(status, headers, '<html>', 'create');
			expect(create.error?.message).toContain(`The proxy ${name} answered`);
			// Who knows whether it had handed it on.
			expect(create.error?.description).toContain('This may have worked');
			expect(create.tries).toBe(1);
		}
	});

	it.each([400, 401, 404, 410, 422])(
		'is not blamed for a %i of the vendor’s own gateway, and the run goes on',
		async (status) => {
			const vendor = await serve(answer(status, '<html>', { via: '1.1 gateway-7' }));
			const result = await run(tiny, {
				parameters: { ...parameters.get, thingId: '={{ $json.name }}' },
				credential: { key: 'k', baseUrl: vendor.url },
				items: names(30),
				onError: 'continueRegularOutput',
			});
			expect(vendor.received).toHaveLength(30);
			expect(errorsOf(result).filter((one) => !one.startsWith('Tiny answered '))).toEqual([]);
		},
	);

	it.each([
		['squid', { server: 'squid' }],
		['a proxy with a name of its own', { via: '1.0 proxy.corp.example (Bluecoat-ProxySG)' }],
		['one that says who it is in Proxy-Agent', { 'proxy-agent': 'Corporate Gateway/2' }],
		['one with Squid’s mark alone', { 'x-squid-error': 'ERR_CONNECT_FAIL 110' }],
		['two, one behind the other', { via: '1.1 vegur, 1.1 wall (squid/6.1)' }],
	])('is known by its marks: %s', (_, headers) => {
		for (const status of [403, 407, 500, 502, 503, 504, 511])
			for (const body of ['<html>', ''])
				expect(proxyOf({ kind: 'answered', status, headers, body })).toBeDefined();
	});

	it('is not blamed for what the vendor says', async () => {
		const headers = { via: '1.1 vm (squid/5.7)' };
		const { error } = await against(403, headers, { message: 'Not yours' }, 'get');
		expect(error?.message).toBe('Tiny says: Not yours');
		for (const via of ['1.1 varnish', '1.1 google', '2.0 abc.cloudfront.net (CloudFront)']) {
			const outcome = { kind: 'answered', status: 502, headers: { via }, body: '<html>' } as const;
			expect(proxyOf(outcome)).toBeUndefined();
		}
		expect(proxyOf({ kind: 'answered', status: 200, headers: squid, body: '' })).toBeUndefined();
	});
});
