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
import { mapper } from '../../nodes/engine/form/mapper.ts';
import { dig, own } from '../../nodes/engine/util/json.ts';
import { namedFile } from '../../nodes/engine/form/fileName.ts';
import { pick } from '../../nodes/engine/operation/items.ts';
import { eventBody } from '../../nodes/ZenviaSales/resources/interactionForm.ts';
import { messagesIn } from '../../nodes/Salesflow/trigger/messages.ts';
import { parameters } from '../../nodes/ZenviaSales/resources/messageForm.ts';
import { topicsOf } from '../../nodes/ZenviaSales/trigger/events.ts';
import { zenviaSales } from '../../nodes/ZenviaSales/vendor.ts';
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

describe('What every object has is nobody’s data', () => {
	const names = Object.getOwnPropertyNames(Object.prototype);
	const schema = names.map((id) => ({ id, displayName: id, required: true, removed: false }));
	const automatic = { mappingMode: 'autoMapInputData', schema };

	it('in columns that are mapped by their names', () => {
		const read = mapper({ ...property, type: 'resourceMapper' });
		expect(read.read(automatic, item)).toEqual({});
		const json = JSON.parse('{"__proto__":"a","constructor":"b","other":"c"}') as IDataObject;
		const filled = read.read(automatic, { ...item, json });
		expect(JSON.stringify(filled)).toBe('{"constructor":"b","__proto__":"a"}');
	});

	it('in variables of a template, which are missing then', () => {
		expect(() => parameters.read(automatic, item)).toThrow('The template lacks "constructor", ');
	});

	it('in what is looked up by a name from outside', () => {
		for (const name of names) {
			expect(own({ a: 1 } as Record<string, number>, name)).toBeUndefined();
			expect(dig({ a: {} }, name)).toBeUndefined();
			expect(dig({ a: {} }, 'a', name)).toBeUndefined();
			expect(zenviaSales.address({ environment: name, baseUrl: 'custom' })).toBe('custom');
			expect(messagesIn(`<p>&${name};</p>`, '')[0]?.Text).toBe(`&${name};`);
			expect(topicsOf([name as 'note'])).toEqual([]);
			expect(namedFile({ data: '', mimeType: name, fileName: 'a' })).toBe('a');
			expect(() => eventBody(name, 'a', {} as never)).toThrow(`The ${name} is empty`);
			expect(Object.keys(pick({}, names))).toEqual([]);
		}
	});
});

it('A sentence quotes the beginning only, whatever it is about', () => {
	for (const raw of ['a'.repeat(2 ** 20), nested(10_000), circle, 42n, Symbol('a'), () => 'a']) {
		expect(quote(raw).length).toBeLessThan(70);
	}
});
