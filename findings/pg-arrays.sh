#!/usr/bin/env bash
# pg-types, below n8n's Postgres node: a numeric stays a text, but a list of them becomes rounded numbers; lists of
# ranges, of names and of XML stay texts, and an interval is written back with its minutes before its hours.
. "$(dirname "$0")/lib/lib.sh"
packages pg-types@2.2.0
probe <<'JS'
import { require, told } from './told.mjs';
const { getTypeParser } = require('pg-types');
/** What is read from the text that Postgres sends for a type of this number. */
const reads = (type, number, text, expected) =>
	told(`${type} ${text}`, expected, getTypeParser(number, 'text')(text));

reads('numeric', 1700, '1.50', { seen: '1.50' });
reads('numeric[]', 1231, '{1.50}', { guess: ['1.50'], seen: [1.5] });
reads('numeric[]', 1231, '{12345678901234567890}', {
	guess: ['12345678901234567890'],
	seen: [12345678901234567000],
});
reads('bigint[]', 1016, '{9007199254740993}', { seen: ['9007199254740993'] });
reads('money[]', 791, '{"$1,500.00"}', { seen: ['$1,500.00'] });
reads('inet[]', 1041, '{10.0.0.1}', { seen: ['10.0.0.1'] });
reads('name[]', 1003, '{leads}', { guess: ['leads'], seen: '{leads}' });
reads('xml[]', 143, '{<a/>}', { guess: ['<a/>'], seen: '{<a/>}' });
reads('daterange[]', 3913, '{"[2026-11-20,2026-11-21)"}', {
	guess: ['[2026-11-20,2026-11-21)'],
	seen: '{"[2026-11-20,2026-11-21)"}',
});

told(
	'an interval of 01:30:00, written for Postgres',
	{ guess: '1 hours 30 minutes', seen: '30 minutes 1 hours' },
	getTypeParser(1186, 'text')('01:30:00').toPostgres(),
);
JS
