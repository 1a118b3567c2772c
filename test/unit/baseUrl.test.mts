import { afterEach, describe, expect, it } from '@jest/globals';
import { everything, run } from './engine.mts';
import { answer, closeServers, serve } from './server.mts';
import { tiny } from './tiny.mts';

afterEach(closeServers);

const key = 'k3y-that-stays-at-home';
const get = { resource: 'thing', operation: 'get', thingId: '7' };
const create = { resource: 'thing', operation: 'create', name: 'a' };
const thing = () => ({ thing: { id: 7, name: 'a' } });

describe('A custom base URL', () => {
	it.each([
		['http://example.com', 'would show the key'],
		['http://10.0.0.1', 'would show the key'],
		['http://localhost.example.com', 'would show the key'],
		['http://127.0.0.1.example.com', 'would show the key'],
		['http://[::ffff:10.0.0.1]', 'would show the key'],
		['http://169.254.169.254', 'would show the key'],
		['ftp://example.com', 'does not begin with https://'],
		['file:///etc/passwd', 'does not begin with https://'],
		['javascript:alert(1)', 'does not begin with https://'],
		['//example.com', 'is not a valid address'],
		['example.com', 'is not a valid address'],
		['https://key:word@example.com', 'holds more than an address'],
		['https://example.com/?to=', 'holds more than an address'],
		['https://example.com/#', 'holds more than an address'],
		// Every reader of URLs puts these right, and the HTTP client does not.
		['https:/example.com', 'is "https:/example.com", which is not a valid address'],
		['https:example.com', 'is "https:example.com", which is not a valid address'],
		['https:\\\\example.com', 'is "https:\\\\example.com", which is not a valid address'],
		['https://exa mple.com/a', 'is "https://exa mple.com/a", which is not a valid address'],
		['1:word@example.com', 'is "[hidden]@example.com", which is not a valid address'],
		['https://key:word@exa mple.com', 'is "https://[hidden]@exa mple.com", which is not a valid'],
		['', 'is not a valid address'],
	])('%s gets no key', async (baseUrl, why) => {
		const { error, run: stored } = await run(tiny, {
			parameters: get,
			credential: { key, baseUrl },
		});
		expect(error?.message).toContain('The base URL of the Tiny credential');
		if (why !== 'is not a valid address') expect(error?.message).toContain(why);
		expect(everything(stored)).not.toContain(key);
	});

	it.each([
		['domains', 'example.com'],
		['domains', '*.0.0.1.example.com, 127.0.0.2'],
		['domains', '*.127.0.0.1'],
		['domains', ''],
	])(
		'is held to what the credential allows: %s %s',
		async (allowedHttpRequestDomains, allowedDomains) => {
			const server = await serve(thing);
			const credential = { key, baseUrl: server.url, allowedHttpRequestDomains, allowedDomains };
			const { error } = await run(tiny, { parameters: get, credential });
			expect(error?.message).toBe('The Tiny credential does not allow 127.0.0.1');
			expect(error?.description).toContain('Allowed Domains');
			expect(server.received).toEqual([]);
		},
	);

	it.each([
		['domains', 'example.com, 127.0.0.1'],
		['domains', '*.0.0.1'],
		['all', ''],
		// n8n: None keeps a credential out of the HTTP Request node, and not out of its own.
		['none', ''],
	])(
		'is taken where the credential allows it: %s %s',
		async (allowedHttpRequestDomains, allowedDomains) => {
			const server = await serve(thing);
			const credential = { key, baseUrl: server.url, allowedHttpRequestDomains, allowedDomains };
			const { error } = await run(tiny, { parameters: get, credential });
			expect(error).toBeUndefined();
			expect(server.received).toHaveLength(1);
		},
	);
});

describe.each([301, 302, 303, 307, 308])('A redirect with %s', (status) => {
	it.each([
		['get', get],
		['create', create],
	])('takes no %s and no key elsewhere', async (_, parameters) => {
		const thief = await serve(thing);
		for (const location of [
			thief.url,
			`${thief.url}/things/7`,
			thief.url.replace('127.0.0.1', 'localhost'),
		]) {
			const server = await serve(answer(status, '', { location }));
			const { error, run: stored } = await run(tiny, {
				parameters,
				credential: { key, baseUrl: server.url },
			});
			expect(error?.message).toContain(`with status ${status}`);
			expect(error?.description).toContain('leads to another one');
			expect(server.received).toHaveLength(1);
			expect(everything(stored)).not.toContain(key);
		}
		expect(thief.received).toEqual([]);
	});
});
