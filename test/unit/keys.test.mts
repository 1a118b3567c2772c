import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { ConvertalkApi } from '../../credentials/ConvertalkApi.credentials.ts';
import { SalesflowApi } from '../../credentials/SalesflowApi.credentials.ts';
import { SaleswhaleApi } from '../../credentials/SaleswhaleApi.credentials.ts';
import { ZenviaSalesApi } from '../../credentials/ZenviaSalesApi.credentials.ts';
import { keyOf } from '../../credentials/key.ts';
import { everything, run } from './engine.mts';
import { answer, closeServers, serve } from './server.mts';
import { tiny } from './tiny.mts';
import { secretOf } from '../../nodes/engine/webhook/credential.ts';

const pasted = ' the-key\n';
const cases: Array<[ICredentialType, Record<string, string>]> = [
	[new ConvertalkApi(), { token: pasted, authentication: 'tokenHeaders' }],
	[new ConvertalkApi(), { token: pasted, authentication: 'bearer' }],
	[new SalesflowApi(), { token: pasted, accountId: ' 1\n' }],
	[new SaleswhaleApi(), { apiKey: pasted }],
	[new ZenviaSalesApi(), { apiKey: pasted }],
];

/** A request as its sender hands it over, with the key in it. */
async function authenticated(
	{ authenticate }: ICredentialType,
	data: ICredentialDataDecryptedObject,
	request: object,
): Promise<IHttpRequestOptions> {
	if (typeof authenticate !== 'function') throw new Error('authenticate is no function');
	return await authenticate(data, request as IHttpRequestOptions);
}

it.each(cases)(
	'a key is sent without the blanks that were pasted around it: %#',
	async (type, data) => {
		const { qs, headers } = await authenticated(type, data, { url: 'https://vendor.example/a' });
		const sent = everything({ qs, headers });
		expect(sent).toContain('the-key');
		expect(sent).not.toMatch(/ {2}the-key|the-key(\\n| )/);
	},
);

it('and a signature is checked without them', () => {
	expect(secretOf({ apiKey: pasted }, 'apiKey', 'API key')).toBe('the-key');
	expect(() => secretOf({ apiKey: ' \n' }, 'apiKey', 'API key')).toThrow('has no API key');
});

/** The same address from a node, from HTTP Request, and from a credential's test. */
const senders = (base: string): Array<[string, object]> => [
	['a node', { url: `${base}/a` }],
	['HTTP Request', { uri: `${base}/a`, qs: {} }],
	['a test', { baseURL: base, url: '/a' }],
];

describe.each(cases)('A key is put into no request %#', (type, data) => {
	it.each([
		...senders('http://vendor.example'),
		...senders('http://0.0.0.0'),
		...senders('HTTP://10.0.0.1:80'),
		...senders('ftp://vendor.example'),
		...senders('vendor.example'),
		...senders('https:/vendor.example'),
		...senders('https:\\\\vendor.example'),
		['a test', { baseURL: 'https://vendor.example/?to=', url: '/a' }],
		['a test', { baseURL: 'https://me:word@vendor.example', url: '/a' }],
		['nobody', {}],
	])('to an address that shows it: %s, %j', async (_, request) => {
		const given = JSON.stringify(request);
		await expect(authenticated(type, data, request)).rejects.toThrow(
			/begins with http:\/\/|does not begin with https|not a valid address|more than an address/,
		);
		expect(JSON.stringify(request)).toBe(given);
	});

	it.each(senders('https://vendor.example'))(
		'to a host that the credential does not allow: %s, %j',
		async (_, request) => {
			const restricted = { ...data, allowedHttpRequestDomains: 'domains', allowedDomains: 'a.io' };
			await expect(authenticated(type, restricted, request)).rejects.toThrow(
				'credential does not allow vendor.example',
			);
			const allowed = { ...restricted, allowedDomains: 'a.io, vendor.example' };
			expect(everything(await authenticated(type, allowed, request))).toContain('the-key');
		},
	);

	it('nor shows one that somebody typed into an address that is none', async () => {
		const request = { uri: 'vendor.example/a?token=the-typed-key' };
		const refused = authenticated(type, data, request);
		await expect(refused).rejects.toThrow('is "vendor.example/a", which is not a valid address');
		await expect(refused).rejects.not.toThrow('the-typed-key');
	});

	it('nor shows a password that somebody typed into one', async () => {
		const request = { uri: 'https://ada:the@typed-password@ven dor.example/a' };
		const refused = authenticated(type, data, request);
		await expect(refused).rejects.toThrow('is "https://[hidden]@ven dor.example/a", which is not');
	});

	it.each(['//other.example/a', '/\\other.example/a', '\\\\other.example'])(
		'that its path leads away to another host: %s',
		async (url) => {
			const restricted = {
				...{ ...data, allowedHttpRequestDomains: 'domains' },
				allowedDomains: 'vendor.example',
			};
			const request = { baseURL: 'https://vendor.example', url };
			await expect(authenticated(type, restricted, request)).rejects.toThrow(
				'credential does not allow other.example',
			);
		},
	);

	it.each([...senders('http://127.0.0.1:1234'), ...senders('http://localhost')])(
		'unless that is this machine: %s, %j',
		async (_, request) => {
			expect(everything(await authenticated(type, data, request))).toContain('the-key');
		},
	);
});

it.each(['url', 'uri'])('what a path asks for is known from %s', async (name) => {
	const accounts = async (path: string) =>
		(
			await authenticated(
				new SalesflowApi(),
				{ token: 't', accountId: '1' },
				{ [name]: `https://vendor.example${path}` },
			)
		).qs;
	expect(await accounts('/api/accounts/list')).toEqual({ token: 't' });
	expect(await accounts('/api/accounts/list?x=1')).toEqual({ token: 't' });
	expect(await accounts('/api/contacts/list')).toEqual({ token: 't', accountId: '1' });
	const headers = async (path: string) =>
		(
			await authenticated(
				new ConvertalkApi(),
				{ token: 't', authentication: 'tokenHeaders' },
				{ [name]: `https://vendor.example${path}` },
			)
		).headers;
	expect(await headers('/inbox/users')).toHaveProperty('Authorization', 'Bearer t');
	expect(await headers('/inbox/users?page=1')).toHaveProperty('Authorization', 'Bearer t');
	// What SEED does not have is documented with Bearer alone.
	expect(await headers('/inbox/segments')).toMatchObject({
		...{ Authorization: 'Bearer t', authtype: 'Key' },
		...{ 'x-bp-token': 't', 'x-bot-token': 't' },
	});
	expect(await headers('/inbox/direct/chats')).not.toHaveProperty('Authorization');
	expect(await headers('/behind/inbox/direct/lead')).not.toHaveProperty('Authorization');
});

it.each(cases)(
	'a credential’s test ends after 9 seconds, and other requests as they did: %#',
	async (type, data) => {
		const { request } = type.test ?? { request: {} };
		const made = jest.spyOn(AbortSignal, 'timeout');
		const url = 'https://vendor.example/a';
		const tested = await authenticated(type, data, { ...request, url, timeout: 300_000 });
		expect(tested.timeout).toBe(9000);
		expect(tested.abortSignal).toBe(made.mock.results.at(-1)?.value);
		expect(made).toHaveBeenLastCalledWith(9000);
		expect(JSON.stringify(tested)).not.toContain('credential-test');
		const others = await authenticated(type, data, { url, timeout: 300_000 });
		expect([others.timeout, others.abortSignal]).toEqual([300_000, undefined]);
		made.mockRestore();
	},
);

const meant = 'the+key/9b&c';

/** A key as it comes out of a page, a mail or a document. */
const around: Record<string, string> = {
	'a zero-width space at its end': `${meant}\u200b`,
	'a byte order mark at its beginning': `\ufeff${meant}`,
	'curly quotes around it': `\u201c${meant}\u201d`,
	'low quotes around it': ` \u201e${meant}\u201c\r\n`,
	'a blank that does not break': `\u00a0${meant}\u00a0`,
	'quotes of code around it': `"${meant}"`,
	'the quotes of a shell around it': ` '\u200b${meant}'\n`,
	'its scheme before it': `Bearer ${meant}`,
	'its header before it': `Authorization: bearer  ${meant}`,
	'the name of its header before it': `x-bp-token: "${meant}"`,
	'the name of its parameter before it': `api-key=${meant}`,
	'its name on a page before it': `API Key:\n${meant}`,
	'a direction mark before it': `\u200e${meant}\u202c`,
	'a word joiner and a soft hyphen around it': `\u2060${meant}\u00ad`,
	'a byte of 0 at its end': `${meant}\u0000`,
	'guillemets around it': `\u00ab ${meant} \u00bb`,
	'single curly quotes around it': `\u2018${meant}\u2019`,
	'a line of a separator at its end': `${meant}\u2028`,
};
const inside: Record<string, string> = {
	'a line break': 'the+key/9\n b&c',
	'a line break of Windows': 'the+key/9\r\n\tb&c',
	'a zero-width space': 'the+key\u200b/9b&c',
	'a soft hyphen': 'the+key\u00ad/9b&c',
	'a curly quote': 'the+key\u2019/9b&c',
	'a letter of another script': 'the+k\u0435y/9b&c',
	'a tab': 'the+key\t/9b&c',
	'a byte of 0': 'the+key\u0000/9b&c',
	'a direction mark': 'the+key\u200f/9b&c',
	'a blank that does not break': 'the+key\u00a0/9b&c',
	'a variation selector': 'the+key\ufe0f/9b&c',
	'a blank cell of Braille': 'the+key\u2800/9b&c',
	'an emoji': 'the+key\u{1f511}/9b&c',
	'half of one': 'the+key\ud83d/9b&c',
};

/** What a credential's type puts the key into. */
async function sentWith(type: ICredentialType, fields: Record<string, string>, key: string) {
	const names = Object.keys(fields).filter((name) => fields[name] === pasted);
	const data = { ...fields, ...Object.fromEntries(names.map((name) => [name, key])) };
	const { qs, headers } = await authenticated(type, data, { url: 'https://vendor.example/a' });
	return Object.values({ ...qs, ...headers }).map((one) => String(one).replace('Bearer ', ''));
}

const getting = async (key: string, baseUrl: string) =>
	await run(tiny, {
		parameters: { resource: 'thing', operation: 'get', thingId: '7' },
		credential: { key, baseUrl },
	});

afterEach(closeServers);

describe.each(Object.entries(around))('a key with %s', (_, copied) => {
	it('is cleaned when the credential is tested', async () => {
		for (const [type, fields] of cases)
			expect(await sentWith(type, fields, copied)).toContain(meant);
	});

	it('is cleaned when it is used, and shows in no form', async () => {
		const forms = [copied, meant].flatMap((key) => [
			key,
			encodeURIComponent(key),
			encodeURIComponent(key).replace(/%../g, (hex) => hex.toLowerCase()),
			Buffer.from(key).toString('base64'),
		]);
		const server = await serve(answer(400, { message: `Not ${forms.join(' nor ')} of yours` }));
		const { error, run: stored } = await getting(copied, server.url);
		expect(server.received[0]?.query.get('token')).toBe(meant);
		expect(error?.message).toContain('Not ');
		const kept = everything(stored.data.resultData);
		for (const form of new Set([...forms, meant])) expect(kept).not.toContain(form);
	});
});

describe.each(Object.entries(inside))('a key with %s inside', (_, copied) => {
	it('is refused when the credential is tested', async () => {
		for (const [type, fields] of cases) {
			await expect(sentWith(type, fields, copied)).rejects.toThrow(
				/^'(Token|API Token|API Key)' (is cut or has a line break in it|has a character in it that belongs to no key \(U\+[\dA-F]{4,5}\))\. Copy it again/,
			);
		}
	});

	it('is refused when it is used, before anything is sent, and does not show', async () => {
		const server = await serve(() => ({ thing: { id: 7 } }));
		const { error, run: stored } = await getting(copied, server.url);
		expect(error?.message).toMatch(/^'Key' of the Tiny credential (is cut|has an? )/);
		expect(server.received).toEqual([]);
		const kept = everything(stored.data.resultData);
		for (const part of [copied, meant, 'the+k']) expect(kept).not.toContain(part);
	});
});

it.each(['', ' \u200b', undefined, null])('no key at all, %j, is sent to nobody', async (none) => {
	for (const [type, fields] of cases) {
		const names = Object.keys(fields).filter((name) => fields[name] === pasted);
		const data = { ...fields, ...Object.fromEntries(names.map((name) => [name, none])) };
		const request = { baseURL: 'https://vendor.example', url: '/a' };
		await expect(authenticated(type, data as never, request)).rejects.toThrow(
			/^'(Token|API Token|API Key)' is empty\. Open the credential/,
		);
	}
});

it('what may be a part of a key stays', () => {
	for (const key of [
		'a b',
		'"a',
		"a'b'",
		'key-a',
		'tokena=',
		'bearera',
		'Bearer',
		'"',
		'a:b',
		'""',
	])
		expect(keyOf('Key', ` ${key} `)).toBe(key);
});
