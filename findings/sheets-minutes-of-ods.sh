#!/usr/bin/env bash
# SheetJS 0.20.3 (n8n 2.41's): some whole minutes of an .ods file come out a millisecond short, so that 23:17 is told as
# 23:16 by whoever cuts off the seconds; the same cell of an .xlsx file does not.
. "$(dirname "$0")/lib/lib.sh"
debian libreoffice-calc=4:7.4.7-1+deb12u14
packages @e965/xlsx@0.20.3
printf 'at\n03/10/2021 23:17\n03/10/2021 09:30\n' >times.csv
for format in xlsx ods; do office $format 1046 times.csv; done
export TZ=America/Sao_Paulo
probe <<'JS'
import { require, told } from './told.mjs';
const { readFile, utils } = require('@e965/xlsx');
const times = (format) => {
	const { SheetNames, Sheets } = readFile(`out/times.${format}`, { raw: undefined });
	return utils.sheet_to_json(Sheets[SheetNames[0]]).map(({ at }) => at);
};
const [late, early] = times('ods');
const dayMs = 86_400_000;
const [number] = times('xlsx');

told(
	'03/10/2021 23:17 through .ods',
	{ guess: new Date('2021-10-04T02:17:00.000Z'), seen: new Date('2021-10-04T02:16:59.999Z') },
	late,
);
told('03/10/2021 09:30 through .ods', { seen: new Date('2021-10-03T12:30:00.000Z') }, early);
told(
	'milliseconds of 23:17 through .xlsx',
	{ seen: 0 },
	Math.round((number % 1) * dayMs) % 60_000,
);
JS
