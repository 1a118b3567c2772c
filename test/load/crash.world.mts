import type { SavedCredential } from '../../dev/n8n/workflow.mts';
import convertalk, { type Convertalk } from '../../dev/vendors/convertalk/simulator/index.mts';
import salesflow, { type Salesflow } from '../../dev/vendors/salesflow/simulator/index.mts';
import saleswhale, { type Saleswhale } from '../../dev/vendors/saleswhale/simulator/index.mts';
import { type Call, type Simulator, startSimulator } from '../../dev/kit/simulator.mts';
import zenviaSales, { type ZenviaSales } from '../../dev/vendors/zenviaSales/simulator/index.mts';
import { until as found } from '../../dev/n8n/until.mts';
import type { TestN8n } from '../../dev/n8n/harness.mts';

/** The nodes, each for one vendor. */
export const nodes = ['saleswhale', 'zenviaSales', 'salesflow', 'convertalk'] as const;
export type NodeName = (typeof nodes)[number];

/** One thing for each of the nodes. */
export const everywhere = <T,>(make: (name: NodeName) => T): Record<NodeName, T> =>
	Object.fromEntries(nodes.map((name) => [name, make(name)])) as Record<NodeName, T>;

/** What the app in Zenvia knows, which no simulator has to be asked for. */
export const appSecrets = { appId: 'app-1', appSecret: 'app-secret', privateKey: 'app-key' };

/** Of Salesflow's account. */
export const campaigns = 4;

/** A simulator of each vendor, and a credential for each in an n8n. Another world, another pace. */
export class World {
	private constructor(
		readonly saleswhale: Simulator<Saleswhale>,
		readonly zenviaSales: Simulator<ZenviaSales>,
		readonly salesflow: Simulator<Salesflow>,
		readonly convertalk: Simulator<Convertalk>,
		readonly credentials: Record<NodeName, SavedCredential>,
	) {}

	/** @param requestsPerSecond of the Saleswhale credential; the others have no such field */
	static async start({ credential }: TestN8n, requestsPerSecond: number): Promise<World> {
		const [sales, zenvia, flow, talk] = await Promise.all([
			// Redeliveries are the test's to make, when n8n is up again.
			startSimulator(saleswhale({ webhookBaseWaitMs: 3_600_000 })),
			startSimulator(zenviaSales()),
			startSimulator(salesflow({ campaigns })),
			startSimulator(convertalk({ pageSize: 10 })),
		]);
		const baseUrl = `${zenvia.url}/api/v1`;
		const urls = { baseUrl: flow.url, statisticsBaseUrl: flow.url };
		const bot = { botId: 'bot-1', customerId: 'customer-1', authentication: 'tokenHeaders' };
		return new World(sales, zenvia, flow, talk, {
			saleswhale: await credential('saleswhaleApi', {
				apiKey: 'saleswhale-key',
				baseUrl: sales.url,
				requestsPerSecond,
			}),
			zenviaSales: await credential('zenviaSalesApi', {
				apiKey: 'zenvia-key',
				environment: 'custom',
				baseUrl,
			}),
			salesflow: await credential('salesflowApi', {
				token: 'salesflow-token',
				accountId: '321',
				...urls,
			}),
			convertalk: await credential('convertalkApi', {
				token: 'convertalk-token',
				baseUrl: talk.url,
				...bot,
			}),
		});
	}

	get all(): Simulator[] {
		return nodes.map((name) => this[name]);
	}

	async close(): Promise<void> {
		for (const simulator of this.all) await simulator.close();
	}
}

/** How each vendor's node creates one thing for each {@link Row}, and what the simulator calls it. */
export const creating: Record<NodeName, { parameters: Record<string, unknown>; what: string }> = {
	saleswhale: {
		parameters: {
			resource: 'lead',
			operation: 'create',
			firstName: 'Ana',
			email: '={{$json.email}}',
		},
		what: 'lead.create',
	},
	zenviaSales: {
		parameters: {
			resource: 'lead',
			operation: 'create',
			utmSource: 'fair',
			emails: '={{$json.email}}',
		},
		what: 'lead.create',
	},
	salesflow: {
		parameters: {
			resource: 'contact',
			operation: 'import',
			campaignId: { __rl: true, mode: 'id', value: '={{$json.campaignId}}' },
			linkedInUrl: '=https://www.linkedin.com/in/{{$json.identifier}}',
		},
		what: 'contact.import',
	},
	convertalk: {
		parameters: {
			resource: 'lead',
			operation: 'upsert',
			uuid: '={{$json.uuid}}',
			fields: { name: 'Ana' },
		},
		what: 'lead.upsert',
	},
};

/** A row of a list that any of the four can create something from. */
export interface Row extends Record<string, unknown> {
	email: string;
	identifier: string;
	campaignId: number;
	uuid: string;
}

/** So many rows that no other list has. */
export function rows(
	{ salesflow: flow, convertalk: talk }: World,
	list: string,
	count: number,
): Row[] {
	const [campaignId = 0] = flow.vendor.campaigns.keys();
	const chats = talk.vendor.leads.addMany(count);
	return chats.map(({ uuid }, n) => {
		const identifier = `${list}-${n}`;
		return { email: `${identifier}@example.com`, identifier, campaignId, uuid };
	});
}

/** What makes the things that a node created the same, in the simulator's journal. */
export const keyOf: Record<NodeName, (row: Row) => string> = {
	saleswhale: ({ email }) => email,
	zenviaSales: ({ email }) => email,
	salesflow: ({ campaignId, identifier }) => `${campaignId}/${identifier}`,
	convertalk: ({ uuid }) => uuid,
};

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
