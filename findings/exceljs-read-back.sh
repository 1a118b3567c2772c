#!/usr/bin/env bash
# ExcelJS reading what it wrote: a formula's result is gone where it is 0, false or empty, a number whose format has an
# escaped letter is a date, a link with an empty text is JSON, one's tooltip is lost, a line end of Windows loses half.
. "$(dirname "$0")/lib/lib.sh"
packages exceljs@4.4.0
probe <<'JS'
import { require, told } from './told.mjs';
const { Workbook } = require('exceljs');
/** A cell as it is after it was written and read again. */
const cell = async (what, expected, value, numFmt) => {
	const written = new Workbook();
	Object.assign(written.addWorksheet('Leads').getCell('A1'), { value, numFmt });
	const read = new Workbook();
	await read.xlsx.load(await written.xlsx.writeBuffer());
	told(what, expected, read.getWorksheet('Leads').getCell('A1').value);
};
const formula = (text, expected, result) => cell(`=${text}`, expected, { formula: text, result });
await formula('1+1', { seen: { formula: '1+1', result: 2 } }, 2);
await formula('1-1', { guess: { formula: '1-1', result: 0 }, seen: { formula: '1-1' } }, 0);
await formula('1=2', { guess: { formula: '1=2', result: false }, seen: { formula: '1=2' } }, false);
await formula('""', { guess: { formula: '""', result: '' }, seen: { formula: '""' } }, '');
await cell('15 as 0.00', { seen: 15 }, 15, '0.00');
await cell('15 as 0 "h"', { seen: 15 }, 15, '0 "h"');
await cell('15 as 0\\h', { guess: 15, seen: new Date('1900-01-14') }, 15, '0\\h');
await cell('1.5 as [h]:mm', { seen: new Date('1899-12-31T12:00Z') }, 1.5, '[h]:mm');
await cell('a code of _x0041_', { guess: '_x0041_', seen: 'A' }, '_x0041_');
await cell('two lines as of Windows', { guess: 'a\r\nb', seen: 'a\nb' }, 'a\r\nb');
const hyperlink = 'https://acme.example';
await cell(
	'a link with a text',
	{ seen: { text: 'Acme', hyperlink } },
	{ text: 'Acme', hyperlink },
);
await cell(
	'a link with an empty text',
	{ guess: { text: '', hyperlink }, seen: '{"text":"","hyperlink":"https://acme.example"}' },
	{ text: '', hyperlink },
);
await cell(
	'a link with a tooltip',
	{
		guess: { text: 'Acme', hyperlink, tooltip: 'Site' },
		seen: { text: 'Acme', hyperlink },
	},
	{ text: 'Acme', hyperlink, tooltip: 'Site' },
);
JS
