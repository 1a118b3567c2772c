import { afterEach, describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { everything, run, type RunOptions, type RunResult } from './engine.mts';
import { answer, closeServers, type Handler, type Received, serve, sleep } from './server.mts';
import { tiny, tinyApi } from './tiny.mts';

afterEach(closeServers);

const create = { resource: 'thing', operation: 'create', name: '={{ $json.name }}' };
const keys = ['ana-secret-key', 'bea-secret-key', 'cid-secret-key'];
/** Items of three clients, never two of one in a row. */
const mixed = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, n) => ({ name: `n${n}`, key: keys[n % 3], id: 't' }));

const keyOf = ({ query }: Received): string => String(query.get('token'));
const nameOf = ({ body }: Received): string => String((body as IDataObject).name);
const keep: Handler = (received) => ({ thing: { id: 1, name: nameOf(received) } });

type Options = Partial<RunOptions> & { handle?: Handler; key?: string };

async function runTiny({ handle = keep, key = '={{ $json.key }}', ...options }: Options) {
	const server = await serve(handle);
	const credential = { key, baseUrl: server.url };
	const result = await run(tiny, { parameters: create, credential, items: mixed(9), ...options });
	return { ...result, server };
}

/** What arrived with each key, in the order of its arrival. */
function journals(received: Received[]): Record<string, string[]> {
	const all: Record<string, string[]> = {};
	for (const one of received) (all[keyOf(one)] ??= []).push(nameOf(one));
	return all;
}

const expected = (items: IDataObject[]) =>
	Object.fromEntries(
		keys.map((key) => [key, items.filter((item) => item.key === key).map(({ name }) => name)]),
	);
const pairsOf = ({ items }: RunResult) => items.map(({ pairedItem }) => pairedItem);

describe('A credential with an expression', () => {
	it('sends each item with its own key, and answers in the order of the items', async () => {
		const items = mixed(60);
		const handle: Handler = async (received, ...rest) => {
			await sleep(Math.random() * 15);
			return await keep(received, ...rest);
		};
		const result = await runTiny({ items, handle });
		expect(result.error).toBeUndefined();
		const arrived = journals(result.server.received);
		for (const names of Object.values(arrived)) names.sort();
		const wanted = expected(items);
		for (const names of Object.values(wanted)) names.sort();
		expect(arrived).toEqual(wanted);
		expect(result.items.map(({ json }) => json.name)).toEqual(items.map(({ name }) => name));
		expect(pairsOf(result)).toEqual(items.map((_, item) => ({ item })));
	});

	it('takes a number and its text for one key, as a column of a spreadsheet may hold both', async () => {
		const items = [29854, '29854', 29854, '29854'].map((key, n) => ({ name: `n${n}`, key }));
		const done: string[] = [];
		const { error } = await runTiny({
			...{ items, parameters: { ...create, operation: 'update', thingId: '7' } },
			handle: async (received, ...rest) => {
				const name = nameOf(received);
				await sleep(name === 'n0' ? 50 : 0);
				done.push(name);
				return await keep(received, ...rest);
			},
		});
		expect(error).toBeUndefined();
		// Writes to one thing keep their order, with one client for all.
		expect(done).toEqual(['n0', 'n1', 'n2', 'n3']);
	});

	it.each([
		['of the item', '={{ $json.key }}'],
		['of the item, by a default', '={{ $json.none ?? $json.key }}'],
		['of its number', `={{ ${JSON.stringify(keys)}[$itemIndex % 3] }}`],
		[
			'of one number',
			`={{ $itemIndex % 3 === 1 ? '${keys[1]}' : $itemIndex % 3 ? '${keys[2]}' : '${keys[0]}' }}`,
		],
		['of the node before', "={{ $('Items').item.json.key }}"],
	])('goes by what n8n makes of it for each item: %s', async (_, key) => {
		const { server, error } = await runTiny({ key });
		expect(error?.message).toBeUndefined();
		const arrived = journals(server.received);
		expect(Object.fromEntries(keys.map((one) => [one, arrived[one]?.sort()]))).toEqual(
			expected(mixed(9)),
		);
	});

	it('may name a client in the middle only', async () => {
		const key = `={{ $itemIndex === 4 ? '${keys[1]}' : '${keys[0]}' }}`;
		const { server } = await runTiny({ key });
		expect(journals(server.received)[keys[1] as string]).toEqual(['n4']);
	});

	it('is read once where there is none, however many items there are', async () => {
		const { reads, server } = await runTiny({ key: keys[0], items: mixed(40) });
		expect([reads, server.received.length]).toEqual([1, 40]);
	});

	it('never mixes clients in one batch', async () => {
		const batches: string[][] = [];
		const handle: Handler = (received) => {
			const { names } = received.body as { names: string[] };
			batches.push(names.map((name) => `${keyOf(received)} ${name}`));
			return { things: names.map((name) => ({ name, of: names.length })) };
		};
		const items = mixed(12);
		const result = await runTiny({ handle, items, parameters: { ...create, operation: 'lookup' } });
		expect(batches.map((batch) => new Set(batch.map((one) => one.split(' ')[0])).size)).toEqual(
			batches.map(() => 1),
		);
		// Four items of each client, three to a request.
		expect(batches.map(({ length }) => length).sort()).toEqual([1, 1, 1, 3, 3, 3]);
		expect(result.items.map(({ json }) => json.name)).toEqual(items.map(({ name }) => name));
		expect(pairsOf(result)).toEqual(items.map((_, item) => ({ item })));
	});

	it('keeps the order of writes to one thing for each client, and holds up no other', async () => {
		const items = mixed(9);
		const { server } = await runTiny({
			items,
			parameters: { ...create, operation: 'update', thingId: '={{ $json.id }}' },
			handle: async (received, ...rest) => {
				await sleep(Math.random() * 20);
				return await keep(received, ...rest);
			},
		});
		expect(journals(server.received)).toEqual(expected(items));
		expect(server.mostAtOnce).toBe(3);
	});

	it('keeps the pace of each key by itself', async () => {
		const items = mixed(30);
		const server = await serve(keep);
		const credential = { key: '={{ " " + $json.key }}', baseUrl: server.url, perSecond: 20 };
		await run(tiny, { parameters: create, credential, items });
		const times = keys.map((key) =>
			server.received.filter((one) => keyOf(one) === key).map(({ at }) => at),
		);
		const [firsts, lasts] = [Math.min, Math.max].map((end) => times.map((all) => end(...all)));
		// Ten for each key take 0.45 seconds, and all keys are under way at the same time.
		const least = Math.min(...times.map((all) => Math.max(...all) - Math.min(...all)));
		expect(least).toBeGreaterThan((9 / 20) * 1000 * 0.8);
		expect(Math.max(...(firsts ?? []))).toBeLessThan(Math.min(...(lasts ?? [])));
	});
});

describe('A credential that cannot be used for an item', () => {
	const withKey = (changes: Record<number, unknown>) =>
		mixed(9).map((item, n) => (n in changes ? { ...item, key: changes[n] as string } : item));

	it.each<[string, unknown, string]>([
		['empty', '', "'Key' of item 3 is empty."],
		['missing', undefined, "'Key' of item 3 is empty."],
		['null', null, "'Key' of item 3 is empty."],
		['blank', ' \u00a0\t', "'Key' of item 3 is empty."],
		['a list', ['a'], "'Key' of item 3 is a list."],
		['an object', { a: 1 }, "'Key' of item 3 is an object."],
		['text of nothing', 'undefined', `'Key' of item 3 is "undefined".`],
		...['#N/A', '#DIV/0!', 'Err:502', 'N/A', 'null', 'unknown', '-'].map(
			(none): [string, unknown, string] => [
				`what a cell without one holds, ${none}`,
				none,
				`'Key' of item 3 is "${none}".`,
			],
		),
		['broken in two', 'abc\ndef', "'Key' of item 3 is cut or has a line break in it."],
		[
			'with a hidden character',
			'abc\u200bdef',
			"'Key' of item 3 has an invisible character in it (U+200B).",
		],
	])('%s: nothing is sent', async (_, value, sentence) => {
		const { error, server } = await runTiny({ items: withKey({ 3: value }) });
		expect(error?.message).toBe(sentence);
		expect(error?.description).toBe('Nothing has been sent.');
		expect(server.received).toEqual([]);
	});

	it('fails alone where the node is set to continue', async () => {
		const items = withKey({ 3: '', 7: null });
		const result = await runTiny({ items, onError: 'continueRegularOutput' });
		expect(result.items.map(({ json }) => json.error ?? json.name)).toEqual(
			items.map(({ name }, n) => (n in { 3: 1, 7: 1 } ? `'Key' of item ${n} is empty.` : name)),
		);
		expect(result.server.received).toHaveLength(7);
	});

	it('is named for all items that it is so for', async () => {
		const items = withKey({ 1: '', 2: '', 5: '', 6: '', 8: '' });
		items[7] = { ...items[7], name: '' };
		const { error } = await runTiny({ items });
		expect(error?.message).toBe("'Key' is empty (items 1, 2 and 3 more); 'Name' is empty (item 7)");
		expect(error?.description).toBe('Enter a value. Nothing has been sent.');
	});

	it('says what n8n says where the expression itself fails', async () => {
		const key = "={{ $json.key || $('Nowhere').item.json.key }}";
		const items = withKey({ 3: '' });
		const stopped = await runTiny({ items, key });
		expect(stopped.error?.message).toMatch(
			/^An expression in the Tiny credential cannot be read: .+\.$/,
		);
		expect(stopped.error?.context.itemIndex).toBe(3);
		expect(stopped.server.received).toEqual([]);
		const { items: all, server } = await runTiny({ items, key, onError: 'continueRegularOutput' });
		expect(all.map(({ json }) => 'error' in json).indexOf(true)).toBe(3);
		expect(server.received).toHaveLength(8);
	});

	it('is the credential’s where it is the same for all', async () => {
		const { error, server } = await runTiny({ key: ' ' });
		expect(error?.message).toBe(
			"'Key' of the Tiny credential is empty. Open the credential and correct it.",
		);
		expect(server.received).toEqual([]);
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'fails each item where it is the same for all and the node is set to continue: %s',
		async (onError) => {
			const result = await runTiny({ key: ' ', onError });
			const ended = onError === 'continueErrorOutput' ? result.failed : result.items;
			expect(ended.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual(
				mixed(9).map((_, item) => [
					expect.stringContaining("'Key' of the Tiny credential is empty"),
					{ item },
				]),
			);
			expect(result.error).toBeUndefined();
			expect(result.server.received).toEqual([]);
		},
	);

	it('is refused by the vendor for that item alone', async () => {
		const handle: Handler = (received, ...rest) =>
			keyOf(received) === keys[1]
				? answer(401, { message: 'Unknown key' })(received, ...rest)
				: keep(received, ...rest);
		const { items } = await runTiny({ handle, onError: 'continueRegularOutput' });
		expect(items.map(({ json }) => 'error' in json)).toEqual(
			mixed(9).map(({ key }) => key === keys[1]),
		);
	});
});

it('no key of any client shows in what another gets', async () => {
	const handle: Handler = (received, ...rest) =>
		nameOf(received) === 'n4'
			? answer(422, { message: `Not ${keys.join(', ')}` })(received, ...rest)
			: { thing: { id: 1, name: nameOf(received), said: keys.join(', ') } };
	const parameters = { ...create, simplify: false };
	const { items, run: all } = await runTiny({
		handle,
		parameters,
		onError: 'continueRegularOutput',
	});
	expect(items).toHaveLength(9);
	expect(items[4]?.json.error).toContain('Not [hidden], [hidden], [hidden]');
	const output = everything(all.data.resultData.runData.Node);
	for (const key of keys) expect(output).not.toContain(key);
});

it('serves no more keys at once than a handful, each with the requests that the vendor allows', async () => {
	const items = Array.from({ length: 100 }, (_, n) => ({
		name: `n${n}`,
		key: `secret-key-${n % 25}`,
	}));
	const { server, error } = await runTiny({
		items,
		handle: async (received, ...rest) => {
			await sleep(20);
			return await keep(received, ...rest);
		},
	});
	expect(error).toBeUndefined();
	expect(server.received).toHaveLength(100);
	expect(server.mostAtOnce).toBeLessThanOrEqual(10 * Number(tinyApi.concurrency));
});
