import type { AddressInfo } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startRelay } from '../../dev/kit/network/relay.mts';
import type { TlsFront } from '../../dev/kit/network/tls.mts';
import { does } from '../../dev/n8n/changes.mts';
import type { NodeResult } from '../../dev/n8n/harness.mts';
import { describeAttachment } from './network.attachment.mts';
import { describeOutside } from './network.outside.mts';
import { create, list, NetworkSetup, onlyAtProxy, timed } from './network.setup.mts';
import { describeWaiting } from './network.waiting.mts';

let setup: NetworkSetup;

beforeAll(async () => (setup = await NetworkSetup.start()));
afterAll(async () => await setup?.close());
beforeEach(() => setup.sim.reset());

const said = ({ error }: NodeResult): string => `${error?.message} | ${error?.description}`;

/** What no try can mend, and what is said of it. */
const causes: Record<string, { server: () => Promise<TlsFront>; says: RegExp }> = {
	'a certificate has expired': {
		server: async () => await setup.expired(),
		says: /^n8n does not trust the certificate of 127\.0\.0\.1: it has expired \| .*CERT_HAS_EXPIRED/,
	},
	'a certificate is of another name': {
		server: async () =>
			await setup.front(await setup.authority.issue({ names: 'DNS:other.example' })),
		says: /of 127\.0\.0\.1: it is made out to another name \| /,
	},
	'a certificate is signed by itself': {
		server: async () => await setup.front(await setup.authority.issueSelfSigned()),
		says: /: it is signed by nobody but itself \| .*NODE_EXTRA_CA_CERTS/,
	},
	'a certificate is of an authority that nobody knows': {
		server: async () => await setup.front(await setup.other.issue()),
		says: /: n8n does not know the authority that signed it \| .*private authority.*NODE_EXTRA_CA_CERTS/,
	},
	'the server wants a client certificate, TLS 1.3': {
		server: async () => await setup.front(await wanting('TLSv1.3')),
		says: /^127\.0\.0\.1 wants a client certificate, which n8n does not show \| /,
	},
	'the server wants a client certificate, TLS 1.2': {
		server: async () => await setup.front(await wanting('TLSv1.2')),
		says: /^127\.0\.0\.1 refuses the TLS connection \| It may want a client certificate/,
	},
	'the server speaks TLS 1.1': {
		server: async () =>
			await setup.front({
				...(await setup.authority.issue()),
				...{ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
			}),
		says: /^127\.0\.0\.1 and n8n have no version of TLS in common \| /,
	},
};

const wanting = async (maxVersion: 'TLSv1.2' | 'TLSv1.3'): Promise<TlsOptions> => ({
	...(await setup.authority.issue()),
	...{ requestCert: true, ca: await setup.authority.certificate(), maxVersion },
});

/** What every cause that no try can mend looks like: one connection, nothing of the request, one sentence. */
async function expectOneTry(url: string, says: RegExp, server?: TlsFront): Promise<void> {
	for (const parameters of [list, create]) {
		const { ms, result } = await timed(async () => await setup.run(url, parameters));
		expect(said(result)).toMatch(says);
		expect(said(result)).not.toContain('may have worked');
		expect(ms).toBeLessThan(10_000);
		if (server) expect(server.seen).toEqual({ connections: 1, secured: 0, bytes: 0 });
		server?.reset();
	}
	expect(setup.sim.requests).toEqual([]);
}

describe('TLS', () => {
	it('works with an authority of one’s own: actions, dropdowns and the test of the credential', async () => {
		const { url } = await setup.front(await setup.authority.issue());
		expect((await setup.run(url, list)).items.length).toBeGreaterThan(0);
		const credential = await setup.credential(url);
		expect(await setup.test.n8n.testCredential(credential)).toMatchObject({ status: 'OK' });
		const node = setup.test.node({ node: 'salesflow', parameters: create, credential });
		expect((await setup.test.n8n.listSearch(node, 'searchCampaigns')).results).not.toEqual([]);
	});

	it.each(Object.keys(causes))('tries once where %s', async (name) => {
		const { server: start, says } = causes[name]!;
		const server = await start();
		await expectOneTry(server.url, says, server);
	});

	it('tries once where https meets a port of http', async () => {
		const url = setup.sim.url.replace('http:', 'https:');
		await expectOneTry(
			url,
			/^127\.0\.0\.1 does not speak https at this port \| Check the port of the address in the credential/,
		);
	});

	it('ends a list of items after a few of them, each with the sentence', async () => {
		const server = await setup.expired();
		const items = Array.from({ length: 40 }, () => ({}));
		const { ms, result } = await timed(
			async () => await setup.run(server.url, list, { items, onError: 'continueRegularOutput' }),
		);
		expect(result.items).toHaveLength(40);
		for (const [item, { json, pairedItem }] of result.items.entries()) {
			expect(json.error).toMatch(
				/^n8n does not trust the certificate of 127\.0\.0\.1: it has expired\./,
			);
			expect(pairedItem).toEqual({ item });
		}
		expect(server.seen.connections).toBeLessThan(15);
		expect(ms).toBeLessThan(10_000);
	});
});

it('ends 500 items within 30 seconds where nobody listens', async () => {
	const url = 'https://127.0.0.1:1';
	const items = Array.from({ length: 500 }, () => ({}));
	const { ms, result } = await timed(
		async () => await setup.run(url, create, { items, onError: 'continueRegularOutput' }),
	);
	expect(result.items).toHaveLength(500);
	for (const [item, { json, pairedItem }] of result.items.entries()) {
		expect(json.error).toMatch(/^Salesflow could not be reached after 5 tries\. /);
		expect(json.error).not.toContain('may have worked');
		expect(pairedItem).toEqual({ item });
	}
	expect(ms).toBeLessThan(30_000);
});

it('ends 500 items within 30 seconds where nothing comes back, and the first sentence is there within 10', async () => {
	const url = `http://127.0.0.1:${(setup.silent.address() as AddressInfo).port}`;
	const says = 'Salesflow gave no answer within 8 seconds, and nothing else comes from 127.0.0.1';
	const stopped = [create, list].map(
		async (parameters) => await timed(async () => await setup.run(url, parameters)),
	);
	for (const { ms, result } of await Promise.all(stopped)) {
		expect(result.error?.message).toBe(says);
		expect(result.error?.description).toMatch(/firewall.*HTTPS_PROXY.*\(ETIMEDOUT\)$/);
		expect(ms).toBeLessThan(10_000);
	}
	const items = Array.from({ length: 500 }, () => ({}));
	const { ms, result } = await timed(
		async () => await setup.run(url, create, { items, onError: 'continueRegularOutput' }),
	);
	expect(result.items).toHaveLength(500);
	for (const [item, { json, pairedItem }] of result.items.entries()) {
		expect(json.error).toMatch(
			new RegExp(`^${says}\\. .*(may have worked|not tried for this item)`),
		);
		expect(pairedItem).toEqual({ item });
	}
	expect(ms).toBeLessThan(30_000);
});

(does('guardsTheNetwork') ? it : it.skip)(
	'hands on what n8n’s own guard says of what it stopped',
	async () => {
		const guarded = await setup.front(await setup.authority.issue({ names: 'IP:127.0.0.2' }));
		await expectOneTry(
			guarded.url.replace('127.0.0.1', '127.0.0.2'),
			/^The request was blocked because it resolves to a restricted IP address \| The target 127\.0\.0\.2 is not allowed/,
		);
		expect(guarded.seen.connections).toBe(0);
	},
);

// Of the lines in between it is not known.
(does('looksUpHosts') ? it : it.skip)(
	'says that n8n’s own guard looks up names that only the proxy knows',
	async () => {
		setup.way.to = setup.proxies.squid.port;
		const { port } = new URL((await setup.front(await setup.authority.issue())).url);
		const result = await setup.run(`https://${onlyAtProxy}:${port}`, list);
		expect(said(result)).toMatch(
			/^DNS does not know files\.company\.example \| .*N8N_SSRF_PROTECTION_ENABLED/,
		);
		expect(setup.sim.requests).toEqual([]);
	},
);

describe('A proxy', () => {
	const through = async (
		proxy: keyof NetworkSetup['proxies'],
		url: string,
		parameters = list as object,
	) => {
		setup.way.to = setup.proxies[proxy].port;
		return await setup.run(url, { ...parameters });
	};
	/** Debian's proxies ask for it, since NO_PROXY does not name it. */
	const proxied = async () =>
		(await setup.front(await setup.authority.issue())).url.replace('127.0.0.1', 'localhost');

	it('hands on what is allowed', async () => {
		const url = await proxied();
		for (const proxy of ['squid', 'tinyproxy'] as const)
			expect((await through(proxy, url)).items.length).toBeGreaterThan(0);
		expect(setup.sim.requests).toHaveLength(2);
	});

	it('is named where it wants a password, and nothing was sent', async () => {
		const url = await proxied();
		for (const parameters of [list, create]) {
			const result = await through('guarded', url, parameters);
			expect(said(result)).toMatch(
				/^The proxy squid\/\S+ wants a user and a password before it connects n8n to localhost \(407\) \| .*HTTPS_PROXY/,
			);
			expect(said(result)).not.toContain('may have worked');
		}
		expect(setup.sim.requests).toEqual([]);
	});

	it.each(['squid', 'tinyproxy'] as const)(
		'is named where it lets nobody through: %s',
		async (proxy) => {
			const denied = await through(proxy, 'https://127.0.0.9:8443');
			expect(said(denied)).toMatch(
				new RegExp(
					`^The proxy ${proxy}/\\S+ does not let n8n connect to 127\\.0\\.0\\.9 \\(403\\) \\| `,
				),
			);
			const url = 'https://localhost:1';
			const { ms, result: read } = await timed(async () => await through(proxy, url));
			expect(said(read)).toMatch(
				new RegExp(
					`^The proxy ${proxy}/\\S+ answered with status 50\\d in place of Salesflow \\| .*HTTPS_PROXY`,
				),
			);
			expect(ms).toBeLessThan(10_000);
			const write = await through(proxy, url, create);
			expect(said(write)).toMatch(
				new RegExp(`^The proxy ${proxy}/\\S+ answered .* \\| This may have worked`),
			);
		},
	);

	it('is told from the vendor where it is down', async () => {
		const proxy = setup.way.port;
		await setup.way.close();
		try {
			const { ms, result } = await timed(
				async () => await setup.run('https://localhost:8443', create),
			);
			expect(said(result)).toMatch(/^Salesflow could not be reached after 5 tries \| /);
			expect(said(result)).toContain(
				`127.0.0.1:${proxy}, which is not the address in the credential`,
			);
			expect(said(result)).toContain('HTTPS_PROXY');
			expect(ms).toBeLessThan(10_000);
		} finally {
			setup.way = await startRelay(setup.proxies.squid.port, { port: proxy });
		}
	});
});

describe('Whoever waits before n8n', () => describeWaiting(() => setup));

describe('A file that comes with a message', () => describeAttachment(() => setup));

// Last, since it has n8n start with other addresses.
describe('A vendor outside', () => describeOutside(() => setup));
