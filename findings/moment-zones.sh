#!/usr/bin/env bash
# moment-timezone, of some of n8n's nodes: a zone that it does not know is UTC or no change at all, with a line in the
# log; `utc()` and `tz()` drop an offset behind a blank, a day more may give a time that there is not, an ISO day read
# as DD-MM-YYYY is in 2020, and UTC is Africa/Abidjan.
. "$(dirname "$0")/lib/lib.sh"
packages moment-timezone@0.5.48 moment@2.31.0
probe <<'JS'
import { outcome, require, told } from './told.mjs';
const moment = require('moment-timezone');
moment.suppressDeprecationWarnings = true;
const logged = [];
console.error = (line) => logged.push(line);
const iso = (what, expected, call) =>
	told(
		what,
		expected,
		outcome(() => call().format()),
	);
const ten = '2026-11-20T10:00';
const inZone = (zone, expected) => iso(`10:00 in ${zone}`, expected, () => moment.tz(ten, zone));
inZone('America/Sao_Paulo', { seen: '2026-11-20T10:00:00-03:00' });
inZone('america/sao paulo', { guess: 'an error', seen: '2026-11-20T10:00:00Z' });
inZone('-03:00', { guess: '2026-11-20T10:00:00-03:00', seen: '2026-11-20T10:00:00Z' });
inZone('BRT', { guess: 'an error', seen: '2026-11-20T10:00:00Z' });
iso(
	'10:00 in São Paulo, in a zone that there is not',
	{ guess: '2026-11-20T13:00:00Z', seen: '2026-11-20T10:00:00-03:00' },
	() => moment.tz(ten, 'America/Sao_Paulo').tz('Brazil/Sao_Paulo'),
);
told('lines in the log', { seen: 4 }, logged.length);

iso('10:00:00-03:00', { seen: '2026-11-20T13:00:00Z' }, () => moment.utc(`${ten}:00-03:00`));
const blanks = '2026-11-20 10:00 -0300';
iso('10:00 -0300, with blanks', { seen: '2026-11-20T13:00:00+00:00' }, () => moment(blanks));
iso(
	'the same, to be shown in UTC',
	{ guess: '2026-11-20T13:00:00Z', seen: '2026-11-20T10:00:00Z' },
	() => moment.utc(blanks),
);
iso(
	'the same, to be shown in New York',
	{ guess: '2026-11-20T08:00:00-05:00', seen: '2026-11-20T05:00:00-05:00' },
	() => moment.tz(blanks, 'America/New_York'),
);
const chile = (day) => moment.tz(day, 'America/Santiago');
iso(
	'midnight of 5 September in Chile and a day, where the next day begins at 01:00',
	{ guess: '2026-09-06T01:00:00-03:00', seen: '2026-09-06T00:00:00-03:00' },
	() => chile('2026-09-05').add(1, 'day'),
);
iso(
	'the same, from its milliseconds',
	{ guess: '2026-09-06T01:00:00-03:00', seen: '2026-09-05T23:00:00-04:00' },
	() => moment.tz(+chile('2026-09-05').add(1, 'day'), 'America/Santiago'),
);
told('the zone of a machine in UTC', { guess: 'UTC', seen: 'Africa/Abidjan' }, moment.tz.guess());

const reads = (text, format, expected) =>
	told(`'${text}' as ${format}`, expected, moment.utc(text, format).format('YYYY-MM-DD'));
reads('2026-11-20', 'DD/MM/YYYY', { seen: 'Invalid date' });
reads('2026-11-20', 'DD-MM-YYYY', { guess: 'Invalid date', seen: '2020-11-20' });
reads('1112026', 'DDMMYYYY', { guess: 'Invalid date', seen: '0026-12-11' });
JS
