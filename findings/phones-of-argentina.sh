#!/usr/bin/env bash
# libphonenumber-js: for an Argentine mobile number the 9 of the international form and the 15 of the national one are
# each understood alone, also the 15 after +54; a number that people wrote with both is left broken.
. "$(dirname "$0")/lib/lib.sh"
packages libphonenumber-js@1.13.16
probe <<'JS'
import { require, told } from './told.mjs';
const { parsePhoneNumber } = require('libphonenumber-js/max');
const read = (text) => {
	const phone = parsePhoneNumber(text, 'AR');
	return { number: phone.number, valid: phone.isValid() };
};
const mobile = { number: '+5491123456789', valid: true };

told('+54 11 15 2345-6789', { seen: mobile }, read('+54 11 15 2345-6789'));
told(
	'+54 9 11 15 2345-6789',
	{ guess: mobile, seen: { number: '+549111523456789', valid: false } },
	read('+54 9 11 15 2345-6789'),
);
told(
	'+54 11 2345-6789, the mobile number without its 9',
	{ seen: { number: '+541123456789', valid: true } },
	read('+54 11 2345-6789'),
);
JS
