import { simulatorClient } from '../../kit/network/away.mts';
import { type Simulator, type StartOptions, startSimulator } from '../../kit/simulator.mts';
import { type NodeRunOptions, startTestN8n, type TestN8n } from '../../n8n/harness.mts';
import type { SavedCredential } from '../../n8n/workflow.mts';
import zenviaSales, { type ZenviaSales, type ZenviaSalesOptions } from './simulator/index.mts';

/** Ids of what `seed` puts into an account. */
export interface Ids {
	prospect: string;
	interaction: string;
	quote: string;
	group: string;
	agent: string;
	subscription: string;
}

export const apiKey = 'zenvia-key-that-nobody-may-see';

/** A real n8n, and a simulated Zenvia that its credential leads to. */
export class Setup {
	private constructor(
		readonly simulator: Simulator<ZenviaSales>,
		readonly tested: TestN8n,
		readonly credential: SavedCredential,
	) {}

	/**
	 * @param env what n8n is told besides
	 * @param project the folder of the package under test; this project if not said
	 */
	static async start(
		options: ZenviaSalesOptions = {},
		limits: StartOptions = {},
		env: Record<string, string> = {},
		project?: string,
	): Promise<Setup> {
		const simulator = await startSimulator(zenviaSales({ apiKey, ...options }), limits);
		const tested = await startTestN8n(env, undefined, project);
		const baseUrl = `${simulator.url}/api/v1`;
		const data = { apiKey, environment: 'custom', baseUrl };
		return new Setup(simulator, tested, await tested.credential('zenviaSalesApi', data));
	}

	/** Runs one operation of the action node. */
	async run(parameters: Record<string, unknown>, more: Partial<NodeRunOptions> = {}) {
		const { credential } = this;
		return await this.tested.runNode({ node: 'zenviaSales', parameters, credential, ...more });
	}

	/** A prospect who wrote just now, with a quote, in a subscribed group. */
	async seed(): Promise<Ids> {
		const { vendor } = this.simulator;
		const [prospect = ''] = vendor.seedProspects(1);
		const { id: interaction } = vendor.receiveMessage(prospect, { content: 'Hello' });
		const quote = await this.post(`/prospect/${prospect}/quotes`, { items: [{ quantity: 1 }] });
		const callbackUrl = 'https://example.com/before';
		const subscription = await this.post('/notifications/subscriptions', {
			topics: ['quotes'],
			callbackUrl,
		});
		const group = vendor.groups[1]?.id ?? '';
		const agent = vendor.agents.get(group)?.[0]?.id ?? '';
		return { prospect, interaction, quote, group, agent, subscription };
	}

	/** @returns the id of what was made */
	private async post(path: string, body: object): Promise<string> {
		const client = simulatorClient(this.simulator.url);
		const params = { 'api-key': apiKey };
		return (await client.post<{ id: string }>(`/api/v1${path}`, body, { params })).data.id;
	}

	async close(): Promise<void> {
		await this.tested.close();
		await this.simulator.close();
	}
}
