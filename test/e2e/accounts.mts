import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import convertalk from '../../dev/vendors/convertalk/simulator/index.mts';
import salesflow from '../../dev/vendors/salesflow/simulator/index.mts';
import saleswhale from '../../dev/vendors/saleswhale/simulator/index.mts';
import zenviaSales from '../../dev/vendors/zenviaSales/simulator/index.mts';
import { type Simulator, startSimulator, type Vendor } from '../../dev/kit/simulator.mts';
import type { VendorNode } from './vendors.world.mts';

/** A vendor at one address with several accounts, each of which has a key, and a simulator that takes that key only. */
export class Accounts {
	private constructor(
		readonly url: string,
		readonly sims: Map<string, Simulator<Vendor>>,
		readonly close: () => Promise<void>,
	) {}

	static async start(vendor: VendorNode, keys: string[]): Promise<Accounts> {
		const sims = new Map<string, Simulator<Vendor>>();
		for (const key of keys) sims.set(key, await simulatorOf[vendor](key));
		const server = createServer((incoming, outgoing) => {
			const sim = sims.get(keyOf(vendor, incoming));
			// Nobody has this key: any account says so.
			const { port } = sim ?? ([...sims.values()][0] as Simulator<Vendor>);
			const { method, url: path, headers } = incoming;
			const asked = request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
				outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
				answer.pipe(outgoing);
			});
			asked.once('error', () => outgoing.destroy());
			incoming.pipe(asked);
		});
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		const { port } = server.address() as AddressInfo;
		return new Accounts(`http://127.0.0.1:${port}`, sims, async () => {
			server.closeAllConnections();
			server.close();
			for (const sim of sims.values()) await sim.close();
		});
	}
}

const simulatorOf: Record<VendorNode, (key: string) => Promise<Simulator<Vendor>>> = {
	saleswhale: async (apiKey) => await startSimulator(saleswhale({ apiKey })),
	zenviaSales: async (apiKey) => await startSimulator(zenviaSales({ apiKey })),
	salesflow: async (token) => await startSimulator(salesflow({ token })),
	convertalk: async (token) => await startSimulator(convertalk({ token })),
};

/** The key of a request, where each vendor's document has it. */
function keyOf(vendor: VendorNode, { url = '/', headers }: IncomingMessage): string {
	const { searchParams } = new URL(url, 'http://127.0.0.1');
	if (vendor === 'convertalk') return String(headers['x-bot-token']);
	return String(searchParams.get(vendor === 'zenviaSales' ? 'api-key' : 'token'));
}
