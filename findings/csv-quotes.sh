#!/usr/bin/env bash
# csv-parse: where a quote may stand. After a byte order mark (unless `bom` is set) or a blank it is an error, and
# with `skip_records_with_error` a quote that is never closed takes the rest of the file with it, counted as one
# record.
. "$(dirname "$0")/lib/lib.sh"
packages csv-parse@7.0.2
probe <<'JS'
import { outcome, require, told } from './told.mjs';
const { parse } = require('csv-parse/sync');
const read = (text, options) => outcome(() => parse(text, { columns: true, ...options }));

told(
	'\\ufeff"a",b over 1,2',
	{
		guess: [{ '\ufeffa': '1', b: '2' }],
		seen: 'Error: Invalid Opening Quote: a quote is found on field 0 at line 1, value is "\ufeff" (utf8 bom)',
	},
	read('\ufeff"a",b\n1,2'),
);
told(
	'a,b over 1, "2, 3" with a blank before the quote',
	{
		guess: [{ a: '1', b: '2, 3' }],
		seen: 'Error: Invalid Opening Quote: a quote is found on field "b" at line 2, value is " "',
	},
	read('a,b\n1, "2, 3"'),
);
let skipped = 0;
told(
	'four records, the second with an open quote, skip_records_with_error',
	{ guess: [{ a: '1' }, { a: '3' }, { a: '4' }], seen: [{ a: '1' }] },
	read('a\n1\n"2\n3\n4', { skip_records_with_error: true, on_skip: () => skipped++ }),
);
told('how many were skipped', { guess: 3, seen: 1 }, skipped);
JS
