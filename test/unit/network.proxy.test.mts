import { afterEach, describe, expect, it } from '@jest/globals';
import { networkFault } from '../../nodes/engine/http/networkFault.ts';
import { proxyOf } from '../../nodes/engine/http/proxyAnswer.ts';
import { everything, hurry, run } from './engine.mts';
import { parameters, names, errorsOf } from './network.setup.mts';
import { answer, closeServers, serve, serveTcp } from './server.mts';
import { tiny } from './tiny.mts';

afterEach(closeServers);

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
		const { port } = await serveTcp((socket) =>
			socket.once('data', () => socket.end(says, 'latin1')),
		);
		return port;
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

	it('is not blamed alone where https_proxy or ALL_PROXY names the proxy', async () => {
		const down = 'http://127.0.0.1:9';
		for (const name of ['https_proxy', 'ALL_PROXY']) {
			process.env[name] = down;
			try {
				// The name in small letters goes before the other, ALL_PROXY behind it.
				const { error } = await through(name === 'ALL_PROXY' ? '' : 'http://192.0.2.7:1', 'get');
				expect(error?.description).toMatch(/^n8n asked 127\.0\.0\.1:9, which is .* the proxy/);
				expect(error?.description).toContain(name);
			} finally {
				delete process.env[name];
			}
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

	// A refused key ends the run all the same, whoever says so.
	it.each([
		[400, 'goes on', 0],
		[401, 'ends', 20],
		[404, 'goes on', 0],
		[410, 'goes on', 0],
		[422, 'goes on', 0],
	] as const)(
		'is not blamed for a %i of the vendor’s own gateway, and the run %s',
		async (status, _, leastUntried) => {
			const vendor = await serve(answer(status, '<html>', { via: '1.1 gateway-7' }));
			const result = await run(tiny, {
				parameters: { ...parameters.get, thingId: '={{ $json.name }}' },
				credential: { key: 'k', baseUrl: vendor.url },
				items: names(30),
				onError: 'continueRegularOutput',
			});
			const errors = errorsOf(result);
			expect(errors.filter((one) => !one.startsWith('Tiny answered '))).toEqual([]);
			const untried = errors.filter((one) => one.includes('It was not tried for this item'));
			expect(vendor.received).toHaveLength(30 - untried.length);
			if (leastUntried === 0) expect(untried).toEqual([]);
			expect(untried.length).toBeGreaterThanOrEqual(leastUntried);
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
