import { describe, expect, it } from '@jest/globals';
import { DateTime } from 'luxon';
import { choice } from '../../nodes/engine/form/choice.ts';
import { group } from '../../nodes/engine/form/collections.ts';
import { date } from '../../nodes/engine/form/date.ts';
import type { Field } from '../../nodes/engine/form/fields.ts';
import { flag } from '../../nodes/engine/form/flag.ts';
import { id } from '../../nodes/engine/form/id.ts';
import { list, nameList } from '../../nodes/engine/form/list.ts';
import { mapper } from '../../nodes/engine/form/mapper.ts';
import { number } from '../../nodes/engine/form/number.ts';
import { email, reference, text, webUrl } from '../../nodes/engine/form/text.ts';
import { item, old, property } from './cells.setup.mts';

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
		...[
			'n/a',
			'N/A',
			'null',
			'None',
			'unknown',
			'-',
			'--',
			'?',
			'0',
			0,
			false,
			true,
			'FALSE',
			'VERDADEIRO',
		],
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
