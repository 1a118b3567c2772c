import type { SavedCredential } from '../../dev/n8n/workflow.mts';
import convertalk, { type Convertalk } from '../../dev/vendors/convertalk/simulator/index.mts';
import salesflow, { type Salesflow } from '../../dev/vendors/salesflow/simulator/index.mts';
import saleswhale, { type Saleswhale } from '../../dev/vendors/saleswhale/simulator/index.mts';
import { type Simulator, startSimulator } from '../../dev/kit/simulator.mts';
import zenviaSales, { type ZenviaSales } from '../../dev/vendors/zenviaSales/simulator/index.mts';
import { startTestN8n, type TestN8n } from '../../dev/n8n/harness.mts';

/** What the tests look for where it must not be. */
export const secrets = {
	saleswhale: 'saleswhale-key-nobody-may-see',
	zenviaSales: 'zenvia-key-nobody-may-see',
	salesflow: 'salesflow-token-nobody-may-see',
	convertalk: 'convertalk-token-nobody-may-see',
};

export type VendorNode = keyof typeof secrets;

export interface Simulators {
	saleswhale: Simulator<Saleswhale>;
	zenviaSales: Simulator<ZenviaSales>;
	salesflow: Simulator<Salesflow>;
	convertalk: Simulator<Convertalk>;
}

/** A real n8n, the simulators of all vendors, and a credential for each; by the node's name. */
export class Vendors {
	private constructor(
		readonly tested: TestN8n,
		readonly sims: Simulators,
		readonly credentials: Record<VendorNode, SavedCredential>,
		/** Who may fill in the examples' forms. */
		readonly formUsers: SavedCredential,
	) {}

	static async start(): Promise<Vendors> {
		const sims: Simulators = {
			saleswhale: await startSimulator(saleswhale({ apiKey: secrets.saleswhale })),
			zenviaSales: await startSimulator(zenviaSales({ apiKey: secrets.zenviaSales })),
			salesflow: await startSimulator(salesflow({ token: secrets.salesflow })),
			convertalk: await startSimulator(convertalk({ token: secrets.convertalk })),
		};
		const tested = await startTestN8n();
		const credentials = {
			saleswhale: await tested.credential('saleswhaleApi', dataFor('saleswhale', sims)),
			zenviaSales: await tested.credential('zenviaSalesApi', dataFor('zenviaSales', sims)),
			salesflow: await tested.credential('salesflowApi', dataFor('salesflow', sims)),
			convertalk: await tested.credential('convertalkApi', dataFor('convertalk', sims)),
		};
		const formUsers = await tested.credential('httpBasicAuth', { user: 'form', password: 'word' });
		return new Vendors(tested, sims, credentials, formUsers);
	}

	/** What each vendor was asked that its contract does not have. */
	violations(): unknown[] {
		return Object.values(this.sims).flatMap((sim) => sim.violations());
	}

	reset(): void {
		for (const sim of Object.values(this.sims)) sim.reset();
	}

	async close(): Promise<void> {
		await this.tested.close();
		for (const sim of Object.values(this.sims)) await sim.close();
	}
}

/** The data of a vendor's credential that leads to its simulator. */
export function dataFor(vendor: VendorNode, sims: Simulators): Record<string, unknown> {
	const baseUrl = sims[vendor].url;
	const key = secrets[vendor];
	switch (vendor) {
		case 'saleswhale':
			return { apiKey: key, baseUrl, requestsPerSecond: 1000 };
		case 'zenviaSales':
			return { apiKey: key, environment: 'custom', baseUrl: `${baseUrl}/api/v1` };
		case 'salesflow':
			return { token: key, accountId: '321', baseUrl, statisticsBaseUrl: baseUrl };
		case 'convertalk':
			return {
				token: key,
				botId: 'bot-1',
				customerId: 'customer-1',
				authentication: 'tokenHeaders',
				baseUrl,
			};
	}
}
