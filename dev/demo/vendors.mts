import { randomBytes } from 'node:crypto';
import saleswhale, { type Saleswhale } from '../simulators/saleswhale.mts';
import { type Simulator, startSimulator } from '../simulators/simulator.mts';

/** A vendor's simulator, and what n8n's credential for it holds. */
export interface DemoVendor<S extends Simulator = Simulator> {
	simulator: S;
	credential: { type: string; name: string; data: Record<string, unknown> };
	/** The vendor's key in the demo, made at random. */
	key: string;
}

export interface DemoVendors {
	saleswhale: DemoVendor<Simulator<Saleswhale>>;
}

const randomKey = (): string => randomBytes(16).toString('hex');

/** Starts the simulators of all vendors, at the limits that the vendors document. */
export async function startVendors(): Promise<DemoVendors> {
	const key = randomKey();
	const simulator = await startSimulator(saleswhale({ apiKey: key }), { limit: 'documented' });
	return {
		saleswhale: {
			simulator,
			key,
			credential: {
				type: 'saleswhaleApi',
				name: 'Saleswhale',
				data: { apiKey: key, baseUrl: simulator.url, requestsPerSecond: 5 },
			},
		},
	};
}
