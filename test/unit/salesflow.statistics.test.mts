import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import { SalesflowApi } from '../../credentials/SalesflowApi.credentials.ts';
import { type Simulator, startSimulator } from '../../dev/kit/simulator.mts';
import salesflow, {
	type Salesflow as Account,
} from '../../dev/vendors/salesflow/simulator/index.mts';
import { Salesflow } from '../../nodes/Salesflow/Salesflow.node.ts';
import { run } from './engine.mts';
import { isShownIn } from './locators.mts';

let sim: Simulator<Account>;

beforeAll(async () => {
	sim = await startSimulator(salesflow());
});
afterAll(async () => await sim.close());
beforeEach(() => sim.reset());

const versions = [1, 1.1, 1.2];

/** Whether each request asked Salesflow to recalculate the numbers. */
async function asked(typeVersion: number, chosen: INodeParameters): Promise<boolean[]> {
	const [campaignId = 0] = sim.vendor.campaigns.keys();
	const { error } = await run(
		{ node: new Salesflow(), credential: new SalesflowApi() },
		{
			typeVersion,
			parameters: {
				...{ resource: 'campaign', operation: 'getStatistics', ...chosen },
				campaignId: { __rl: true, mode: 'id', value: String(campaignId) },
			},
			credential: {
				...{ token: 'salesflow-token', accountId: '321' },
				...{ baseUrl: sim.url, statisticsBaseUrl: sim.url },
			},
		},
	);
	expect(error).toBeUndefined();
	return sim.requests.map(({ query }) => String(query.isForceRequest) === 'true');
}

describe('The numbers of a campaign', () => {
	it.each([
		[1, false],
		[1.1, false],
		[1.2, true],
	])('in version %p are recalculated unless somebody chose: %p', async (version, isOn) => {
		expect(await asked(version, {})).toEqual([isOn]);
	});

	it.each(versions)('in version %p are recalculated where it is switched on', async (version) => {
		expect(await asked(version, { forceRefresh: true })).toEqual([true]);
	});

	it.each(versions)('in version %p are not where it is switched off', async (version) => {
		expect(await asked(version, { forceRefresh: false })).toEqual([false]);
	});

	it.each([
		[1.1, false],
		[1.2, true],
	])(
		'in version %p are as the form begins where an expression finds nothing',
		async (version, isOn) => {
			expect(await asked(version, { forceRefresh: '={{ $json.none }}' })).toEqual([isOn]);
		},
	);

	it.each(versions)(
		'in version %p have one switch, set as it is when it is left out',
		(version) => {
			const { properties } = new Salesflow().description;
			const shown = properties.filter(
				(one) => one.name === 'forceRefresh' && isShownIn(one, version),
			);
			expect(shown.map(({ default: atFirst }) => atFirst)).toEqual([version >= 1.2]);
		},
	);
});
