#!/usr/bin/env bash
# SheetJS, with the options that n8n's Extract from File gives it: a day of an .xlsx file is a number; the same day of
# an .ods file is, by version 0.18.5, that number less the process's zone with the 28 seconds that São Paulo's clocks
# had before 1914, and by 0.20.3 (n8n 2.41's) a Date at the zone's midnight; a time of day is a Date in 1899.
. "$(dirname "$0")/lib/lib.sh"
debian libreoffice-calc=4:7.4.7-1+deb12u14
packages xlsx@0.18.5 @e965/xlsx@0.20.3
printf 'day;at\n28/11/2026;10:30\n' >days.csv
for format in xlsx ods; do office $format 1046 days.csv; done
export TZ=America/Sao_Paulo
probe <<'JS'
import { require, told } from './told.mjs';
const read = (library, format) => {
	const { readFile, utils } = require(library);
	const { SheetNames, Sheets } = readFile(`out/days.${format}`, { raw: undefined });
	return utils.sheet_to_json(Sheets[SheetNames[0]])[0];
};
const numbers = { day: 46354, at: 0.4375 };

told('28/11/2026 and 10:30 through .xlsx, 0.18.5', { seen: numbers }, read('xlsx', 'xlsx'));
told('the same through .xlsx, 0.20.3', { seen: numbers }, read('@e965/xlsx', 'xlsx'));
told(
	'the same through .ods, 0.18.5',
	{ guess: numbers, seen: { day: 46353.87467592592, at: 0.4375 } },
	read('xlsx', 'ods'),
);
told(
	'the same through .ods, 0.20.3',
	{
		guess: numbers,
		seen: { day: new Date('2026-11-28T03:00:00.000Z'), at: new Date('1899-12-31T13:36:28.000Z') },
	},
	read('@e965/xlsx', 'ods'),
);
JS
