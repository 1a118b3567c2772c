import { expect, it } from '@jest/globals';
import { SalesflowSetup } from './salesflow.setup.mts';

const salesflow = new SalesflowSetup();

it('tells the numbers of the accounts to somebody who knows the token only', async () => {
	const url = salesflow.sim.url;
	const credential = { token: 'salesflow-token', accountId: '0' };
	const { items, error } = await salesflow.run(
		{ resource: 'account', operation: 'getAll' },
		{ credential: { ...credential, baseUrl: url, statisticsBaseUrl: url } },
	);
	expect(error).toBeUndefined();
	expect(items.map(({ json }) => json.AccountId)).toEqual([321, 322]);
	expect(salesflow.sim.requests.map(({ query }) => Object.keys(query))).toEqual([['token']]);
});
