import { randomBytes } from 'node:crypto';
import convertalk from '../vendors/convertalk/simulator/index.mts';
import salesflow from '../vendors/salesflow/simulator/index.mts';
import saleswhale, { type Saleswhale } from '../vendors/saleswhale/simulator/index.mts';
import { type Simulator, startSimulator } from '../kit/simulator.mts';
import zenviaSales from '../vendors/zenviaSales/simulator/index.mts';

/** A vendor's simulator, and what n8n's credential for it holds. */
export interface DemoVendor<S = Simulator> {
	simulator: S;
	credential: { type: string; name: string; data: Record<string, unknown> };
}

export interface DemoVendors {
	saleswhale: DemoVendor<Simulator<Saleswhale>>;
	others: Array<DemoVendor<Pick<Simulator, 'url' | 'close' | 'requests' | 'violations'>>>;
}

/** The ids of the simulated accounts; the keys are made at random at each start. */
const salesflowAccount = '321';
const bot = { botId: 'bot-1', customerId: 'customer-1' };

const randomKey = (): string => randomBytes(16).toString('hex');

/** Starts the simulators of all vendors, at the limits that the vendors document. */
export async function startVendors(): Promise<DemoVendors> {
	const key = randomKey();
	const simulator = await startSimulator(saleswhale({ apiKey: key }), { limit: 'documented' });
	const data = { apiKey: key, baseUrl: simulator.url, requestsPerSecond: 5 };
	return {
		saleswhale: { simulator, credential: { type: 'saleswhaleApi', name: 'Saleswhale', data } },
		others: [await startZenviaSales(), await startSalesflow(), await startConvertalk()],
	};
}

async function startZenviaSales() {
	const apiKey = randomKey();
	const simulator = await startSimulator(zenviaSales({ apiKey }));
	const data = { apiKey, environment: 'custom', baseUrl: `${simulator.url}/api/v1` };
	return { simulator, credential: { type: 'zenviaSalesApi', name: 'Zenvia Sales', data } };
}

async function startSalesflow() {
	const token = randomKey();
	const simulator = await startSimulator(salesflow({ token }));
	const { url } = simulator;
	const data = { token, accountId: salesflowAccount, baseUrl: url, statisticsBaseUrl: url };
	return { simulator, credential: { type: 'salesflowApi', name: 'Salesflow', data } };
}

async function startConvertalk() {
	const token = randomKey();
	const simulator = await startSimulator(convertalk({ token, ...bot }));
	const data = { token, ...bot, authentication: 'tokenHeaders', baseUrl: simulator.url };
	return { simulator, credential: { type: 'convertalkApi', name: 'Convertalk', data } };
}

/** All of them, in one list. */
export const allVendors = ({ saleswhale: first, others }: DemoVendors) => [first, ...others];
