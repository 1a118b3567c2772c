import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { Authority } from '../../dev/kit/network/authority.mts';
import { type Relay, startRelay } from '../../dev/kit/network/relay.mts';
import { startTls, type TlsFront } from '../../dev/kit/network/tls.mts';
import { type Simulator, startSimulator } from '../../dev/kit/simulator.mts';
import { type ForwardProxy, startSquid, startTinyproxy } from '../../dev/n8n/forwardProxy.mts';
import { type NodeResult, startTestN8n, type TestN8n } from '../../dev/n8n/harness.mts';
import type { SavedCredential } from '../../dev/n8n/workflow.mts';
import salesflow, { type Salesflow } from '../../dev/vendors/salesflow/simulator/index.mts';

const token = 'salesflow-token-of-a-company';

/** An operation that reads, and one that writes. */
export const list = { resource: 'campaign', operation: 'getAll', returnAll: true };
export const create = {
	...{ resource: 'contact', operation: 'import', linkedInUrl: 'https://www.linkedin.com/in/lost' },
	campaignId: { __rl: true, mode: 'id', value: '29854' },
};

/** Looked up by the company's proxy, and by nobody else. */
export const onlyAtProxy = 'files.company.example';

type Proxies = Record<'squid' | 'guarded' | 'tinyproxy', ForwardProxy>;
type Run = Partial<Parameters<TestN8n['runNode']>[0]>;

/** A company's network: an authority of its own, proxies of Debian's, n8n's guard switched on, and Salesflow behind it. */
export class NetworkSetup {
	private readonly fronts: TlsFront[] = [];

	private constructor(
		readonly sim: Simulator<Salesflow>,
		/** That n8n knows, and one that it does not. */
		readonly authority: Authority,
		readonly other: Authority,
		readonly proxies: Proxies,
		/** Where HTTPS_PROXY leads: to one proxy after the other. */
		public way: Relay,
		/** Takes connections, and says nothing. */
		readonly silent: Server,
		readonly test: TestN8n,
	) {}

	static async start(): Promise<NetworkSetup> {
		const sim = await startSimulator(salesflow({ token }));
		const [authority, other] = [await Authority.make(), await Authority.make('Another authority')];
		const denied = ['127.0.0.9'];
		const proxies = {
			squid: await startSquid({ denied, names: [onlyAtProxy] }),
			guarded: await startSquid({ user: { name: 'ada', password: 'a password' } }),
			tinyproxy: await startTinyproxy({ denied }),
		};
		const way = await startRelay(proxies.squid.port);
		const silent = createServer(() => {}).listen(0, '127.0.0.1');
		await once(silent, 'listening');
		const test = await startTestN8n({
			NODE_EXTRA_CA_CERTS: authority.file,
			HTTPS_PROXY: `http://127.0.0.1:${way.port}`,
			// localhost and 127.0.0.9 are asked for by the proxy, the others directly.
			NO_PROXY: '127.0.0.1,127.0.0.2,0.0.0.0',
			N8N_SSRF_PROTECTION_ENABLED: 'true',
			N8N_SSRF_ALLOWED_IP_RANGES: '127.0.0.1/32,127.0.0.9/32,0.0.0.0/32,::1/128',
		});
		return new NetworkSetup(sim, authority, other, proxies, way, silent, test);
	}

	async close(): Promise<void> {
		await this.test.close();
		this.silent.close();
		await this.way.close();
		for (const proxy of Object.values(this.proxies)) await proxy.stop();
		for (const front of this.fronts) await front.close();
		await this.authority.close();
		await this.other.close();
		await this.sim.close();
	}

	/** Puts TLS before a simulator, Salesflow's if not said. */
	async front(options: TlsOptions, port = this.sim.port): Promise<TlsFront> {
		const started = await startTls(port, options);
		this.fronts.push(started);
		return started;
	}

	/** Of Salesflow, at this address. */
	async credential(url: string): Promise<SavedCredential> {
		return await this.test.credential('salesflowApi', {
			...{ token, accountId: '321', baseUrl: url, statisticsBaseUrl: url },
		});
	}

	/** Runs Salesflow's node at this address. */
	async run(url: string, parameters: Record<string, unknown>, more: Run = {}): Promise<NodeResult> {
		const credential = await this.credential(url);
		return await this.test.runNode({ node: 'salesflow', parameters, credential, ...more });
	}

	/** A server whose certificate has expired. */
	async expired(): Promise<TlsFront> {
		return await this.front(await this.authority.issue({ from: fromNow(-9), until: fromNow(-2) }));
	}
}

const dayMs = 86_400_000;
const fromNow = (days: number) => new Date(Date.now() + days * dayMs);

/** What came of it, and after how many milliseconds. */
export async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
	const start = Date.now();
	const result = await work();
	return { ms: Date.now() - start, result };
}

/** What is thrown, in its words. */
export const message = async (work: Promise<unknown>): Promise<string> =>
	await work.then(
		(made) => `nothing went wrong: ${JSON.stringify(made)}`,
		(thrown: Error) => thrown.message,
	);
