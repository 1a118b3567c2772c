import { describe, expect, it } from '@jest/globals';
import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { choice } from '../../nodes/engine/form/choice.ts';
import { group, rows } from '../../nodes/engine/form/collections.ts';
import { date } from '../../nodes/engine/form/date.ts';
import type { Field, Item } from '../../nodes/engine/form/fields.ts';
import { flag } from '../../nodes/engine/form/flag.ts';
import { id } from '../../nodes/engine/form/id.ts';
import { json, jsonBody, jsonList } from '../../nodes/engine/form/json.ts';
import { list, nameList } from '../../nodes/engine/form/list.ts';
import { mapper } from '../../nodes/engine/form/mapper.ts';
import { number } from '../../nodes/engine/form/number.ts';
import { email, reference, text, webUrl } from '../../nodes/engine/form/text.ts';

const zone = 'America/Sao_Paulo';
const context = { getTimezone: () => zone } as IExecuteFunctions;
const item: Item = { index: 0, json: {}, context };
const old: Item = { ...item, version: 1 };
const property = (more: Partial<INodeProperties> = {}) => ({
	displayName: 'Thing',
	name: 'thing' as const,
	type: 'string' as const,
	default: '',
	...more,
});

/** What a field makes of a value, with what it says about that. */
function read(field: Field, raw: unknown, more: Partial<Item> = {}) {
	const notices: string[] = [];
	const notice: Item['notice'] = ({ displayName }, what) => notices.push(`${displayName} ${what}`);
	return { value: field.read(raw, { ...item, notice, ...more }), notices };
}

describe('a date', () => {
	const moment = date(property({ type: 'dateTime' }));

	it.each([
		[45322, 'the day count of a spreadsheet', '2024-01-31T03:00:00.000Z'],
		['45322', 'the day count of a spreadsheet', '2024-01-31T03:00:00.000Z'],
		['45322.0', 'the day count of a spreadsheet', '2024-01-31T03:00:00.000Z'],
		// What LibreOffice and Excel show of 31 January 2024, 9:30, where decimals have a comma.
		['45322,3958333333', 'the day count of a spreadsheet', '2024-01-31T12:30:00.000Z'],
		[45322.395833333336, 'the day count of a spreadsheet', '2024-01-31T12:30:00.000Z'],
		[45322.99999, 'the day count of a spreadsheet', '2024-02-01T02:59:59.136Z'],
		// In summer time, which São Paulo had then.
		[43119, 'the day count of a spreadsheet', '2018-01-19T02:00:00.000Z'],
		// 4 November 2018 began at one o'clock there.
		[43408, 'the day count of a spreadsheet', '2018-11-04T03:00:00.000Z'],
		[29221, 'the day count of a spreadsheet', '1980-01-01T03:00:00.000Z'],
		[73050, 'the day count of a spreadsheet', '2099-12-31T03:00:00.000Z'],
		[1706693400, 'seconds since 1970', '2024-01-31T09:30:00.000Z'],
		['1706693400', 'seconds since 1970', '2024-01-31T09:30:00.000Z'],
		[1706693400.5, 'seconds since 1970', '2024-01-31T09:30:00.500Z'],
		[1706693400000, 'milliseconds since 1970', '2024-01-31T09:30:00.000Z'],
		[' 1706693400000 ', 'milliseconds since 1970', '2024-01-31T09:30:00.000Z'],
	])('%p is %s, and says so', (raw, from, iso) => {
		const { value, notices } = read(moment, raw);
		expect(value).toBe(iso);
		expect(notices).toEqual([`Thing is "${raw}", which was read as ${from}: ${iso}`]);
	});

	it.each<[unknown, string]>([
		['2024-01-31', '2024-01-31T03:00:00.000Z'],
		[new Date('2024-01-31T09:30:00Z'), '2024-01-31T09:30:00.000Z'],
		// What SheetJS makes of 9:30 in an .ods file.
		[new Date('2024-01-31T09:29:59.999Z'), '2024-01-31T09:30:00.000Z'],
		[new Date('2024-01-31T09:29:59.998Z'), '2024-01-31T09:29:59.998Z'],
		[DateTime.fromISO('2024-01-31T09:30', { zone: 'Asia/Tokyo' }), '2024-01-31T00:30:00.000Z'],
	])('%p is one without a word', (raw, iso) => {
		expect(read(moment, raw)).toEqual({ value: iso, notices: [] });
	});

	it.each([
		...[0, 1, -45322, 2026, 202601, 20260131, 31012026, 202601310930, 20260131093000],
		...[29220, 73051, 999999, 1706693400000000, 1e300, 45.322],
		...['45.322,5', '1e9', '31/01/2026', '45322 days', '-45322', '0x1'],
	])('%p is refused', (raw) => {
		expect(() => moment.read(raw, item)).toThrow(/which is not a valid date\. Pick one/);
	});

	// The 0 of scripts, spreadsheets and databases; new Date(null) is the first.
	it.each([
		...[new Date(0), DateTime.fromMillis(0), '1970-01-01', '1899-12-30', '1899-12-31T00:00:00'],
		...['1900-01-01', '0001-01-01', '0001-01-01T00:00:00Z', '1904-01-01'],
	])('%p stands for none, and is refused', (raw) => {
		expect(() => moment.read(raw, item)).toThrow(
			/'Thing' is .+, which programs write when there is no date\. Pick a later one\.$/,
		);
		expect(moment.read(raw, old)).toMatch(/Z$/);
	});

	it.each(['\u200b2024-01-31', '2024-01-31\u200e', '\ufeff 2024-01-31\u00a0'])(
		'%j is one without what cannot be seen',
		(raw) => expect(moment.read(raw, item)).toBe('2024-01-31T03:00:00.000Z'),
	);

	it('of version 1 is milliseconds wherever it is a number', () => {
		expect(read(moment, 45322, old)).toEqual({ value: '1970-01-01T00:00:45.322Z', notices: [] });
	});
});

describe('a flag', () => {
	const off = flag(property({ type: 'boolean', default: false }));
	const on = flag(property({ type: 'boolean', default: true }));

	it.each([
		...[true, 'true', 'TRUE', ' True ', 'tRuE\u200b', 1, '1', 'yes', 'YES', '\u00a0Yes\t'],
		...['VERDADEIRO', 'verdadero', 'Sim', 'sí', 'SI\u0301', 'si'],
	])('%j is yes', (raw) => expect(off.read(raw, item)).toBe(true));

	it.each([
		...[false, 'false', 'FALSE', ' False', 0, '0', 'no', 'NO ', 'FALSO', 'não', 'NAO', 'nao'],
	])('%j is no', (raw) => expect(on.read(raw, item)).toBe(false));

	it.each(['x', '2', 2, -1, 'on', 'y', 'ja', 'verdade', 'truefalse', '1.5', [], [true], {}])(
		'%j is refused',
		(raw) => {
			expect(() => on.read(raw, item)).toThrow(
				/^'?Thing'? is .+, which is neither yes nor no\. Enter true or false\.$/,
			);
		},
	);

	it('that is empty is as the form shows it', () => {
		expect([on.read('', item), off.read(' ', item)]).toEqual([true, false]);
	});

	it('of version 1 is true or "true"', () => {
		expect(['true', true, 'TRUE', 'yes', 1].map((raw) => on.read(raw, old))).toEqual([
			true,
			true,
			false,
			false,
			false,
		]);
	});
});

describe('a number', () => {
	const price = number(property({ type: 'number' }));

	it.each([
		[1234.56, 1234.56],
		['1234.56', 1234.56],
		['1234,56', 1234.56],
		['1.234,56', 1234.56],
		['1,234.56', 1234.56],
		['1.234.567', 1234567],
		['1,234,567.8', 1234567.8],
		['-12,5', -12.5],
		['+7', 7],
		['0,125', 0.125],
		['12345.678', 12345.678],
		['\u200b 42\u00a0', 42],
		['007', 7],
	])('%j is %p', (raw, value) => expect(price.read(raw, item)).toBe(value));

	it.each(['1.234', '1,234', '-12.345', '999,999'])('%j is two, and refused', (raw) => {
		expect(() => price.read(raw, item)).toThrow(/ to some and .+ to others\. Enter it without/);
	});

	it.each([
		...['1.2345,6', '1.23.456', '0.125.333', '1,2,3', '12 345', 'R$ 12', '12%', '0x2a', '1e5'],
		...['1.23E+5', '--1', '1.', '.5', 'abc', '4_2', true, [1], {}, Number.NaN, Infinity],
	])('%p is refused', (raw) => expect(() => price.read(raw, item)).toThrow(/Thing'? is /));

	it.each(['12345678901234567890', '12.345.678.901.234.567.890', 1e21, 2 ** 60])(
		'%p has lost digits, and is refused',
		(raw) => {
			expect(() => price.read(raw, item)).toThrow('has more digits than a number keeps');
			expect(typeof price.read(2 ** 60, old)).toBe('number');
		},
	);

	it('of version 1 is what JavaScript takes for one', () => {
		expect(price.read('1.234', old)).toBe(1.234);
	});
});

describe('what stands for no value', () => {
	const fields: Array<[string, Field]> = [
		['text', text(property())],
		['email', email(property())],
		['URL', webUrl(property())],
		['ID', id(property())],
		['reference', reference(property())],
		['date', date(property())],
		['number', number(property())],
		['flag', flag(property())],
		['choice', choice(property())],
		['list', list(property())],
		['list of names', nameList(property())],
	];
	const words = [
		...['#N/A', '#n/a', '#DIV/0!', '#REF!', '#VALUE!', '#NAME?', '#NULL!', '#NUM!', '#SPILL!'],
		...['#N/D', '#NÚM!', '#¡VALOR!', '#VALOR!', '#NOME?', '#¿NOMBRE?', '#¡DIV/0!', '#N/DISP'],
		...['Err:502', 'Erro:522', '########', ' #N/A ', 'NaN', 'Infinity', 'undefined'],
		...['Invalid DateTime', 'Invalid Date', '[object Object]', 'Ana [object Object]'],
		...[Number.NaN, -Infinity, new Date(Number.NaN), DateTime.fromISO('yesterday')],
	];

	it.each(fields)('is refused by name in a %s', (_, field) => {
		for (const raw of words) {
			expect(() => field.read(raw, item)).toThrow(
				/Thing'? is ".+", which (?:is not a value|was made from an object|a spreadsheet writes)/,
			);
		}
	});

	it('is refused inside a list, a set and a mapping', () => {
		expect(() => list(property()).read('a, #N/A', item)).toThrow('"#N/A"');
		expect(() => list(property()).read(['a', Number.NaN], item)).toThrow('"NaN"');
		const inner = text({ ...property(), name: 'inner' });
		expect(() => group(property(), [inner]).read({ inner: '#REF!' }, item)).toThrow('"#REF!"');
		const mapped = { mappingMode: 'defineBelow', value: { city: '#N/A' } };
		expect(() => mapper(property()).read(mapped, item)).toThrow(/'?city'? is "#N\/A"/);
	});

	it('is in no text that only looks like it', () => {
		const fine = ['Nan', 'NAN Bakery', '#1', '#promo!', 'N/A', '#VIP', 'Undefined', 'null', '##'];
		expect(fine.map((raw) => text(property()).read(raw, item))).toEqual(fine);
	});

	it('goes out from version 1 as it did', () => {
		expect(text(property()).read('#N/A', old)).toBe('#N/A');
	});
});

describe('a moment in a text field', () => {
	it.each([
		[new Date('2024-01-31T09:30:00Z'), '2024-01-31T09:30:00.000Z'],
		[DateTime.fromISO('2024-01-31T09:30', { zone }), '2024-01-31T09:30:00.000-03:00'],
	])('is ISO text', (raw, iso) => {
		expect(text(property()).read(raw, item)).toBe(iso);
		expect(list(property()).read([raw], item)).toEqual([iso]);
		const mapped = { mappingMode: 'defineBelow', value: { day: raw } };
		expect(mapper(property()).read(mapped, item)).toEqual({ day: iso });
		expect(() => text(property()).read(raw, old)).toThrow('is an object');
	});
});

describe('invisible characters', () => {
	const names: Array<[string, Field, string]> = [
		['an e-mail', email(property()), 'ana@example.com'],
		['an ID', id(property()), 'a789'],
		['an ID of another system', reference(property()), '005UK1'],
		['a URL', webUrl(property()), 'https://example.com/a'],
		['a list of names', nameList(property()), 'ana@example.com'],
		['a choice from the vendor', choice(property()), '64b0f3a2c9e7'],
	];
	const characters = ['\u200b', '\u200d', '\u00ad', '\u202a', '\u2066', '\u2060', '\ufeff', '\0'];

	it.each(names)('go from the ends of %s, in all versions', (_, field, name) => {
		for (const one of characters) {
			for (const each of [item, old]) {
				expect([field.read(`${one} ${name}${one}`, each)].flat()).toEqual([name]);
			}
		}
	});

	it.each(names)('are refused inside %s, in all versions', (_, field, name) => {
		for (const one of characters) {
			for (const each of [item, old]) {
				const raw = `${name.slice(0, 2)}${one}${name.slice(2)}`;
				expect(() => field.read(raw, each)).toThrow(
					/invisible character inside \(U\+[0-9A-F]{4}\)/,
				);
			}
		}
	});

	it('stay in texts, where they may be meant', () => {
		expect(text(property()).read('👩\u200d💻 Ana', item)).toBe('👩\u200d💻 Ana');
	});
});

describe('an ID', () => {
	it.each([
		...['n/a', 'N/A', 'null', 'None', '-', '--', '?', '0', 0, false, true, 'FALSE', 'VERDADEIRO'],
	])('is not %p, which stands in each row that has none', (raw) => {
		expect(() => id(property()).read(raw, item)).toThrow(
			`'Thing' is "${raw}", which is not a valid ID. Enter an ID.`,
		);
		expect(id(property()).read(raw, old)).toBe(String(raw));
	});

	it.each(['a1\nb2', 'a1\r\nb2', 'a1\u2028b2'])('is one line: %j', (raw) => {
		expect(() => id(property()).read(raw, item)).toThrow('which has several lines. Enter one ID.');
		expect(id(property()).read(` ${raw.slice(0, 2)}\r\n`, item)).toBe('a1');
	});

	it.each(['nancy', 'na1', 'true-1', 'a-0', '100'])('is %p', (raw) => {
		expect(id(property()).read(raw, item)).toBe(raw);
	});
});

describe('a long number', () => {
	it.each(['1,234,567', '1.234.567', '21248461.0', '7,8', '7; 8', '7\n8', '1 234 567'])(
		'%j has something between its digits, and is no ID, of which a server that reads numbers may take the beginning',
		(raw) => {
			expect(() => id(property()).read(raw, item)).toThrow(
				'which has something between its digits. Enter one ID, without it.',
			);
			expect(id(property()).read(raw, old)).toBe(raw);
		},
	);

	it.each(['5.51199E+12', '5,51199e+12', 1e21])('in scientific notation is no ID: %p', (raw) => {
		expect(() => id(property()).read(raw, item)).toThrow(
			/scientific notation|more digits than a number keeps/,
		);
		expect(() => reference(property()).read(String(raw), item)).toThrow(
			'which a spreadsheet turned into scientific notation. Format the column as text.',
		);
	});

	it('that lost digits is no text', () => {
		expect(() => text(property()).read(12345678901234567890, item)).toThrow(
			'has more digits than a number keeps. Format the column as text.',
		);
		expect(text(property()).read(123456789012345, item)).toBe('123456789012345');
	});
});

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
