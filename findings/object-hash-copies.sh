#!/usr/bin/env bash
# object-hash: what holds one object, list or Date twice has another hash than what holds two equal ones, so that a copy
# by JSON has another; errors with other codes have the same, and no key of a Map is left out.
. "$(dirname "$0")/lib/lib.sh"
packages object-hash@3.0.0
probe <<'JS'
import { outcome, require, told } from './told.mjs';
const hash = require('object-hash');
const same = (what, expected, one, other, options) =>
	told(
		what,
		expected,
		outcome(() => hash(one, options) === hash(other, options)),
	);
const copy = (value) => JSON.parse(JSON.stringify(value));
const acme = { name: 'Acme' };
const leads = [{ company: acme }, { company: acme }];
same('two leads, each with a company', { seen: true }, copy(leads), copy(leads));
same('two leads of one company', { guess: true, seen: false }, leads, copy(leads));
const unorderedArrays = true;
same('the same in any order', { seen: true }, leads, copy(leads), { unorderedArrays });
same(
	'the same in any order, with their company beside them',
	{ guess: true, seen: false },
	{ company: acme, leads },
	copy({ company: acme, leads }),
	{ unorderedArrays },
);
const none = [];
same(
	'one empty list, twice',
	{ guess: true, seen: false },
	{ emails: none, phones: none },
	{ emails: [], phones: [] },
);
const day = new Date('2026-11-20');
same(
	'one Date, twice',
	{ guess: true, seen: false },
	{ from: day, to: day },
	{ from: new Date(day), to: new Date(day) },
);
const refused = (code) => Object.assign(new Error('Refused'), { code });
same('errors with two codes', { guess: false, seen: true }, refused(401), refused(403));
const excludeKeys = (key) => key === 'id';
same('objects without their id', { seen: true }, { id: 1 }, { id: 2 }, { excludeKeys });
same(
	'Maps without their id',
	{ guess: true, seen: false },
	new Map([['id', 1]]),
	new Map([['id', 2]]),
	{ excludeKeys },
);
same('two URLs', { seen: false }, new URL('https://a.example'), new URL('https://b.example'));
same(
	'the queries of two URLs',
	{ guess: false, seen: 'Error: Unknown object type "urlsearchparams"' },
	new URLSearchParams('a=1'),
	new URLSearchParams('a=2'),
);
JS
