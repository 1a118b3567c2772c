import { describe, expect, it } from '@jest/globals';
import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import { rows } from '../../nodes/engine/form/collections.ts';
import type { Item } from '../../nodes/engine/form/fields.ts';
import { json, jsonBody, jsonList } from '../../nodes/engine/form/json.ts';
import { list, nameList } from '../../nodes/engine/form/list.ts';
import { mapper } from '../../nodes/engine/form/mapper.ts';
import { number } from '../../nodes/engine/form/number.ts';
import { text } from '../../nodes/engine/form/text.ts';
import { item, old, property } from './cells.setup.mts';

describe('a list', () => {
	const tags = list(property());

	it.each([
		['[VIP] customer', ['[VIP] customer']],
		['[VIP] customer, [new]', ['[VIP] customer', '[new]']],
		['[1] first', ['[1] first']],
		['[1, 2]', ['1', '2']],
		['["a", "b"]', ['a', 'b']],
		[' [ ] ', []],
	])('%j is %j', (raw, value) => expect(tags.read(raw, item)).toEqual(value));

	it.each(['[VIP, Gold]', '[1,2] first', ' [a\nb]'])('%j would be parted inside', (raw) => {
		expect(() => tags.read(raw, item)).toThrow('with brackets around several entries');
		expect(nameList(property()).read('a;b', item)).toEqual(['a', 'b']);
	});

	it.each([12345678901234567890, 1e21])('%p has lost digits, and is no tag', (raw) => {
		expect(() => tags.read(raw, item)).toThrow('has more digits than a number keeps');
		expect(tags.read(12.5, item)).toEqual(['12.5']);
	});

	it.each(['["a"', '[{"a": 1', "['a']"])('%j is broken JSON', (raw) => {
		expect(() => tags.read(raw, item)).toThrow('is not valid JSON');
	});

	it('of version 1 takes a bracket for JSON', () => {
		expect(() => tags.read('[VIP] customer', old)).toThrow('is not valid JSON');
	});
});

describe('a row of a list that is handed over', () => {
	const value = text({ ...property({ displayName: 'Value' }), name: 'value' });
	const key = text({ ...property({ displayName: 'Key', required: true }), name: 'key' });
	const pairs = rows(property(), { displayName: 'Row', name: 'row' }, [key, value]);

	it.each(['[{"key": "plan", "Value": "Pro"}]', [{ key: 'plan', val: 0 }]])(
		'is refused with a key that is no field of it: %j',
		(raw) => {
			expect(() => pairs.read(raw, item)).toThrow(
				/^'Thing' has "(Value|val)" in row 1, which is not one of key, value\. Rename it, or remove it\.$/,
			);
			expect(pairs.read(raw, old)).toEqual([{ key: 'plan' }]);
		},
	);

	it('may have empty ones, and those of a record that a vendor answered', () => {
		const raw = [{ key: 'plan', value: 'Pro', _id: 'a7', id: 7, note: ' ' }];
		expect(pairs.read(raw, item)).toEqual([{ key: 'plan', value: 'Pro' }]);
	});
});

describe('what is inside JSON', () => {
	const object = json(property({ type: 'json' }));
	const objects = jsonList(property({ type: 'json' }));
	const body = jsonBody(property({ type: 'json' }));

	it.each<[unknown, string]>([
		[{ score: Number.NaN }, 'NaN'],
		[{ a: [{ b: Infinity }] }, 'Infinity'],
		[{ since: new Date(Number.NaN) }, 'Invalid Date'],
		[{ since: DateTime.fromISO('yesterday') }, 'Invalid DateTime'],
		['{"plan": "#N/A"}', '#N/A'],
		[{ plan: '#REF!' }, '#REF!'],
		['{"name": "undefined"}', 'undefined'],
	])('is held to the rule of single values: %j', (raw, word) => {
		expect(() => object.read(raw, item)).toThrow(`'Thing' holds "${word}", which `);
		expect(() => objects.read([raw].map(parsed), item)).toThrow(`'Thing' holds "${word}"`);
		expect(() => body.read(raw, item)).toThrow(`'Thing' holds "${word}"`);
		expect(object.read(raw, old)).toBeDefined();
	});

	it.each<[unknown]>([
		[{ contract: 12345678901234567890 }],
		['{"contract": 12345678901234567890}'],
		[{ a: [{ b: -1e21 }] }],
	])('is refused where a number in it has lost digits, as a cell is: %j', (raw) => {
		const sentence =
			/^'Thing' holds -?1\S+, which has more digits than a number keeps\. Write it in/;
		expect(() => object.read(raw, item)).toThrow(sentence);
		expect(() => objects.read([raw].map(parsed), item)).toThrow(sentence);
		expect(() => body.read(raw, item)).toThrow(sentence);
		expect(object.read(raw, old)).toBeDefined();
	});

	it('keeps numbers as long as they can be kept, and longer ones in quotes', () => {
		const raw = { a: 2 ** 53 - 1, b: 1.23456789e20 / 3e12, c: '12345678901234567890' };
		expect(object.read(raw, item)).toEqual(raw);
	});

	it('is sent as it is otherwise', () => {
		const raw = { a: null, b: 'N/A', c: [1.5, { d: new Date(1.7e12) }], e: '' };
		const sent = { ...raw, c: [1.5, { d: '2023-11-14T22:13:20.000Z' }] };
		expect(object.read(raw, item)).toEqual(sent);
	});
});

const parsed = (raw: unknown): unknown =>
	typeof raw === 'string' ? (JSON.parse(raw) as unknown) : raw;

describe('a mapping from columns of the same names', () => {
	const schema = [
		{ id: '1', displayName: 'Plan' },
		{ id: '2', displayName: 'Profissão' },
	];
	const auto = { mappingMode: 'autoMapInputData', schema };
	const mapped = (row: IDataObject, more: Partial<Item> = {}) =>
		mapper(property()).read(auto, { ...item, ...more, json: row });

	it.each<[IDataObject, object]>([
		[{ '\ufeffPlan': 'Pro' }, { 1: 'Pro' }],
		[{ ' Plan\u00a0': 'Pro' }, { 1: 'Pro' }],
		[{ ['Profissão'.normalize('NFD')]: 'x' }, { 2: 'x' }],
		[{ Plan: 'Pro', 'Plan ': 'Free' }, { 1: 'Pro' }],
		[{ plan: 'Pro' }, {}],
	])('%j is %j', (row, values) => {
		expect(mapped(row)).toEqual(values);
		if (!('Plan' in row)) expect(mapped(row, { version: 1 })).toEqual({});
	});

	const toldOf = (row: IDataObject, others: IDataObject[] = [], mapping: object = auto) => {
		const rows = [row, ...others].map((json) => ({ json }));
		const context = { ...item.context, getInputData: () => rows } as typeof item.context;
		const told: string[] = [];
		mapper(property()).read(mapping, {
			...{ ...item, json: row, context },
			notice: ({ displayName }, what) => told.push(`'${displayName}' ${what}`),
		});
		return told;
	};

	it.each([
		['PLAN', 'Plan'],
		['Profissao', 'Profissão'],
		['pro-fissão', 'Profissão'],
	])('says that it leaves out %j', (column, title) => {
		expect(toldOf({ [column]: 'Pro' }, [{ Plan: 'Pro' }])).toEqual([
			`'Thing' left out the column "${column}", which has to be called "${title}"`,
		]);
		expect(toldOf({ [column]: '' }, [{ Plan: 'Pro' }])).toEqual([]);
		expect(toldOf({ [column]: 'Pro', [title]: '' })).toEqual([]);
	});

	it('says that no columns were loaded into the form', () => {
		const mapping = { mappingMode: 'autoMapInputData', value: null, schema: [] };
		expect(toldOf({ Plan: 'Pro' }, [], mapping)).toEqual([
			"'Thing' knows no columns to fill: refresh them in the form",
		]);
	});

	it('says that no item has one of its columns, and nothing of an empty cell', () => {
		const none = "'Thing' found no column of its names in the input";
		expect(toldOf({ Setor: 'x' }, [{ Setor: 'y' }])).toEqual([none]);
		expect(toldOf({ Setor: 'x' }, [{ Plan: 'Pro' }])).toEqual([]);
		expect(toldOf({ Plan: '' })).toEqual([]);
	});

	it('refuses a number that lost digits, by its column', () => {
		expect(() => mapped({ Plan: 12345678901234567890 })).toThrow(
			/^'Plan' is 1234567890123456\d+, and has more digits than a number keeps/,
		);
		expect(mapped({ Plan: 1e21 }, { version: 1 })).toEqual({ 1: 1e21 });
	});
});

describe('a row that holds nothing but its defaults', () => {
	const quantity = number({
		...property({ displayName: 'Quantity', type: 'number', required: true, default: 1 }),
		name: 'quantity',
	});
	const product = text({ ...property({ displayName: 'Product' }), name: 'product' });
	const items = rows(property(), { displayName: 'Row', name: 'row' }, [product, quantity]);
	const raw = {
		row: [
			{ product: 'Tyre', quantity: 1 },
			{ product: ' ', quantity: 1 },
		],
	};

	it('is refused', () => {
		expect(() => items.read(raw, item)).toThrow(/has a row without a value \(row 2\)/);
		expect(() => items.read('[{"quantity": 1}]', item)).toThrow('row without a value (row 1)');
	});

	it.each(['1', ' 1 ', '1.0'])('is refused with a quantity of %j alone', (quantity) => {
		expect(() => items.read({ row: [{ product: '', quantity }] }, item)).toThrow(
			'has a row without a value (row 1)',
		);
	});

	it('is none where somebody entered another number', () => {
		expect(items.read('[{"quantity": 3}]', item)).toEqual([{ quantity: 3 }]);
	});

	it('is not there for an agent, which cannot leave it out', () => {
		expect(items.read(raw, { ...item, isTool: true })).toEqual([{ product: 'Tyre', quantity: 1 }]);
	});

	it('goes out from version 1 as it did', () => {
		expect(items.read('[{"quantity": 1}]', old)).toEqual([{ quantity: 1 }]);
	});
});
