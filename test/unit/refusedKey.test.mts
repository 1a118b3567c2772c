import { afterEach, expect, it } from '@jest/globals';
import { ConvertalkApi } from '../../credentials/ConvertalkApi.credentials.ts';
import { SalesflowApi } from '../../credentials/SalesflowApi.credentials.ts';
import { Convertalk } from '../../nodes/Convertalk/Convertalk.node.ts';
import { Salesflow } from '../../nodes/Salesflow/Salesflow.node.ts';
import { customApiCallValue } from '../../nodes/engine/operation/customApiCall.ts';
import { run } from './engine.mts';
import { errorsOf, names, parameters } from './network.setup.mts';
import { answer, closeServers, type Handler, serve } from './server.mts';
import { tiny } from './tiny.mts';

afterEach(closeServers);

const refuse = answer(401, { message: 'Invalid key' });
const notTried = (error: string) => error.includes('It was not tried for this item');

/** Creates a thing for each item, on Continue. @param key the credential's, the same for all or by an expression */
async function create(handle: Handler, more: object = {}, key = 'k') {
	const server = await serve(handle);
	const result = await run(tiny, {
		parameters: { ...parameters.create, name: '={{ $json.name }}', ...more },
		credential: { key, baseUrl: server.url },
		items: names(40),
		onError: 'continueRegularOutput',
	});
	return { server, errors: errorsOf(result), result };
}

it('a key that is refused three times in a row is not sent for the rest of the items', async () => {
	const { server, errors, result } = await create(refuse);
	// Three, and those that are under way at once by then.
	expect(server.received.length).toBeLessThanOrEqual(8);
	expect(errors).toHaveLength(40);
	expect(new Set(errors.map((error) => error.split('.')[0]))).toEqual(
		new Set(['Tiny says: Invalid key']),
	);
	expect(errors.every((error) => error.includes('Open the credential'))).toBe(true);
	expect(errors.filter(notTried)).toHaveLength(40 - server.received.length);
	expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
		Array.from({ length: 40 }, (_, item) => ({ item })),
	);
});

it('one that is taken now and then is sent for each item, and so is each other key', async () => {
	let count = 0;
	const some: Handler = (...args) => (++count % 3 === 0 ? { thing: { id: 7 } } : refuse(...args));
	const { server, errors } = await create(some);
	expect(server.received).toHaveLength(40);
	expect(errors.filter(notTried)).toEqual([]);

	const others = await create(refuse, {}, '={{ $json.name }}-key');
	expect(others.server.received).toHaveLength(40);
	expect(others.errors.filter(notTried)).toEqual([]);
});

it.each([
	['what a key may not do (403)', answer(403, { message: 'Not allowed' }), {}],
	[
		'a custom call, whose path another item may have as another',
		refuse,
		{ resource: customApiCallValue, operation: 'send', method: 'POST', path: '/things' },
	],
] as const)('%s is asked for each item', async (_, handle, more) => {
	const { server, errors } = await create(handle, more);
	expect(server.received).toHaveLength(40);
	expect(errors.filter(notTried)).toEqual([]);
});

it.each([
	[
		'Salesflow',
		{ node: new Salesflow(), credential: new SalesflowApi() },
		{ Status: '401', Message: 'Unauthorized' },
		{ accountId: '12' },
		{ resource: 'campaign', operation: 'start', campaignId: '={{ $json.id }}' },
	],
	[
		'Convertalk',
		{ node: new Convertalk(), credential: new ConvertalkApi() },
		{ success: false, code: 401, message: 'Unauthorized' },
		{ botId: 'bot-1', customerId: 'customer-1' },
		{ resource: 'lead', operation: 'upsert', uuid: '={{ "u-" + $json.id }}' },
	],
] as const)(
	'so it is where %s refuses it under HTTP 200',
	async (_, node, refusal, account, parameters) => {
		const server = await serve(() => refusal);
		const result = await run(node, {
			parameters,
			credential: {
				...{ token: 'some-token', baseUrl: server.url, statisticsBaseUrl: server.url },
				...account,
			},
			items: Array.from({ length: 60 }, (__, n) => ({ id: String(n + 1) })),
			onError: 'continueRegularOutput',
		});
		expect(server.received.length).toBeGreaterThanOrEqual(3);
		expect(server.received.length).toBeLessThan(30);
		expect(errorsOf(result).filter(notTried)).toHaveLength(60 - server.received.length);
	},
);
