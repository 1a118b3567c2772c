#!/usr/bin/env bash
# libphonenumber-js: Spanish words for an extension are understood (anexo, int); with the Portuguese one (ramal), as
# with the two numbers of one cell, there is no number at all rather than the first without the rest.
. "$(dirname "$0")/lib/lib.sh"
packages libphonenumber-js@1.13.16
probe <<'JS'
import { outcome, require, told } from './told.mjs';
const { parsePhoneNumberWithError } = require('libphonenumber-js/max');
const read = (text) =>
	outcome(() => {
		const { number, ext } = parsePhoneNumberWithError(text);
		return [number, ext];
	});

const ramal = '+55 11 3333-4444 ramal 12';
told(ramal, { guess: ['+551133334444', '12'], seen: 'ParseError: NOT_A_NUMBER' }, read(ramal));
const anexo = '+55 11 3333-4444 anexo 12';
told(anexo, { seen: ['+551133334444', '12'] }, read(anexo));
const two = '+55 11 3333-4444 / +55 11 3333-5555';
told(two, { guess: ['+551133334444', undefined], seen: 'ParseError: NOT_A_NUMBER' }, read(two));
const label = 'p:+55 11 98765-4321';
told(
	`${label}, as exports of lead forms have it`,
	{ seen: ['+5511987654321', undefined] },
	read(label),
);
JS
