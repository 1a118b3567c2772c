import type { SavedCredential } from '../../dev/n8n/workflow.mts';
import type { Call, Simulator } from '../../dev/kit/simulator.mts';
import type { Row } from '../../dev/kit/vendorKit.mts';
import { until as found } from '../../dev/n8n/until.mts';
import type { TestN8n } from '../../dev/n8n/harness.mts';
import { byName, type ForEachVendor, simulatorsOf } from '../../dev/simulators.mts';
import { type StartedVendors, startVendors } from '../../dev/simulators.mts';

/** What the app in Zenvia knows, which no simulator has to be asked for. */
export const appSecrets = { appId: 'app-1', appSecret: 'app-secret', privateKey: 'app-key' };

/** Of Salesflow's account. */
export const campaigns = 4;

const settings: Partial<ForEachVendor<object>> = {
	// Redeliveries are the test's to make, when n8n is up again.
	saleswhale: { webhookBaseWaitMs: 3_600_000 },
	salesflow: { campaigns },
	convertalk: { pageSize: 10 },
};

/** A simulator of each vendor, and a credential for each in an n8n. Another setup, another pace. */
export class CrashSetup {
	private constructor(
		readonly vendors: StartedVendors,
		readonly sims: ReturnType<typeof byName>,
		readonly credentials: ForEachVendor<SavedCredential>,
	) {}

	/** @param requestsPerSecond of the credentials that have such a field */
	static async start({ credential }: TestN8n, requestsPerSecond: number): Promise<CrashSetup> {
		const vendors = await startVendors((name) => ({ settings: settings[name] }));
		const credentials = {} as ForEachVendor<SavedCredential>;
		for (const { vendor, type, data } of Object.values(vendors)) {
			const pace = 'requestsPerSecond' in data && { requestsPerSecond };
			credentials[vendor.name] = await credential(type, { ...data, ...pace });
		}
		return new CrashSetup(vendors, byName(vendors), credentials);
	}

	get all(): Simulator[] {
		return simulatorsOf(this.vendors);
	}

	async close(): Promise<void> {
		for (const simulator of this.all) await simulator.close();
	}
}

/** A number of rows that no other list has, from each of which any of the vendors can create something. */
export function rows({ vendors }: CrashSetup, list: string, count: number): Row[] {
	const all = Object.values(vendors);
	const prepared = all.map(({ vendor: { kit }, simulator }) =>
		kit.creating.prepare?.((simulator as unknown as Simulator).vendor, count),
	);
	return Array.from({ length: count }, (_, n) => {
		const identifier = `${list}-${n}`;
		const own = prepared.map((rows) => rows?.[n]);
		return Object.assign({ email: `${identifier}@example.com`, identifier }, ...own) as Row;
	});
}

/** Waits until something is so; its last words say what was not. */
export async function until(isSo: () => boolean, what: string, timeout = 60_000): Promise<void> {
	await found(
		async () => isSo() || undefined,
		() => `It never was so: ${what}`,
		timeout,
	);
}

/** Counts the requests that reach a simulator, when they come and not when they are answered. */
export function countArrivals(
	simulator: Simulator,
	fault?: Parameters<Simulator['setFault']>[0],
): Call[] {
	const arrived: Call[] = [];
	simulator.setFault((call) => {
		arrived.push(call);
		return fault?.(call);
	});
	return arrived;
}
