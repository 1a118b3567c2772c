import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import type { Item } from '../../nodes/engine/form/fields.ts';
import { json, jsonList } from '../../nodes/engine/form/json.ts';
import { list } from '../../nodes/engine/form/list.ts';
import { text } from '../../nodes/engine/form/text.ts';
import { checkLength } from '../../nodes/engine/operation/queryLength.ts';
import { get } from '../../nodes/engine/http/request.ts';
import { nested } from '../attack/values.mts';
import { quote } from '../../nodes/engine/util/text.ts';
import { run } from './engine.mts';
import { closeServers, serve } from './server.mts';
import { tiny } from './tiny.mts';

const property = { displayName: 'Thing', name: 'thing', type: 'string', default: '' } as const;
const item = { index: 0, json: {}, context: {} as Item['context'] };
const circle: IDataObject = {};
circle.self = circle;

describe('What cannot be sent is said before it is sent', () => {
	it.each([
		['text cut inside a character', text(property), 'a\ud83d', /'Thing' has half a character/],
		['a list of such', list(property), ['a', '\ude80'], /'Thing' has half a character/],
		['JSON that holds itself', json(property), circle, /'Thing' cannot be written as JSON/],
		['JSON of 101 levels', json(property), nested(101), /'Thing' has more than 100 levels/],
		[
			'JSON of 10,000 levels',
			json(property),
			nested(10_000),
			/'Thing' (cannot be written|has more than)/,
		],
		['a list of such', jsonList(property), [nested(101)], /'Thing' has more than 100 levels/],
	])('%s', (_, { read }, raw, sentence) => {
		expect(() => read(raw, item)).toThrow(sentence);
	});

	it('a query that fits into no address', () => {
		const request = { ...get`/things`, query: { thing: 'a'.repeat(6_000), other: 'b' } };
		expect(() => checkLength(request, [text(property)])).toThrow(
			"'Thing' comes to 6000 characters, more than fit into an address. Shorten it.",
		);
		expect(() =>
			checkLength({ ...request, query: { thing: 'a'.repeat(6_000) } }, []),
		).not.toThrow();
	});

	it('JSON keeps 100 levels, and names such as __proto__, as they are', () => {
		const polluting = '{"__proto__":{"polluted":"yes"},"a":1}';
		const read = json(property).read(polluting, item);
		expect(JSON.stringify(read)).toBe(polluting);
		expect(json(property).read(nested(100), item)).toEqual(nested(100));
		expect(({} as IDataObject).polluted).toBeUndefined();
	});

	it('a value that cannot be read, with the name of its field', async () => {
		const server = await serve(() => ({ thing: { id: 7 } }));
		const parameters = { resource: 'thing', operation: 'get', thingId: '={{ $json.inner }}' };
		const { error } = await run(tiny, {
			parameters,
			credential: { key: 'k', baseUrl: server.url },
			items: [{ inner: circle }],
		});
		expect(error?.message).toMatch(/^'Thing ID' /);
		expect(server.received).toEqual([]);
		await closeServers();
	});
});

it('A sentence quotes the beginning only, whatever it is about', () => {
	for (const raw of ['a'.repeat(2 ** 20), nested(10_000), circle, 42n, Symbol('a'), () => 'a']) {
		expect(quote(raw).length).toBeLessThan(70);
	}
});
