#!/usr/bin/env bash
# SheetJS 0.18.5, the newest of that name in npm's registry: every TRUE in an .xls file of LibreOffice is read as
# false. 0.20.3, which n8n 2.41 has under another name, reads it.
. "$(dirname "$0")/lib/lib.sh"
debian libreoffice-calc=4:7.4.7-1+deb12u14
packages xlsx@0.18.5 @e965/xlsx@0.20.3
printf 'opted;left\nVERDADEIRO;FALSO\n' >leads.csv
for format in xls xlsx; do office $format 1046 leads.csv; done
probe <<'JS'
import { require, told } from './told.mjs';
const read = (library, format) => {
	const { readFile, utils } = require(library);
	const { SheetNames, Sheets } = readFile(`out/leads.${format}`);
	return utils.sheet_to_json(Sheets[SheetNames[0]])[0];
};
const right = { opted: true, left: false };

told(
	'VERDADEIRO, FALSO through .xls, 0.18.5',
	{ guess: right, seen: { opted: false, left: false } },
	read('xlsx', 'xls'),
);
told('the same through .xls, 0.20.3', { seen: right }, read('@e965/xlsx', 'xls'));
told('the same through .xlsx, 0.18.5', { seen: right }, read('xlsx', 'xlsx'));
JS
