#!/usr/bin/env bash
# libphonenumber-js: `isValid()` of the package's main entry says yes to Brazilian numbers without an area code, with
# one that does not exist, and to mobile numbers without their ninth digit; the entry `/max` says no.
. "$(dirname "$0")/lib/lib.sh"
packages libphonenumber-js@1.13.16
probe <<'JS'
import { require, told } from './told.mjs';
const valid = (text) =>
	['libphonenumber-js', 'libphonenumber-js/max'].map((entry) =>
		require(entry).parsePhoneNumber(text, 'BR').isValid(),
	);

told(
	'98765-4321, main entry and /max',
	{ guess: [false, false], seen: [true, false] },
	valid('98765-4321'),
);
told(
	'+55 20 98765-4321, no such area',
	{ guess: [false, false], seen: [true, false] },
	valid('+55 20 98765-4321'),
);
told(
	'+55 11 8765-4321, of before 2012',
	{ guess: [false, false], seen: [true, false] },
	valid('+55 11 8765-4321'),
);
JS
