import { randomBytes } from 'node:crypto';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { type Simulator, type StartOptions, startSimulator } from './kit/simulator.mts';
import type { VendorName, VendorStates } from './kit/vendorKit.mts';
import { credentialData, type Vendor, vendorNames, vendorOf, vendors } from './vendors.mts';

/** How a vendor's simulator is started. */
export interface VendorOptions extends StartOptions {
	/** That it takes; one at random if not said. */
	key?: string;
	/** Settings that only this simulator has. */
	settings?: object;
}

/** A vendor's simulator, and what n8n's credential for it holds. */
export interface StartedVendor<N extends VendorName = VendorName> {
	vendor: Vendor;
	simulator: Simulator<VendorStates[N]>;
	key: string;
	/** The credential's type. */
	type: string;
	data: ICredentialDataDecryptedObject;
}

/** One thing for each vendor, by its name. */
export type ForEachVendor<T> = Record<VendorName, T>;

/** One thing for each vendor. */
export const forEachVendor = <T,>(make: (name: VendorName) => T): ForEachVendor<T> =>
	Object.fromEntries(vendorNames.map((name) => [name, make(name)])) as ForEachVendor<T>;

/** Starts the simulator of one vendor. */
export async function startVendor<N extends VendorName>(
	name: N,
	{ key = randomBytes(16).toString('hex'), settings, ...options }: VendorOptions = {},
): Promise<StartedVendor<N>> {
	const vendor = vendorOf(name);
	const simulator = await startSimulator(vendor.kit.simulator(key, settings), options);
	return {
		vendor,
		simulator: simulator as unknown as Simulator<VendorStates[N]>,
		key,
		type: vendor.credentialType.name,
		data: credentialData(vendor, key, simulator.url),
	};
}

/** The simulators of all vendors, by their names. */
export type StartedVendors = { [N in VendorName]: StartedVendor<N> };

/** Starts the simulators of all vendors. */
export async function startVendors(
	options: (name: VendorName) => VendorOptions = () => ({}),
): Promise<StartedVendors> {
	const started = await Promise.all(
		vendors.map(async ({ name }) => [name, await startVendor(name, options(name))] as const),
	);
	return Object.fromEntries(started) as unknown as StartedVendors;
}

/** Puts people into the accounts of a demo. */
export function populate(started: StartedVendors): void {
	for (const { vendor, simulator } of Object.values(started) as StartedVendor[])
		vendor.kit.populate?.(simulator.vendor);
}

/** The simulators alone, by their vendors' names. */
export const byName = (started: StartedVendors) =>
	forEachVendor((name) => started[name].simulator) as {
		[N in VendorName]: Simulator<VendorStates[N]>;
	};

/** All simulators, of what was started. */
export const simulatorsOf = (started: StartedVendors): Simulator[] =>
	Object.values(started).map(({ simulator }) => simulator as Simulator);
