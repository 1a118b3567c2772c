import { afterEach, describe, expect, it } from '@jest/globals';
import { nameOf, numbered, keep, create, runTiny } from './execute.setup.mts';
import { tinyApi, sentOptions } from './tiny.mts';
import { closeServers, sleep } from './server.mts';

afterEach(closeServers);

describe('order', () => {
	it('of writes to one thing is the order of the items; others run side by side', async () => {
		const items = Array.from({ length: 12 }, (_, n) => ({ id: `t${n % 2}`, name: `n${n}` }));
		const underWay = new Map<string, number>();
		let overlaps = 0;
		const { server } = await runTiny({
			items,
			parameters: { ...create, operation: 'update', thingId: '={{ $json.id }}' },
			handle: async (received, ...rest) => {
				const same = (underWay.get(received.path) ?? 0) + 1;
				if (same > 1) overlaps++;
				underWay.set(received.path, same);
				await sleep(Math.random() * 20);
				underWay.set(received.path, same - 1);
				return keep(received, ...rest);
			},
		});
		for (const thing of ['t0', 't1']) {
			const arrived = server.received.filter(({ path }) => path.endsWith(thing)).map(nameOf);
			expect(arrived).toEqual(items.filter(({ id }) => id === thing).map(({ name }) => name));
		}
		expect(overlaps).toBe(0);
		expect(server.mostAtOnce).toBe(2);
	});

	it('holds even where an earlier write to the thing failed', async () => {
		const items = [{ name: 'n0' }, { name: 'bad1' }, { name: 'n2' }];
		const { server, items: all } = await runTiny({
			items,
			parameters: { ...create, operation: 'update', thingId: '7' },
			onError: 'continueRegularOutput',
		});
		expect(server.received.map(nameOf)).toEqual(['n0', 'bad1', 'n2']);
		expect(all.map(({ json }) => 'error' in json)).toEqual([false, true, false]);
	});

	it('ends with the first write to the thing that failed, where the node does not continue', async () => {
		const { server, error } = await runTiny({
			items: [{ name: 'n0' }, { name: 'bad1' }, { name: 'n2' }, { name: 'n3' }],
			parameters: { ...create, operation: 'update', thingId: '7' },
		});
		expect(server.received.map(nameOf)).toEqual(['n0', 'bad1']);
		expect(error?.description).toContain('1 of 4 items had been done by then.');
	});

	it('does not hold up reads', async () => {
		const { server } = await runTiny({
			items: numbered(8),
			parameters: { ...create, operation: 'get', thingId: '7' },
			handle: async () => {
				await sleep(20);
				return { thing: { id: 7 } };
			},
		});
		expect(server.mostAtOnce).toBeGreaterThanOrEqual(Number(tinyApi.concurrency));
	});
});

it('begins with as many requests as the vendor’s vendor.ts says, and has more under way as they end well', async () => {
	let [begun, begunBeforeAnAnswer] = [0, 0];
	const { server, items } = await runTiny({
		items: numbered(300),
		handle: async (received, ...rest) => {
			begun++;
			await sleep(40);
			begunBeforeAnAnswer ||= begun;
			return keep(received, ...rest);
		},
	});
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
		numbered(300).map((_, item) => ({ item })),
	);
	expect(begunBeforeAnAnswer).toBe(tinyApi.concurrency);
	expect(server.mostAtOnce).toBeGreaterThan(2 * Number(tinyApi.concurrency));
	expect(server.mostAtOnce).toBeLessThanOrEqual(64);
});

it('keeps the pace of the credential', async () => {
	const { server, error } = await runTiny({ items: numbered(12), perSecond: 20 });
	const times = server.received.map(({ at }) => at);
	expect(error).toBeUndefined();
	// The first arrives late by what it takes to connect; unpaced, all are there within 100 ms.
	expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan((11 / 20) * 1000 * 0.8);
});

it('ends at once when it is cancelled while it waits for its pace', async () => {
	const controller = new AbortController();
	let cancelledAt = 0;
	const { server, run } = await runTiny({
		items: numbered(50),
		perSecond: 1,
		cancel: controller.signal,
		onError: 'continueRegularOutput',
		handle: async (...request) => {
			setTimeout(() => {
				cancelledAt = Date.now();
				controller.abort();
			}, 50);
			return await keep(...request);
		},
	});
	const after = Date.now() - cancelledAt;
	const sent = server.received.length;
	await sleep(1300);
	// The next one's turn would come a second after the first.
	expect(after).toBeLessThan(800);
	expect(run.status).toBe('canceled');
	expect([sent, server.received.length]).toEqual([1, 1]);
});

it('sends what the vendor needs, and waits a minute for each answer', async () => {
	sentOptions.length = 0;
	await runTiny({ items: [{ name: 'a' }] });
	expect(sentOptions[0]).toMatchObject({
		timeout: 60_000,
		disableFollowRedirect: true,
		json: true,
	});
});
