import { describe, expect, it } from '@jest/globals';
import { id } from '../../nodes/engine/form/id.ts';
import { number } from '../../nodes/engine/form/number.ts';
import { reference, text } from '../../nodes/engine/form/text.ts';
import { item, old, property } from './cells.setup.mts';

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
