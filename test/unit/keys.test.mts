import { describe, expect, it } from '@jest/globals';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { ConvertalkApi } from '../../credentials/ConvertalkApi.credentials.ts';
import { SalesflowApi } from '../../credentials/SalesflowApi.credentials.ts';
import { SaleswhaleApi } from '../../credentials/SaleswhaleApi.credentials.ts';
import { ZenviaSalesApi } from '../../credentials/ZenviaSalesApi.credentials.ts';
import { everything } from './engine.mts';
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
	expect(await headers('/inbox/direct/chats')).not.toHaveProperty('Authorization');
});
