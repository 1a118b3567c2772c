import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import type { Simulator } from '../../dev/kit/simulator.mts';
import type { VendorName } from '../../dev/kit/vendorKit.mts';
import { startTestN8n, type TestN8n } from '../../dev/n8n/harness.mts';
import type { SavedCredential } from '../../dev/n8n/workflow.mts';
import { byName, forEachVendor, type ForEachVendor, simulatorsOf } from '../../dev/simulators.mts';
import { type StartedVendors, startVendors } from '../../dev/simulators.mts';

/** What the tests look for where it must not be. */
export const secrets = forEachVendor((name) => `${name}-key-nobody-may-see`);

/** A real n8n, the simulators of all vendors, and a credential for each; by the node's name. */
export class Vendors {
	private constructor(
		readonly tested: TestN8n,
		readonly started: StartedVendors,
		readonly sims: ReturnType<typeof byName>,
		readonly credentials: ForEachVendor<SavedCredential>,
		/** Who may fill in the examples' forms. */
		readonly formUsers: SavedCredential,
	) {}

	static async start(): Promise<Vendors> {
		const started = await startVendors((name) => ({ key: secrets[name] }));
		const tested = await startTestN8n();
		const credentials = {} as ForEachVendor<SavedCredential>;
		for (const { vendor, type, data } of Object.values(started))
			credentials[vendor.name] = await tested.credential(type, data);
		const formUsers = await tested.credential('httpBasicAuth', { user: 'form', password: 'word' });
		return new Vendors(tested, started, byName(started), credentials, formUsers);
	}

	/** The data of a vendor's credential that leads to its simulator. */
	dataFor(name: VendorName): Record<string, unknown> {
		return this.started[name].data;
	}

	/** What each vendor was asked that its contract does not have. */
	violations(): unknown[] {
		return simulatorsOf(this.started).flatMap((sim) => sim.violations());
	}

	/** Puts into the accounts what the requests to agents are about; gives the ids that stand in `{}` there. */
	seed(): Record<string, string> {
		this.reset();
		const ids = Object.values(this.started).map(({ vendor: { kit }, simulator }) =>
			kit.agents.seed((simulator as unknown as Simulator).vendor),
		);
		const all = Object.entries(Object.assign({}, ...ids) as object);
		return Object.fromEntries(all.map(([name, id]) => [name, String(id)]));
	}

	reset(): void {
		for (const sim of simulatorsOf(this.started)) sim.reset();
	}

	async close(): Promise<void> {
		await this.tested.close();
		for (const sim of simulatorsOf(this.started)) await sim.close();
	}
}

/** A real n8n and all vendors, as each test of a file finds them. */
export let vendors: Vendors;

/** Is called where a file's tests are described: starts them before these, and ends them behind. */
export function withVendors(): void {
	beforeAll(async () => {
		vendors = await Vendors.start();
	});
	afterAll(async () => await vendors?.close());
	beforeEach(() => vendors.reset());
}

/** Nothing was asked that a vendor's contract does not have. */
export const expectOwnRequests = (): void => expect(vendors.violations()).toEqual([]);
