import { afterEach, describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { tinyApi, largestPage, sentOptions, tiny } from './tiny.mts';
import { run, type RunOptions, type RunResult } from './engine.mts';
import { answer, closeServers, type Handler, type Received, serve, sleep } from './server.mts';

afterEach(closeServers);

const nameOf = ({ body }: Received): string => String((body as IDataObject).name);
const numbered = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, n) => ({ name: `n${n}` }));

/** Creates and updates what is asked for; `bad…` is refused. */
const keep: Handler = (received, response, request) => {
	const name = nameOf(received);
	if (name.startsWith('bad')) {
		return answer(422, { message: `${name} is no name` })(received, response, request);
	}
	return { thing: { id: received.path, name } };
};

const create = {
	resource: 'thing',
	operation: 'create',
	name: '={{ $json.name }}',
	simplify: false,
};

type Options = Partial<RunOptions> & { handle?: Handler; perSecond?: number };

async function runTiny({ handle = keep, perSecond = 0, ...options }: Options) {
	const server = await serve(handle);
	const credential = { key: 'secret-of-tiny', baseUrl: server.url, perSecond };
	const result = await run(tiny, { parameters: create, credential, ...options });
	return { ...result, server };
}

const namesOf = ({ items }: RunResult) =>
	items.map(({ json }) => (json.thing ?? json) as IDataObject).map(({ name }) => name);
const pairsOf = (items: RunResult['items']) => items.map(({ pairedItem }) => pairedItem);

describe('answers', () => {
	it('come in the order of the items, however long each takes, and are paired', async () => {
		const items = numbered(30);
		const result = await runTiny({
			items,
			handle: async (received) => {
				await sleep(Math.random() * 25);
				return { thing: { name: nameOf(received) } };
			},
		});
		expect(result.error).toBeUndefined();
		expect(namesOf(result)).toEqual(items.map(({ name }) => name));
		expect(pairsOf(result.items)).toEqual(items.map((_, item) => ({ item })));
	});

	it('are paired too where each item gives a list', async () => {
		const { items } = await runTiny({
			items: numbered(3),
			parameters: { ...create, operation: 'getAll', returnAll: true },
			handle: async ({ query }) => {
				await sleep(Math.random() * 20);
				return { things: [1, 2].map((n) => ({ name: `${query.get('kind')}.${n}` })) };
			},
		});
		expect(items.map(({ json }) => json.name)).toEqual([
			'n0.1',
			'n0.2',
			'n1.1',
			'n1.2',
			'n2.1',
			'n2.2',
		]);
		expect(pairsOf(items)).toEqual([0, 0, 1, 1, 2, 2].map((item) => ({ item })));
	});

	it('leave the input items as they were', async () => {
		const { run } = await runTiny({ items: numbered(2) });
		const input = run.data.resultData.runData.Items?.[0]?.data?.main?.[0];
		expect(input?.map(({ json }) => json)).toEqual(numbered(2));
	});

	it('give an item of their own where a list is empty: none', async () => {
		const parameters = { ...create, operation: 'getAll', returnAll: true };
		const { items, error } = await runTiny({
			parameters,
			items: [{ name: 'a' }],
			handle: () => ({ things: [] }),
		});
		expect([items, error]).toEqual([[], undefined]);
	});

	it('that hold not what the vendor documents fail the item with a sentence', async () => {
		const { error } = await runTiny({ items: [{ name: 'a' }], handle: () => ({ other: 1 }) });
		expect(error?.message).toMatch(/^The answer holds no "thing"/);
	});
});

const ten = numbered(10).map((item, n) => (n === 3 || n === 7 ? { name: `bad${n}` } : item));

describe('an item that fails', () => {
	it('comes out beside the others in the regular output, if the node continues there', async () => {
		const { items, failed, error } = await runTiny({
			items: ten,
			onError: 'continueRegularOutput',
		});
		expect(error).toBeUndefined();
		expect(failed).toEqual([]);
		expect(pairsOf(items)).toEqual(ten.map((_, item) => ({ item })));
		expect(items.filter(({ json }) => json.error).map(({ json }) => json)).toEqual(
			['bad3', 'bad7'].map((name) => ({
				error: `Tiny says: ${name} is no name. Check the values of this item.`,
			})),
		);
	});

	it('comes out of the error output, if the node continues there: 8 and 2, paired', async () => {
		const { items, failed } = await runTiny({ items: ten, onError: 'continueErrorOutput' });
		expect([items.length, failed.length]).toEqual([8, 2]);
		expect(pairsOf(items)).toEqual([0, 1, 2, 4, 5, 6, 8, 9].map((item) => ({ item })));
		expect(failed.map(({ json, pairedItem }) => [json.name, pairedItem])).toEqual([
			['bad3', { item: 3 }],
			['bad7', { item: 7 }],
		]);
	});

	it('ends the run otherwise, says which and how far it came, and nothing new begins', async () => {
		const items = numbered(100).map((item, n) => (n === 5 ? { name: 'bad' } : item));
		const { error, server } = await runTiny({
			items,
			handle: async (received, ...rest) => {
				await sleep(nameOf(received) === 'bad' ? 1 : 30);
				return keep(received, ...rest);
			},
		});
		await sleep(100);
		expect(error?.message).toBe('Tiny says: bad is no name');
		expect(error?.context.itemIndex).toBe(5);
		// Four at first, and one more with each that was answered in time.
		expect(server.received.length).toBeLessThanOrEqual(5 + 2 * Number(tinyApi.concurrency));
		// What was under way ended well and counts.
		expect(error?.description).toContain(
			`${server.received.length - 1} of 100 items had been done`,
		);
	});

	it('may fail for what its record says, and a warning outlives Simplify', async () => {
		const handle: Handler = (received) => ({ thing: { id: 1, state: nameOf(received), more: 1 } });
		const { items } = await runTiny({
			handle,
			items: [{ name: 'bad' }, { name: 'odd' }],
			parameters: { ...create, simplify: true },
			onError: 'continueRegularOutput',
		});
		expect(items.map(({ json }) => json)).toEqual([
			{ error: 'The thing went bad. Make another.' },
			{ id: 1, warning: 'It is odd' },
		]);
	});
});

describe('a wrong value in one item of many', () => {
	const items = numbered(5).map((item, n) => (n === 4 ? { name: null } : item));

	it('keeps everything from being sent', async () => {
		const { error, server } = await runTiny({ items });
		expect(error?.message).toBe("'Name' is empty. Enter a value.");
		expect(error?.description).toBe('Nothing has been sent.');
		expect(error?.context.itemIndex).toBe(4);
		expect(server.received).toEqual([]);
	});

	it('names all items that are wrong, and what is wrong with them', async () => {
		const parameters = { ...create, operation: 'update', thingId: '={{ $json.id }}' };
		const wrong: IDataObject[] = [
			...[{ id: '..' }, { id: '1' }, { id: '' }, { id: '.' }, { id: '3' }, { id: ' ' }],
			...['./', '4', '..', '..', '..'].map((id) => ({ id })),
		].map((item) => ({ name: 'a', ...item }));
		const { error, server } = await runTiny({
			items: [...wrong, ...numbered(2)],
			parameters,
		});
		expect(error?.message).toBe(
			`'Thing ID' is ".." or the like, which is not a valid ID (items 0, 3 and 3 more); 'Thing ID' is empty (items 2, 5 and 2 more)`,
		);
		expect(error?.description).toBe(
			'Enter an ID, e.g. 7. Enter a value, e.g. 7. Nothing has been sent.',
		);
		expect(server.received).toEqual([]);
	});

	it('fails alone if the node continues', async () => {
		const result = await runTiny({ items, onError: 'continueErrorOutput' });
		expect([result.items.length, result.failed.length]).toEqual([4, 1]);
		expect(result.server.received).toHaveLength(4);
	});
});

describe('the form', () => {
	it('is resolved once where it is constant, and for each item where it is not', async () => {
		const calls = { constant: 0, each: 0 };
		const counting = {
			...tiny,
			node: {
				...tiny.node,
				execute: async function (this: ThisParameterType<NonNullable<typeof tiny.node.execute>>) {
					const original = this.getNodeParameter.bind(this);
					this.getNodeParameter = ((name: string, index: number, ...rest: never[]) => {
						const raw = (rest as unknown[])[1] as { rawExpressions?: boolean } | undefined;
						if (!raw?.rawExpressions && name === 'thingId') calls.constant++;
						if (!raw?.rawExpressions && name === 'name') calls.each++;
						return original(name, index, ...rest);
					}) as typeof this.getNodeParameter;
					return (await tiny.node.execute?.call(this)) ?? [];
				},
			},
		};
		const server = await serve(keep);
		await run(counting as typeof tiny, {
			parameters: { ...create, operation: 'update', thingId: '7', name: '={{ $json.name + "" }}' },
			credential: { baseUrl: server.url, key: 'secret-of-tiny' },
			items: numbered(20),
		});
		expect(calls).toEqual({ constant: 1, each: 20 });
		expect(server.received.map(({ path }) => path)).toEqual(Array(20).fill('/things/7'));
	});

	it.each([
		['text', 'Ana'],
		['a number', 42],
		['nothing', undefined],
		['null', null],
		['empty text', ''],
		['a yes', true],
		['a list', ['a']],
		['an object', { a: 1 }],
	])('takes a column that holds %s as n8n would', async (_, value) => {
		const item = { name: value, 'my name': value } as IDataObject;
		const outcomes = [];
		// The last is no plain column, so n8n evaluates it.
		for (const column of ['.name', '["my name"]', "['my name']", '?.name']) {
			const parameters = { ...create, name: `={{ $json${column} }}` };
			const { server, error } = await runTiny({ items: [item], parameters });
			outcomes.push({ sent: server.received.map(({ body }) => body), said: error?.message });
		}
		expect(outcomes).toEqual(Array(4).fill(outcomes[3]));
	});

	it('takes no column that only the prototype has', async () => {
		const parameters = { ...create, name: '={{ $json.constructor }}' };
		const { server } = await runTiny({ items: [{}], parameters });
		expect(server.received).toEqual([]);
	});

	it('shows only what Simplify keeps, if it is on', async () => {
		const handle: Handler = () => ({ thing: { id: 1, name: 'a', huge: 'x' } });
		const run1 = await runTiny({
			handle,
			items: [{ name: 'a' }],
			parameters: { ...create, simplify: true },
		});
		const run2 = await runTiny({ handle, items: [{ name: 'a' }] });
		expect(run1.items[0]?.json).toEqual({ id: 1, name: 'a' });
		expect(run2.items[0]?.json).toEqual({ id: 1, name: 'a', huge: 'x' });
	});

	it('leaves a field as the form shows it at first where an expression finds nothing', async () => {
		const handle: Handler = () => ({ thing: { id: 1, name: 'a', huge: 'x' } });
		const parameters = { ...create, simplify: '={{ $json.none }}' };
		const { items } = await runTiny({
			handle,
			items: [{ name: 'a' }, { name: 'a', none: false }],
			parameters,
		});
		expect(items.map(({ json }) => Object.keys(json))).toEqual([
			['id', 'name'],
			['id', 'name', 'huge'],
		]);
	});

	it('says so where there is no such operation', async () => {
		const { error } = await runTiny({ parameters: { ...create, operation: 'burn' } });
		expect(error?.message).toBe('There is no operation "burn" for "thing"');
	});
});

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

describe('a list', () => {
	const total = 35;
	const list: Handler = ({ query }) => {
		const [page, size] = [Number(query.get('page')), Number(query.get('size'))];
		const things = Array.from({ length: total }, (_, n) => ({ n })).slice(
			(page - 1) * size,
			page * size,
		);
		return { things, next: page * size < total ? page + 1 : null };
	};
	const getAll = (more: IDataObject) =>
		runTiny({
			items: [{ name: 'kind' }],
			handle: list,
			parameters: { ...create, operation: 'getAll', ...more } as RunOptions['parameters'],
		});
	const sizes = ({ server }: { server: { received: Received[] } }) =>
		server.received.map(({ query }) => [Number(query.get('page')), Number(query.get('size'))]);

	it.each([
		[{ returnAll: true }, total, 4],
		[{ returnAll: false, limit: 1 }, 1, 1],
		[{ returnAll: false, limit: 10 }, 10, 1],
		[{ returnAll: false, limit: 11 }, 11, 2],
		[{ returnAll: false, limit: 50 }, total, 4],
	])('with %j gives %i records in %i pages', async (options, records, pages) => {
		const result = await getAll(options);
		expect(result.items.map(({ json }) => json.n)).toEqual(
			Array.from({ length: records }, (_, n) => n),
		);
		expect(result.server.received).toHaveLength(pages);
	});

	it('asks for no page larger than needed', async () => {
		expect(sizes(await getAll({ returnAll: false, limit: 3 }))).toEqual([[1, 3]]);
		expect(sizes(await getAll({ returnAll: false, limit: 15 }))).toEqual([
			[1, largestPage],
			[2, largestPage],
		]);
	});

	it.each([0, -1, 1.5, 'many'])('with the limit %p is refused', async (limit) => {
		const { error, server } = await getAll({ returnAll: false, limit });
		expect(error?.message).toMatch(/^'Limit' is/);
		expect(server.received).toEqual([]);
	});
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
