#!/usr/bin/env bash
# fast-check 4: without options, `fc.date()` also gives dates that are none, and every other object of `fc.record()`
# and `fc.dictionary()` has no prototype, so it is not deep-equal to a literal in Node's strict assert.
. "$(dirname "$0")/lib/lib.sh"
packages fast-check@4.10.2
probe <<'JS'
import { isDeepStrictEqual } from 'node:util';
import { require, told } from './told.mjs';
const { default: fc } = require('fast-check');
const drawn = (arbitrary) => fc.sample(arbitrary, { numRuns: 2000, seed: 42 });

told(
	'every fc.date() is a date',
	{ guess: true, seen: false },
	drawn(fc.date()).every((date) => date.getTime() === date.getTime()),
);
const records = drawn(fc.record({ a: fc.constant(1) }));
told(
	'every fc.record() has hasOwnProperty',
	{ guess: true, seen: false },
	records.every((record) => 'hasOwnProperty' in record),
);
told(
	'every { a: 1 } of it deep-equals { a: 1 }',
	{ guess: true, seen: false },
	records.every((record) => isDeepStrictEqual(record, { a: 1 })),
);
JS
