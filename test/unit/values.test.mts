import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import * as checks from '../../nodes/engine/form/checks.ts';
import { choice, choices } from '../../nodes/engine/form/choice.ts';
import { group, rows as rowsOf } from '../../nodes/engine/form/collections.ts';
import { date } from '../../nodes/engine/form/date.ts';
import type { Field, Item } from '../../nodes/engine/form/fields.ts';
import { flag } from '../../nodes/engine/form/flag.ts';
import { id } from '../../nodes/engine/form/id.ts';
import { json } from '../../nodes/engine/form/json.ts';
import { list } from '../../nodes/engine/form/list.ts';
import { mapper } from '../../nodes/engine/form/mapper.ts';
import { number } from '../../nodes/engine/form/number.ts';
import { email, text, webUrl } from '../../nodes/engine/form/text.ts';
import { get } from '../../nodes/engine/http/request.ts';

const zone = 'America/Sao_Paulo';
const context = { getTimezone: () => zone } as IExecuteFunctions;
const item: Item = { index: 0, json: { 'Column A': 'a', b: 'b' }, context };
const property = (more: Partial<INodeProperties> = {}) => ({
	displayName: 'Thing',
	name: 'thing' as const,
	type: 'string' as const,
	default: '',
	...more,
});
const required = property({ required: true });
const ranged = property({ typeOptions: { minValue: 1, maxValue: 5, numberPrecision: 0 } });
const oneOf = property({
	options: [
		{ name: 'A', value: 'a' },
		{ name: 'B', value: 'b' },
	],
});
const long = 'x'.repeat(1000);
const inner = text({ ...required, displayName: 'Inner', name: 'inner' });
const row = { name: 'row', displayName: 'Row' };
const rows = rowsOf(property(), row, [inner]);

const good: Array<[string, Field, unknown, unknown]> = [
	['text', text(property()), null, ''],
	['text', text(property()), undefined, ''],
	['text', text(property()), 0, '0'],
	['text', text(property()), ' a ', ' a '],
	['text with a length', text(property(), { maxLength: 3 }), 'abc', 'abc'],
	['id', id(property()), ' 7 ', '7'],
	['id', id(property()), 7, '7'],
	['id', id(property()), { __rl: true, mode: 'list', value: 7 }, '7'],
	['e-mail', email(property()), ' a@b.example ', 'a@b.example'],
	['e-mail', email(property()), '', ''],
	['URL', webUrl(property()), 'https://a.example/b', 'https://a.example/b'],
	['date', date(property()), '2026-01-31', '2026-01-31T03:00:00.000Z'],
	['date', date(property()), '2026-01-31T00:00:00', '2026-01-31T03:00:00.000Z'],
	['date', date(property()), '2026-01-31 09:30', '2026-01-31T12:30:00.000Z'],
	['date', date(property()), '2018-11-04T00:00', '2018-11-04T03:00:00.000Z'],
	['date', date(property()), '2026-01-31 09:30:00.5Z', '2026-01-31T09:30:00.500Z'],
	['date', date(property()), '2026-01-31T09:30:00+0200', '2026-01-31T07:30:00.000Z'],
	['date', date(property()), '2026-01-31T09:30:00+02:00', '2026-01-31T07:30:00.000Z'],
	['date', date(property()), new Date(1.7e12), '2023-11-14T22:13:20.000Z'],
	['date', date(property()), { toISO: () => '2026-01-31T00:00:00Z' }, '2026-01-31T00:00:00.000Z'],
	['date', date(property()), null, undefined],
	['number', number(ranged), '3', 3],
	['number', number(ranged), '', undefined],
	['flag', flag(property()), 'true', true],
	['flag', flag(property()), 'yes', true],
	['choice', choice(oneOf), 'a', 'a'],
	['choices', choices(oneOf), 'a, b', ['a', 'b']],
	['choices', choices(oneOf), null, []],
	['JSON', json(property()), '{"a": 1}', { a: 1 }],
	['JSON', json(property()), { a: 1 }, { a: 1 }],
	['JSON', json(property()), ' ', undefined],
	['list', list(property()), 'a, b\nc,,', ['a', 'b', 'c']],
	['list', list(property()), '["a", 1]', ['a', '1']],
	['list', list(property()), null, []],
	['rows', rows, { row: [{ inner: 'a' }] }, [{ inner: 'a' }]],
	['rows', rows, '[{"inner": "a"}]', [{ inner: 'a' }]],
	['rows', rows, null, []],
	['rows', rows, {}, []],
	['group', group(property(), [inner]), { inner: 'a', other: 1 }, { inner: 'a' }],
	['group', group(property(), [inner]), {}, {}],
	['mapper', mapper(property()), { mappingMode: 'defineBelow', value: { a: 1, b: '' } }, { a: 1 }],
	[
		'mapper',
		mapper(property()),
		{
			mappingMode: 'autoMapInputData',
			schema: [
				{ id: '1', displayName: 'Column A' },
				{ id: 'b', removed: true },
			],
		},
		{ 1: 'a', b: 'b' },
	],
];

it.each(good)('%s %#', (_, { read }, raw, value) => {
	expect(read(raw, item)).toEqual(value);
});

const bad: Array<[string, Field, unknown, RegExp]> = [
	['text', text(property()), {}, /^'Thing' is an object/],
	['text', text(property()), [], /^'Thing' is a list/],
	['text', text(required), ' ', /^'Thing' is empty/],
	['text', text(required), null, /^'Thing' is empty/],
	[
		'text with a length',
		text(property(), { maxLength: 3 }),
		'abcd',
		/4 characters, 1 more than the 3/,
	],
	['id', id(property()), '..', /which is not a valid ID/],
	['id', id(property()), '\ud800', /half a character/],
	['id', id(property()), long, /has 1000 characters/],
	['id', id(required), { __rl: true, mode: 'id', value: '' }, /^'Thing' is empty/],
	['e-mail', email(property()), 'a@b', /not a valid e-mail address/],
	['e-mail', email(property()), 'a b@c.example', /not a valid e-mail address/],
	['e-mail', email(property()), `${long}@c.example`, /not a valid e-mail address/],
	['URL', webUrl(property()), 'javascript:alert(1)', /not a valid http or https address/],
	['date', date(property()), '31.01.2026', /which is not a valid date/],
	['date', date(property()), '2026-13-01', /which is not a valid date/],
	['date', date(property()), '2026-02-31', /which is not a valid date/],
	['date', date(property()), '2026-01-31T25:00', /which is not a valid date/],
	['date', date(property()), '2026-01-31T09:30+99:00', /which is not a valid date/],
	['date', date(property()), {}, /which is not a valid date/],
	['date', date(required), '', /^'Thing' is empty/],
	['number', number(ranged), 6, /from 1 to 5/],
	['number', number(ranged), 1.5, /whole number/],
	['number', number(ranged), '1e999', /whole number/],
	['number', number(ranged), [3], /whole number/],
	['number', number(ranged), true, /whole number/],
	['choice', choice(oneOf), 'c', /Choose one of a, b/],
	['choice', choice(oneOf), 'constructor', /Choose one of a, b/],
	['choices', choices(oneOf), ['a', {}], /is an object/],
	['JSON', json(property()), '{"a"', /is not valid JSON/],
	['JSON', json(property()), '[1]', /is not a JSON object/],
	['JSON', json(property()), '{'.repeat(10_000), /is not valid JSON/],
	['list', list(property()), { a: 1 }, /is not a list of texts/],
	['list', list(property()), [['a']], /is not a list of texts/],
	['list', list(property()), '["a"', /is not valid JSON/],
	['rows', rows, [1], /is not a list of rows/],
	['rows', rows, { row: [{}] }, /^'Inner' is empty/],
	['group', group(property(), [inner]), 'text', /is not a set of fields/],
	['group', group(property(), [inner]), { inner: '' }, /^'Inner' is empty/],
	['mapper', mapper(property()), 'text', /is not a mapping/],
];

it.each(bad)('a wrong %s is told %#', (_, { read }, raw, sentence) => {
	expect(() => read(raw, item)).toThrow(sentence);
});

it('names such as __proto__ and constructor change nothing for anybody', () => {
	const evil = '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}';
	json(property()).read(evil, item);
	rows.read(`[{"inner": "a", "__proto__": {"polluted": 1}}]`, item);
	const columns = JSON.parse('{"__proto__": "polluted", "constructor": "polluted"}') as unknown;
	mapper(property()).read({ mappingMode: 'defineBelow', value: columns }, item);
	group(property(), [inner]).read(JSON.parse(`{"inner": "a", "__proto__": {"inner": 1}}`), item);
	expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

describe('whatever is typed', () => {
	it('no id leaves its segment', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (id) => {
				let path: string;
				try {
					({ path } = get`/a/${id}/b`);
				} catch (thrown) {
					return expect((thrown as Error).message).toContain('cannot be an ID');
				}
				const url = new URL(`https://vendor.example${path}`);
				expect(url.pathname.split('/').map(decodeURIComponent)).toEqual(['', 'a', id, 'b']);
				expect(url.search + url.hash).toBe('');
			}),
			{ numRuns: 2000 },
		);
	});

	it('each field gives a value, or a sentence that begins with its name', () => {
		const all = [...good, ...bad].map(([, each]) => each);
		fc.assert(
			fc.property(fc.constantFrom(...all), fc.anything(), ({ read }, raw) => {
				try {
					read(raw, item);
				} catch (thrown) {
					expect((thrown as Error).message).toMatch(/^'(Thing|Inner)' .+\. [A-Z].+\.$/s);
				}
			}),
			{ numRuns: 5000 },
		);
	});

	it('a moment is one, or is none', () => {
		fc.assert(
			fc.property(
				fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') }),
				(moment) => {
					const iso = moment.toISOString();
					expect(checks.toIsoDate(iso, zone)).toBe(iso);
					expect(checks.toIsoDate(moment.getTime(), zone)).toBe(iso);
				},
			),
		);
	});
});
