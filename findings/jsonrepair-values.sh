#!/usr/bin/env bash
# jsonrepair, by which n8n-workflow's `jsonParse(text, { repairJSON: true })` mends: an apostrophe inside a
# single-quoted text comes out as a double quote, a semicolon between two properties as a part of the first, and
# undefined as null.
. "$(dirname "$0")/lib/lib.sh"
packages jsonrepair@3.13.2
probe <<'JS'
import { outcome, require, told } from './told.mjs';
const { jsonrepair } = require('jsonrepair');
const repaired = (text) => outcome(() => JSON.parse(jsonrepair(text)));

told(
	"{'note': 'it's'}",
	{ guess: { note: "it's" }, seen: { note: 'it"s' } },
	repaired("{'note': 'it's'}"),
);
told(
	'{"a": 1; "b": 2}',
	{ guess: { a: 1, b: 2 }, seen: { a: '1;', b: 2 } },
	repaired('{"a": 1; "b": 2}'),
);
told('{"a": undefined}', { guess: {}, seen: { a: null } }, repaired('{"a": undefined}'));
told(
	'{"phone": +5511987654321}',
	{ guess: { phone: 5511987654321 }, seen: 'Error: Object key expected at position 10' },
	repaired('{"phone": +5511987654321}'),
);
told('{"phone": 0055}', { seen: { phone: '0055' } }, repaired('{"phone": 0055}'));
JS
