import type { IDataObject } from 'n8n-workflow';
import type { Verdict } from '../../dev/live/findings.mts';
import { verdictOf } from '../../dev/live/findings.mts';
import { vendors } from '../../dev/live/vendors.mts';
import { type Checked, checkLive, type Delivery } from '../../dev/live/walk.mts';
import convertalk from '../../dev/vendors/convertalk/simulator/index.mts';
import salesflow from '../../dev/vendors/salesflow/simulator/index.mts';
import saleswhale from '../../dev/vendors/saleswhale/simulator/index.mts';
import { type RawAnswer, type Simulator, startSimulator } from '../../dev/kit/simulator.mts';
import zenviaSales from '../../dev/vendors/zenviaSales/simulator/index.mts';

const dayMs = 86_400_000;

/** A vendor's simulator with some records, and the credential that opens it. */
export interface Tried {
	name: string;
	path: string;
	credentials: IDataObject;
	start(): Promise<Simulator>;
}

/** The four vendors, by the name that check:live has for them. */
export const tried: Tried[] = [
	{
		name: 'saleswhale',
		path: '',
		credentials: { apiKey: 'saleswhale-key', requestsPerSecond: 0 },
		start: async () => {
			const simulator = await startSimulator(saleswhale());
			simulator.vendor.seedConversations(3);
			return simulator;
		},
	},
	{
		name: 'zenvia',
		path: '/api/v1',
		credentials: { apiKey: 'zenvia-key' },
		start: async () => {
			const simulator = await startSimulator(zenviaSales());
			const [from, to] = [Date.now() - dayMs, Date.now()].map((at) => new Date(at).toISOString());
			simulator.vendor.seedInteractions({ count: 5, from, to });
			return simulator;
		},
	},
	{
		name: 'salesflow',
		path: '',
		credentials: { token: 'salesflow-token', accountId: '321' },
		start: async () => {
			const simulator = await startSimulator(salesflow());
			await simulator.vendor.actions['seedContacts']?.({ count: 3 });
			return simulator;
		},
	},
	{
		name: 'convertalk',
		path: '',
		credentials: { token: 'convertalk-token', botId: 'bot-1', customerId: 'customer-1' },
		start: async () => {
			const simulator = await startSimulator(convertalk());
			await simulator.vendor.actions['addLeads']?.({ count: 3 });
			return simulator;
		},
	},
];

/** Runs check:live against a simulator. */
export async function check(
	{ name, path, credentials }: Tried,
	{ url }: Simulator,
	deliveries: Delivery[] = [],
): Promise<Checked> {
	const vendor = vendors[name];
	if (!vendor) throw new Error(`check:live does not know ${name}`);
	return await checkLive(
		vendor,
		{ ...credentials, ...vendor.located(url + path) },
		undefined,
		deliveries,
	);
}

/** Fields with a verdict, as `operation path: problems`. */
export function fieldsThat(verdict: Verdict, { findings }: Checked): string[] {
	return findings.flatMap(({ operation, fields }) =>
		[...fields.values()]
			.filter((field) => verdictOf(field) === verdict)
			.map(({ path, problems }) => `${operation} ${path}: ${[...problems.keys()].join('; ')}`),
	);
}

/** Changes the JSON of an answer. */
export function edited(answer: RawAnswer, edit: (body: any) => unknown): RawAnswer {
	const body = JSON.parse(String(answer.body));
	return { ...answer, body: JSON.stringify(edit(body) ?? body) };
}

/** All texts and numbers in a value, whatever is around them. */
export function valuesIn(value: unknown): string[] {
	if (typeof value === 'string' || typeof value === 'number') return [String(value)];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(valuesIn) : [];
}
