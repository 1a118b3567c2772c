import type { SavedCredential } from '../../dev/n8n/workflow.mts';
import convertalk, { type Convertalk } from '../../dev/vendors/convertalk/simulator/index.mts';
import { type Simulator, startSimulator } from '../../dev/kit/simulator.mts';
import { type NodeResult, startTestN8n, type TestN8n } from '../../dev/n8n/harness.mts';

/** What the tests look for where it must not be. */
export const token = 'token-that-nobody-may-see';

/** A real n8n and a simulated Convertalk, with a credential that fits. */
export class Setup {
	private constructor(
		readonly sim: Simulator<Convertalk>,
		readonly tested: TestN8n,
		/** The credential's data. */
		readonly data: Record<string, unknown>,
		readonly credential: SavedCredential,
	) {}

	/** @param pageSize leads on a page of the simulator */
	static async start(pageSize: number): Promise<Setup> {
		const sim = await startSimulator(convertalk({ token, pageSize }));
		const tested = await startTestN8n();
		const data = {
			token,
			botId: 'bot-1',
			customerId: 'customer-1',
			authentication: 'tokenHeaders',
			baseUrl: sim.url,
		};
		return new Setup(sim, tested, data, await tested.credential('convertalkApi', data));
	}

	async close(): Promise<void> {
		await this.tested.close();
		await this.sim.close();
	}

	/** A credential with other data. */
	async credentialWith(other: Record<string, unknown>): Promise<SavedCredential> {
		return await this.tested.credential('convertalkApi', { ...this.data, ...other });
	}

	/** Runs an operation of the node. */
	async run(
		resource: string,
		operation: string,
		parameters: object = {},
		more: Partial<Parameters<TestN8n['runNode']>[0]> = {},
	): Promise<NodeResult> {
		const { credential } = this;
		return await this.tested.runNode({
			node: 'convertalk',
			parameters: { resource, operation, ...parameters },
			credential,
			...more,
		});
	}
}

/** What came out; throws what ended the run. */
export function jsons({ items, error }: NodeResult): Array<Record<string, unknown>> {
	if (error) throw new Error(`${error.message} ${error.description}`);
	return items.map(({ json }) => json);
}
