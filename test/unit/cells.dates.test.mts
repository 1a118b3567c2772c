import { describe, expect, it } from '@jest/globals';
import { DateTime } from 'luxon';
import { date } from '../../nodes/engine/form/date.ts';
import type { Field, Item } from '../../nodes/engine/form/fields.ts';
import { list } from '../../nodes/engine/form/list.ts';
import { mapper } from '../../nodes/engine/form/mapper.ts';
import { text } from '../../nodes/engine/form/text.ts';
import { zone, item, old, property } from './cells.setup.mts';

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
