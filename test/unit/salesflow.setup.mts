import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import { SalesflowApi } from '../../credentials/SalesflowApi.credentials.ts';
import { type Simulator, startSimulator } from '../../dev/kit/simulator.mts';
import salesflow, {
	type Salesflow as Account,
} from '../../dev/vendors/salesflow/simulator/index.mts';
import { Salesflow } from '../../nodes/Salesflow/Salesflow.node.ts';
import { run, type RunOptions, type RunResult } from './engine.mts';

/** The Salesflow node and a simulator of its vendor, which each test of a file finds as new. */
export class SalesflowSetup {
	private started: Simulator<Account> | undefined;

	/** Is called where a file's tests are described: it starts the simulator before them and ends it after them. */
	constructor() {
		beforeAll(async () => {
			this.started = await startSimulator(salesflow());
		});
		afterAll(async () => await this.sim.close());
		beforeEach(() => {
			this.sim.setFault(undefined);
			this.sim.reset();
		});
	}

	/** @throws Error before the tests of the file began */
	get sim(): Simulator<Account> {
		if (!this.started) throw new Error('The simulator of Salesflow is not started.');
		return this.started;
	}

	/** The campaign that a new account has. */
	get campaignId(): number {
		const [id = 0] = this.sim.vendor.campaigns.keys();
		return id;
	}

	async run(parameters: INodeParameters, more: Partial<RunOptions> = {}): Promise<RunResult> {
		const url = this.sim.url;
		return await run(
			{ node: new Salesflow(), credential: new SalesflowApi() },
			{
				parameters,
				credential: {
					...{ token: 'salesflow-token', accountId: '321' },
					...{ baseUrl: url, statisticsBaseUrl: url },
				},
				...more,
			},
		);
	}
}
