import { startSimulator } from '../../kit/simulator.mts';
import { type WalkedVendor, type Walks } from '../../walk/walked.mts';
import convertalk from './simulator/index.mts';

/** Convertalk: the trigger asks, and remembers what it has seen. */
async function walkConvertalk(): Promise<WalkedVendor> {
	let key = 'key-0';
	const sim = await startSimulator(convertalk({ token: key }));
	const { vendor } = sim;
	return {
		trigger: 'convertalkTrigger',
		typeVersion: 1,
		credentialType: 'convertalkApi',
		credential: () => ({
			...{ token: key, botId: 'bot-1', customerId: 'customer-1', baseUrl: sim.url },
			authentication: 'tokenHeaders',
		}),
		parameters: { events: ['leadCreated', 'leadUpdated'], options: {} },
		edits: [{ options: { simplify: false } }, { options: {} }],
		newKey: () => (vendor.token = key = `key-${Number(key.slice(4)) + 1}`),
		tell: () => {
			const [lead] = vendor.leads.addMany(1);
			return { marker: lead?.uuid ?? '', isHandled: () => false, tried: async () => {} };
		},
		markerOf: ({ uuid }) => String(uuid),
		held: () => [],
		wanted: () => [],
		setFault: (fault) => sim.setFault(fault),
		isPolled: true,
		violations: () => sim.violations(),
		close: async () => await sim.close(),
	};
}

/** The walk of Convertalk's trigger. */
export const walks: Walks = { convertalkTrigger: walkConvertalk };
