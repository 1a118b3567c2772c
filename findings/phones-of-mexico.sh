#!/usr/bin/env bash
# libphonenumber-js: the 1 that messaging systems still put into Mexican mobile numbers (+52 1 …), and the ways of
# dialling of before August 2019 (01, 044), are no longer taken away; such a number is not even possible.
. "$(dirname "$0")/lib/lib.sh"
packages libphonenumber-js@1.13.16
probe <<'JS'
import { require, told } from './told.mjs';
const { parsePhoneNumber } = require('libphonenumber-js/max');
const read = (text) => {
	const phone = parsePhoneNumber(text, 'MX');
	return { number: phone.number, valid: phone.isValid(), possible: phone.isPossible() };
};
const stripped = { number: '+525512345678', valid: true, possible: true };

told(
	'+52 1 55 1234 5678, as messaging systems have it',
	{ guess: stripped, seen: { number: '+5215512345678', valid: false, possible: false } },
	read('+52 1 55 1234 5678'),
);
told(
	'044 55 1234 5678',
	{ guess: stripped, seen: { number: '+520445512345678', valid: false, possible: false } },
	read('044 55 1234 5678'),
);
told(
	'01 55 1234 5678',
	{ guess: stripped, seen: { number: '+52015512345678', valid: false, possible: false } },
	read('01 55 1234 5678'),
);
told('55 1234 5678', { seen: stripped }, read('55 1234 5678'));
JS
