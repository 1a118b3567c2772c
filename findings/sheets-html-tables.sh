#!/usr/bin/env bash
# SheetJS reads the table of a page, as many an exported .xls is one, by what its texts look like in English: commas are
# dropped wherever they stand, a dash makes a day of 2001, and accents written by name stay so.
. "$(dirname "$0")/lib/lib.sh"
packages @e965/xlsx@0.20.3
probe <<'JS'
import { require, told } from './told.mjs';
const { read, utils } = require('@e965/xlsx');
/** What a cell of a page's table is, by n8n's way of reading it. */
const cell = (text, options = {}) => {
	const page = `<table><tr><td>field</td></tr><tr><td>${text}</td></tr></table>`;
	const { SheetNames, Sheets } = read(Buffer.from(page), options);
	return utils.sheet_to_json(Sheets[SheetNames[0]])[0].field;
};
told('1.500,00', { guess: '1.500,00', seen: 1.5 }, cell('1.500,00'));
told('1.500,00, raw', { seen: '1.500,00' }, cell('1.500,00', { raw: true }));
told('1,5', { guess: '1,5', seen: 15 }, cell('1,5'));
told('R$ 1.500,00', { seen: 'R$ 1.500,00' }, cell('R$ 1.500,00'));
told('+5511987654321', { guess: '+5511987654321', seen: 5511987654321 }, cell('+5511987654321'));
told('(11) 98765-4321', { seen: '(11) 98765-4321' }, cell('(11) 98765-4321'));
told('5-', { guess: '5-', seen: new Date('2001-05-01') }, cell('5-'));
told('5 p', { guess: '5 p', seen: 'Invalid Date' }, String(cell('5 p')));
told('true', { guess: true, seen: 'true' }, cell('true'));
told('TRUE', { seen: true }, cell('TRUE'));
told(
	'S&atilde;o Paulo',
	{ guess: 'São Paulo', seen: 'S&atilde;o Paulo' },
	cell('S&atilde;o Paulo'),
);
told('Ana &amp; Bia', { seen: 'Ana & Bia' }, cell('Ana &amp; Bia'));
JS
