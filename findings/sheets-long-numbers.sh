#!/usr/bin/env bash
# LibreOffice: of a whole number with 16 digits, .xlsx keeps 15 (the file itself has a 0 at the end), .ods and .xls
# keep all. 2^53 has 16 digits, too, so it is not JavaScript's number that loses it.
. "$(dirname "$0")/lib/lib.sh"
debian libreoffice-calc=4:7.4.7-1+deb12u14
packages @e965/xlsx@0.20.3
printf 'card\n5511987654321012\n' >cards.csv
for format in xlsx ods xls; do office $format 1046 cards.csv; done
probe <<'JS'
import { require, told } from './told.mjs';
const { readFile, utils } = require('@e965/xlsx');
const card = (format) => {
	const { SheetNames, Sheets } = readFile(`out/cards.${format}`);
	return utils.sheet_to_json(Sheets[SheetNames[0]])[0].card;
};

told(
	'5511987654321012 through .xlsx',
	{ guess: 5511987654321012, seen: 5511987654321010 },
	card('xlsx'),
);
told('5511987654321012 through .ods', { seen: 5511987654321012 }, card('ods'));
told('5511987654321012 through .xls', { seen: 5511987654321012 }, card('xls'));
JS
