import { afterEach, describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { nameOf, numbered, keep, create, runTiny, pairsOf } from './execute.setup.mts';
import { largestPage, tiny } from './tiny.mts';
import { run, type RunOptions, type RunResult } from './engine.mts';
import { closeServers, type Handler, type Received, serve, sleep } from './server.mts';

afterEach(closeServers);

const namesOf = ({ items }: RunResult) =>
	items.map(({ json }) => (json.thing ?? json) as IDataObject).map(({ name }) => name);

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
