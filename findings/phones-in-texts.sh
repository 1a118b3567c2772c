#!/usr/bin/env bash
# libphonenumber-js finding numbers in a text: one with another number beside it is none, be that its place in a list, a
# house or an hour; of two with a comma between them the second is left out; and the id in a link is one.
. "$(dirname "$0")/lib/lib.sh"
packages libphonenumber-js@1.13.16
probe <<'JS'
import { require, told } from './told.mjs';
const { findPhoneNumbersInText, parsePhoneNumber } = require('libphonenumber-js/max');
const find = (text) => findPhoneNumbersInText(text, 'BR').map(({ number }) => number.number);
const one = '+5511987654321';
const both = [one, '+5511987654322'];
const beside = (text, seen) => told(text, { guess: [one], seen }, find(text));

beside('1) 11 98765-4321', []);
told('1. 11 98765-4321', { seen: [one] }, find('1. 11 98765-4321'));
beside('Rua Augusta 5, 11 98765-4321', []);
beside('11 98765-4321, 10h', []);
told('11 98765-4321 - 10h', { seen: [one] }, find('11 98765-4321 - 10h'));
beside('+55 11 98765-4321, 10h', []);
told('11987654321 11987654322', { seen: both }, find('11987654321 11987654322'));
told('11987654321,11987654322', { guess: both, seen: [one] }, find('11987654321,11987654322'));
told('11987654321;11987654322', { guess: both, seen: [one] }, find('11987654321;11987654322'));
told('+5511987654321,+5511987654322', { seen: both }, find('+5511987654321,+5511987654322'));
const page = 'https://crm.example/?id=11987654321';
told(page, { guess: [], seen: [one] }, find(page));
told(
	'1-800-FLOWERS, read alone in the USA',
	{ guess: '+18003569377', seen: '+11800' },
	parsePhoneNumber('1-800-FLOWERS', 'US').number,
);
JS
