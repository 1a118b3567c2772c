import type { GrowingList } from '../../dev/kit/growingList.mts';
import { type Simulator, startSimulator, type Vendor } from '../../dev/kit/simulator.mts';
import { credentialData, vendors } from '../../dev/vendors.mts';
import type { RunOptions, Subject } from './engine.mts';

/** A list of a vendor whose simulator runs. */
export interface VendorList extends GrowingList {
	sim: Simulator<Vendor>;
	subject: Subject;
	credential: RunOptions['credential'];
}

/** The key that the simulators take. */
const key = 'the-key-of-the-lists';

/** Every list with Only New Since Last Run, by its name; each call starts a simulator. */
export const lists: Record<string, () => Promise<VendorList>> = Object.fromEntries(
	vendors.flatMap((vendor) =>
		Object.entries(vendor.kit.lists).map(([name, listOf]) => [
			`${vendor.title} ${name}`,
			async () => {
				const sim = await startSimulator(vendor.kit.simulator(key));
				const list = listOf(sim.vendor);
				return {
					...{ sim, ...list },
					subject: { node: vendor.node, credential: vendor.credentialType },
					credential: {
						...credentialData(vendor, key, sim.url),
						...(list.unpaced as RunOptions['credential']),
					},
				};
			},
		]),
	),
);
