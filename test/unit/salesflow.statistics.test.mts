import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import { Salesflow } from '../../nodes/Salesflow/Salesflow.node.ts';
import { isShownIn } from './locators.mts';
import { SalesflowSetup } from './salesflow.setup.mts';

const salesflow = new SalesflowSetup();

const versions = [1, 1.1, 1.2];

/** Whether each request asked Salesflow to recalculate the numbers. */
async function asked(typeVersion: number, chosen: INodeParameters): Promise<boolean[]> {
	const { error } = await salesflow.run(
		{
			...{ resource: 'campaign', operation: 'getStatistics', ...chosen },
			campaignId: { __rl: true, mode: 'id', value: String(salesflow.campaignId) },
		},
		{ typeVersion },
	);
	expect(error).toBeUndefined();
	return salesflow.sim.requests.map(({ query }) => String(query.isForceRequest) === 'true');
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
