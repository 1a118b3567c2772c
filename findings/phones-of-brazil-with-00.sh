#!/usr/bin/env bash
# libphonenumber-js and Google's own: Brazil's international prefix is 00 and a carrier's number. Without a carrier,
# what follows 00 is taken for one where it can be (55 is one, so the country code is lost and the rest becomes a
# number of +1), and else the whole becomes a Brazilian number.
. "$(dirname "$0")/lib/lib.sh"
packages libphonenumber-js@1.13.16 google-libphonenumber@3.2.47
probe <<'JS'
import { require, told } from './told.mjs';
const { parsePhoneNumber } = require('libphonenumber-js/max');
const { PhoneNumberFormat, PhoneNumberUtil } = require('google-libphonenumber');
const google = PhoneNumberUtil.getInstance();
const read = (text) => {
	const ours = parsePhoneNumber(text, 'BR').number;
	const theirs = google.format(google.parse(text, 'BR'), PhoneNumberFormat.E164);
	return ours === theirs ? ours : [ours, theirs];
};

told(
	'00 55 11 98765-4321 in BR',
	{ guess: '+5511987654321', seen: '+11987654321' },
	read('00 55 11 98765-4321'),
);
told(
	'00 52 55 1234 5678 in BR',
	{ guess: '+525512345678', seen: '+550525512345678' },
	read('00 52 55 1234 5678'),
);
told(
	'00 15 52 55 1234 5678 in BR, by a carrier',
	{ seen: '+525512345678' },
	read('00 15 52 55 1234 5678'),
);
JS
