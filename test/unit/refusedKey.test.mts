import { afterEach, expect, it } from '@jest/globals';
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
