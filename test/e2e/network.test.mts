import { type AddressInfo, createServer, type Server } from 'node:net';
import { once } from 'node:events';
import type { TlsOptions } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Authority } from '../../dev/kit/network/authority.mts';
import { type Relay, startRelay } from '../../dev/kit/network/relay.mts';
import { startTls, type TlsFront } from '../../dev/kit/network/tls.mts';
import { type Simulator, startSimulator } from '../../dev/kit/simulator.mts';
import { type ForwardProxy, startSquid, startTinyproxy } from '../../dev/n8n/forwardProxy.mts';
import {
	isFirstLine,
	type NodeResult,
	startTestN8n,
	type TestN8n,
} from '../../dev/n8n/harness.mts';
import { chain, type SavedCredential } from '../../dev/n8n/workflow.mts';
import { startVendor } from '../../dev/simulators.mts';
import salesflow, { type Salesflow } from '../../dev/vendors/salesflow/simulator/index.mts';

const token = 'salesflow-token-of-a-company';
const dayMs = 86_400_000;
const fromNow = (days: number) => new Date(Date.now() + days * dayMs);

let sim: Simulator<Salesflow>;
let authority: Authority;
let other: Authority;
let proxies: { squid: ForwardProxy; guarded: ForwardProxy; tinyproxy: ForwardProxy };
/** Where HTTPS_PROXY leads: to one proxy after the other. */
let way: Relay;
let silent: Server;
let test: TestN8n;
const fronts: TlsFront[] = [];

beforeAll(async () => {
	sim = await startSimulator(salesflow({ token }));
	[authority, other] = [await Authority.make(), await Authority.make('Another authority')];
	const denied = ['127.0.0.9'];
	proxies = {
		squid: await startSquid({ denied }),
		guarded: await startSquid({ user: { name: 'ada', password: 'a password' } }),
		tinyproxy: await startTinyproxy({ denied }),
	};
	way = await startRelay(proxies.squid.port);
	silent = createServer(() => {}).listen(0, '127.0.0.1');
	await once(silent, 'listening');
	test = await startTestN8n({
		NODE_EXTRA_CA_CERTS: authority.file,
		HTTPS_PROXY: `http://127.0.0.1:${way.port}`,
		// localhost and 127.0.0.9 are asked for by the proxy, the others directly.
		NO_PROXY: '127.0.0.1,127.0.0.2,0.0.0.0',
		N8N_SSRF_PROTECTION_ENABLED: 'true',
		N8N_SSRF_ALLOWED_IP_RANGES: '127.0.0.1/32,127.0.0.9/32,0.0.0.0/32,::1/128',
	});
});

afterAll(async () => {
	await test?.close();
	silent?.close();
	await way?.close();
	for (const server of [...Object.values(proxies ?? {})]) await server.stop();
	for (const front of fronts) await front.close();
	await authority?.close();
	await other?.close();
	await sim?.close();
});

beforeEach(() => sim.reset());

async function front(options: TlsOptions): Promise<TlsFront> {
	const started = await startTls(sim.port, options);
	fronts.push(started);
	return started;
}

const credentialFor = async (url: string) =>
	await test.credential('salesflowApi', {
		...{ token, accountId: '321', baseUrl: url, statisticsBaseUrl: url },
	});

const list = { resource: 'campaign', operation: 'getAll', returnAll: true };
const create = {
	...{ resource: 'contact', operation: 'import', linkedInUrl: 'https://www.linkedin.com/in/lost' },
	campaignId: { __rl: true, mode: 'id', value: '29854' },
};

type Run = Partial<Parameters<TestN8n['runNode']>[0]>;

async function run(
	url: string,
	parameters: Record<string, unknown>,
	more: Run = {},
): Promise<NodeResult> {
	return await test.runNode({
		...{ node: 'salesflow', parameters, credential: await credentialFor(url) },
		...more,
	});
}

const said = ({ error }: NodeResult): string => `${error?.message} | ${error?.description}`;

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
	const start = Date.now();
	const result = await work();
	return { ms: Date.now() - start, result };
}

const message = async (work: Promise<unknown>): Promise<string> =>
	await work.then(
		(made) => `nothing went wrong: ${JSON.stringify(made)}`,
		(thrown: Error) => thrown.message,
	);

const causes: Record<string, { options: () => Promise<TlsOptions>; says: RegExp }> = {
	'a certificate has expired': {
		options: async () => await authority.issue({ from: fromNow(-9), until: fromNow(-2) }),
		says: /^n8n does not trust the certificate of 127\.0\.0\.1: it has expired \| .*CERT_HAS_EXPIRED/,
	},
	'a certificate is of another name': {
		options: async () => await authority.issue({ names: 'DNS:other.example' }),
		says: /of 127\.0\.0\.1: it is made out to another name \| /,
	},
	'a certificate is signed by itself': {
		options: async () => await authority.issueSelfSigned(),
		says: /: it is signed by nobody but itself \| .*NODE_EXTRA_CA_CERTS/,
	},
	'a certificate is of an authority that nobody knows': {
		options: async () => await other.issue(),
		says: /: n8n does not know the authority that signed it \| .*private authority.*NODE_EXTRA_CA_CERTS/,
	},
};

const handshakes: Record<string, { options: () => Promise<TlsOptions>; says: RegExp }> = {
	'the server wants a client certificate, TLS 1.3': {
		options: async () => await wanting('TLSv1.3'),
		says: /^127\.0\.0\.1 wants a client certificate, which n8n does not show \| /,
	},
	'the server wants a client certificate, TLS 1.2': {
		options: async () => await wanting('TLSv1.2'),
		says: /^127\.0\.0\.1 refuses the TLS connection \| It may want a client certificate/,
	},
	'the server speaks TLS 1.1': {
		options: async () => ({
			...(await authority.issue()),
			...{ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
		}),
		says: /^127\.0\.0\.1 and n8n have no version of TLS in common \| /,
	},
};

const wanting = async (maxVersion: 'TLSv1.2' | 'TLSv1.3'): Promise<TlsOptions> => ({
	...(await authority.issue()),
	...{ requestCert: true, ca: await authority.certificate(), maxVersion },
});

/** What every cause that no try can mend looks like: one connection, nothing of the request, one sentence. */
async function expectOneTry(url: string, says: RegExp, server?: TlsFront): Promise<void> {
	for (const parameters of [list, create]) {
		const { ms, result } = await timed(async () => await run(url, parameters));
		expect(said(result)).toMatch(says);
		expect(said(result)).not.toContain('may have worked');
		expect(ms).toBeLessThan(10_000);
		if (server) expect(server.seen).toEqual({ connections: 1, secured: 0, bytes: 0 });
		server?.reset();
	}
	expect(sim.requests).toEqual([]);
}

describe('TLS', () => {
	it('works with an authority of one’s own: actions, dropdowns and the test of the credential', async () => {
		const { url } = await front(await authority.issue());
		expect((await run(url, list)).items.length).toBeGreaterThan(0);
		const credential = await credentialFor(url);
		expect(await test.n8n.testCredential(credential)).toMatchObject({ status: 'OK' });
		const node = test.node({ node: 'salesflow', parameters: create, credential });
		expect((await test.n8n.listSearch(node, 'searchCampaigns')).results).not.toEqual([]);
	});

	it.each([...Object.keys(causes), ...Object.keys(handshakes)])(
		'tries once where %s',
		async (name) => {
			const { options, says } = { ...causes, ...handshakes }[name]!;
			const server = await front(await options());
			await expectOneTry(server.url, says, server);
		},
	);

	it('tries once where https meets a port of http', async () => {
		const url = sim.url.replace('http:', 'https:');
		await expectOneTry(
			url,
			/^127\.0\.0\.1 does not speak https at this port \| Check the base URL/,
		);
	});

	it('ends a list of items after a few of them, each with the sentence', async () => {
		const server = await front(await causes['a certificate has expired']!.options());
		const items = Array.from({ length: 40 }, () => ({}));
		const { ms, result } = await timed(
			async () => await run(server.url, list, { items, onError: 'continueRegularOutput' }),
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
		async () => await run(url, create, { items, onError: 'continueRegularOutput' }),
	);
	expect(result.items).toHaveLength(500);
	for (const [item, { json, pairedItem }] of result.items.entries()) {
		expect(json.error).toMatch(/^Salesflow could not be reached after 5 tries\. /);
		expect(json.error).not.toContain('may have worked');
		expect(pairedItem).toEqual({ item });
	}
	expect(ms).toBeLessThan(30_000);
});

(isFirstLine ? it.skip : it)('hands on what n8n’s own guard says of what it stopped', async () => {
	const { port } = await front(await authority.issue({ names: 'IP:127.0.0.2' }));
	await expectOneTry(
		`https://127.0.0.2:${port}`,
		/^The request was blocked because it resolves to a restricted IP address \| The target 127\.0\.0\.2 is not allowed/,
	);
	expect(fronts.at(-1)?.seen.connections).toBe(0);
});

describe('A proxy', () => {
	const through = async (proxy: keyof typeof proxies, url: string, parameters = list as object) => {
		way.to = proxies[proxy].port;
		return await run(url, { ...parameters });
	};
	/** Debian's proxies ask for it, since NO_PROXY does not name it. */
	const proxied = async () =>
		(await front(await authority.issue())).url.replace('127.0.0.1', 'localhost');

	it('hands on what is allowed', async () => {
		const url = await proxied();
		for (const proxy of ['squid', 'tinyproxy'] as const)
			expect((await through(proxy, url)).items.length).toBeGreaterThan(0);
		expect(sim.requests).toHaveLength(2);
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
		expect(sim.requests).toEqual([]);
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
		const proxy = way.port;
		await way.close();
		try {
			const { ms, result } = await timed(async () => await run('https://localhost:8443', create));
			expect(said(result)).toMatch(/^Salesflow could not be reached after 5 tries \| /);
			expect(said(result)).toContain(
				`127.0.0.1:${proxy}, which is not the address in the credential`,
			);
			expect(said(result)).toContain('HTTPS_PROXY');
			expect(ms).toBeLessThan(10_000);
		} finally {
			way = await startRelay(proxies.squid.port);
		}
	});
});

describe('Whoever waits before n8n', () => {
	const salesflowTrigger = async (url: string) =>
		test.node({
			node: 'salesflowTrigger',
			parameters: { events: ['replyDetected'], campaigns: 'all' },
			credential: await credentialFor(url),
		});
	const convertalkTrigger = async (url: string) =>
		test.node({
			node: 'convertalkTrigger',
			parameters: {
				events: ['leadCreated'],
				pollTimes: { item: [{ mode: 'everyHour', minute: 0 }] },
			},
			credential: await test.credential('convertalkApi', {
				...{ token, botId: 'b', customerId: 'c', authentication: 'bearer', baseUrl: url },
			}),
		});
	const activated = async (node: Awaited<ReturnType<typeof salesflowTrigger>>) => {
		const workflow = await test.n8n.createWorkflow(chain('Waiting', [node]));
		return await timed(async () => await message(test.n8n.activate(workflow.id)));
	};
	const unreachable: Record<string, { url: () => Promise<string>; says: RegExp }> = {
		'an expired certificate': {
			url: async () => (await front(await causes['a certificate has expired']!.options())).url,
			says: /n8n does not trust the certificate of 127\.0\.0\.1: it has expired\. Check the clock/,
		},
		'nobody there': {
			url: async () => 'https://127.0.0.1:1',
			says: /could not be reached after 2 tries\. Check the address/,
		},
	};

	it.each(Object.keys(unreachable))(
		'learns of %s within 10 seconds, with reason and advice',
		async (name) => {
			const { url: make, says } = unreachable[name]!;
			const url = await make();
			const node = test.node({
				node: 'salesflow',
				parameters: create,
				credential: await credentialFor(url),
			});
			const dropdown = await timed(
				async () => await message(test.n8n.listSearch(node, 'searchCampaigns')),
			);
			expect(dropdown.result).toMatch(says);
			const tested = await timed(
				async () => await test.n8n.testCredential(await credentialFor(url)),
			);
			expect(tested.result).toMatchObject({ status: 'Error' });
			const hook = await activated(await salesflowTrigger(url));
			expect(hook.result).toMatch(says);
			for (const { ms } of [dropdown, tested, hook]) expect(ms).toBeLessThan(10_000);
			const poll = await activated(await convertalkTrigger(url));
			expect(poll.result).toMatch(says);
			// n8n 2.41 itself polls five times, 15 seconds apart in all, before it tells anybody.
			expect(poll.ms).toBeLessThan(isFirstLine ? 10_000 : 60_000);
		},
	);

	it('learns within 10 seconds that a server says nothing at all', async () => {
		const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
		const says = /Salesflow gave no answer within 9 seconds\. Check the address .*HTTPS_PROXY/;
		const credential = await credentialFor(url);
		const node = test.node({ node: 'salesflow', parameters: create, credential });
		const [dropdown, tested] = await Promise.all([
			timed(async () => await message(test.n8n.listSearch(node, 'searchCampaigns'))),
			timed(async () => await test.n8n.testCredential(credential)),
		]);
		expect(dropdown.result).toMatch(says);
		expect(tested.result).toMatchObject({ status: 'Error' });
		const hook = await activated(await salesflowTrigger(url));
		expect(hook.result).toMatch(says);
		for (const { ms } of [dropdown, tested, hook]) expect(ms).toBeLessThan(12_000);
	});
});

describe('A vendor outside', () => {
	/** By its text no address of this machine, so that nothing counts as a trial; it leads here all the same (ip(7)). */
	const outside = async (port: number) => {
		const tls = await startTls(port, await authority.issue({ names: 'IP:0.0.0.0' }));
		fronts.push(tls);
		return tls.url.replace('127.0.0.1', '0.0.0.0');
	};
	const at = async (address: string) => {
		await test.n8n.restart({ WEBHOOK_URL: address });
		await test.n8n.setUpOwner();
	};
	const saved = async (node: string, parameters: object, credential: SavedCredential) => {
		const trigger = test.node({ node, parameters: { ...parameters }, credential }, 'Trigger');
		return (await test.n8n.createWorkflow(chain(node, [trigger]))).id;
	};

	it('is given no address of n8n that it cannot reach or that shows its secret, and another is ended for none', async () => {
		const { simulator: zenvia, type, data } = await startVendor('zenviaSales');
		const { vendor } = zenvia;
		try {
			const events = { events: ['replyDetected'], campaigns: 'all' };
			const flow = await credentialFor(await outside(sim.port));
			const baseUrl = String(data.baseUrl).replace(zenvia.url, await outside(zenvia.port));
			const sales = await test.credential(type, { ...data, baseUrl });
			const takeOver = { topics: ['interactions'], onConflict: 'replace' };
			const triggers = [
				['Salesflow', await saved('salesflowTrigger', events, flow)],
				['Zenvia', await saved('zenviaSalesTrigger', takeOver, sales)],
			] as const;
			const [key] = vendor.keys.all;
			vendor.subscriptions.create(key!, ['quotes'], 'https://hooks.example/');
			const journals = () => [...sim.journal.entries(), ...zenvia.journal.entries()];
			const before = journals();
			const refusals = [
				[test.n8n.url, 'cannot reach n8n at ADDRESS.'],
				['http://n8n.example.com', 'would call n8n at ADDRESS, and others could read the secret'],
			] as const;
			for (const [address, why] of refusals) {
				if (address !== test.n8n.url) await at(address);
				for (const [name, id] of triggers) {
					const refusal = await message(test.n8n.activate(id));
					expect(refusal).toContain(`${name} ${why.replace('ADDRESS', address)}`);
					expect(refusal).toContain(
						'Set WEBHOOK_URL to the https address of n8n, or read what is new by schedule (Get Many, Only New Since Last Run).',
					);
					await test.n8n.deactivate(id);
				}
				expect(journals()).toEqual(before);
			}
			await at('https://n8n.example.com');
			for (const [, id] of triggers) await test.n8n.activate(id);
			const registered = [
				...[...sim.vendor.webhooks.byId.values()].map(({ Url }) => Url),
				...vendor.subscriptions.active.map(({ callbackUrl }) => callbackUrl),
			];
			expect(registered.map((url) => new URL(url).origin)).toEqual([
				'https://n8n.example.com',
				'https://n8n.example.com',
			]);
			for (const [, id] of triggers) await test.n8n.deactivate(id);
		} finally {
			await zenvia.close();
		}
	});
});
