#!/usr/bin/env bash
# csv-stringify: what it writes for values that are no text. A false is an empty cell, a Date its milliseconds; and
# the columns are those of the first record only.
. "$(dirname "$0")/lib/lib.sh"
packages csv-stringify@6.9.0
probe <<'JS'
import { require, told } from './told.mjs';
const { stringify } = require('csv-stringify/sync');

told('[[true, false]]', { guess: 'true,false\n', seen: '1,\n' }, stringify([[true, false]]));
told(
	"[[new Date('2026-11-28T10:00:00Z')]]",
	{ guess: '2026-11-28T10:00:00.000Z\n', seen: '1795860000000\n' },
	stringify([[new Date('2026-11-28T10:00:00Z')]]),
);
told(
	'[{ a: 1 }, { a: 2, b: 3 }] with header: true',
	{ guess: 'a,b\n1,\n2,3\n', seen: 'a\n1\n2\n' },
	stringify([{ a: 1 }, { a: 2, b: 3 }], { header: true }),
);
JS
