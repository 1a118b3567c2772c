import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import type { Simulator, Vendor } from '../../dev/kit/simulator.mts';
import type { VendorName } from '../../dev/kit/vendorKit.mts';
import { startVendor } from '../../dev/simulators.mts';
import { vendorOf } from '../../dev/vendors.mts';

/** A vendor at one address with several accounts, each of which has a key, and a simulator that takes that key only. */
export class Accounts {
	private constructor(
		readonly url: string,
		readonly sims: Map<string, Simulator<Vendor>>,
		readonly close: () => Promise<void>,
	) {}

	static async start(vendor: VendorName, keys: string[]): Promise<Accounts> {
		const sims = new Map<string, Simulator<Vendor>>();
		for (const key of keys) {
			const { simulator } = await startVendor(vendor, { key });
			sims.set(key, simulator as unknown as Simulator);
		}
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

/** The key of a request, where the vendor's document has it. */
const keyOf = (vendor: VendorName, { url = '/', headers }: IncomingMessage): string =>
	String(vendorOf(vendor).kit.keyOf(new URL(url, 'http://127.0.0.1').searchParams, headers));
