import { afterEach, describe, expect, it } from '@jest/globals';
import { hurry, run } from './engine.mts';
import { answer, closeServers, type Handler, serve, sleep as wait } from './server.mts';
import { tiny } from './tiny.mts';

afterEach(closeServers);

const parameters = { resource: 'thing', operation: 'create', name: '={{ $json.name }}' };
const items = (count: number) => Array.from({ length: count }, (_, n) => ({ name: `n${n}` }));

/** Far away, so that many have to be under way at once for 100 a second. */
const slow: Handler = async () => {
	await wait(250);
	return { thing: { id: 7 } };
};

/** Most that were under way at once in a run after one of the same key in which answers were quick and no good. */
async function widthAfter(quick: Handler): Promise<number> {
	const server = await serve(quick);
	const credential = { key: 'k', baseUrl: server.url, perSecond: 100 };
	const options = { parameters, credential, onError: 'continueRegularOutput' } as const;
	await run(tiny, { ...options, items: items(60) });
	server.handle = slow;
	server.mostAtOnce = 0;
	await run(tiny, { ...options, items: items(60) });
	return server.mostAtOnce;
}

describe('After a run in which nothing worked, the next one goes at the pace of the vendor', () => {
	it.each<[string, Handler]>([
		['it refused the values at once', answer(422, { message: 'No' })],
		['a proxy wanted a password', answer(407, '<html>')],
	])('%s', async (_, quick) => {
		expect(await widthAfter(quick)).toBeGreaterThan(15);
	});
});

it('A vendor that is closed for an hour is not asked for each of many items', async () => {
	const server = await serve(answer(503, {}, { 'retry-after': '3600' }));
	const { items: output } = await run(tiny, {
		...{ parameters, items: items(200), onError: 'continueRegularOutput' as const },
		credential: { key: 'k', baseUrl: server.url },
	});
	const errors = output.map(({ json }) => String(json.error));
	expect(errors).toHaveLength(200);
	for (const error of errors)
		expect(error).toMatch(/^Tiny answered with status 503\. .*It asks for a wait of 60 minutes\./);
	const sent = errors.filter((error) => error.includes('This may have worked'));
	expect(server.received).toHaveLength(sent.length);
	expect(sent.length).toBeLessThan(10);
	expect(errors.filter((error) => error.includes('It was not tried for this item'))).toHaveLength(
		200 - sent.length,
	);
});

it('A vendor that takes nothing for ten minutes ends a run of many items then, and is asked anew later', async () => {
	const calm = hurry();
	try {
		const server = await serve(answer(429, {}));
		const credential = { key: 'k', baseUrl: server.url };
		const options = { parameters, credential, onError: 'continueRegularOutput' } as const;
		const start = Date.now();
		const { items: output } = await run(tiny, { ...options, items: items(100) });
		// Each of them ten minutes, ten at once, would be a hundred; time that passes quicker passes while a busy machine works, too.
		expect(Date.now() - start).toBeLessThan(30 * 60_000);
		expect(output).toHaveLength(100);
		for (const { json } of output) expect(json.error).toMatch(/^Tiny takes no more requests for/);
		await wait(15 * 60_000);
		let count = 0;
		server.handle = (...args) =>
			(count++ < 2 ? answer(429, {}) : () => ({ thing: { id: 7 } }))(...args);
		const next = await run(tiny, { ...options, items: items(3) });
		expect(next.items.map(({ json }) => json.id)).toEqual([7, 7, 7]);
	} finally {
		calm();
	}
});
