#!/usr/bin/env bash
# csv-parse's `cast` and Papa Parse's `dynamicTyping`: what becomes a number or a Date. A plus sign and leading zeros
# are lost by one of them, digits beyond 2^53 by the other, and 0x1F is 0.
. "$(dirname "$0")/lib/lib.sh"
packages csv-parse@7.0.2 papaparse@5.7.1
probe <<'JS'
import { require, told } from './told.mjs';
const { parse } = require('csv-parse/sync');
const { parse: parsePapa } = require('papaparse');
const cast = (text) => parse(text, { cast: true })[0][0];
const typed = (text) => parsePapa(text, { dynamicTyping: true, delimiter: ',' }).data[0][0];

told('cast 0x1F', { guess: '0x1F', seen: 0 }, cast('0x1F'));
told('cast +5511987654321', { seen: 5511987654321 }, cast('+5511987654321'));
told('dynamicTyping +5511987654321', { seen: '+5511987654321' }, typed('+5511987654321'));
told('cast 5511987654321012345', { seen: 5511987654321013000 }, cast('5511987654321012345'));
told(
	'dynamicTyping 5511987654321012345',
	{ seen: '5511987654321012345' },
	typed('5511987654321012345'),
);
told('dynamicTyping 007', { guess: '007', seen: 7 }, typed('007'));
const ten = '2026-11-28T10:00:00Z';
told(`dynamicTyping ${ten}`, { guess: ten, seen: new Date(ten) }, typed(ten));
told('dynamicTyping 2026-11-28', { seen: '2026-11-28' }, typed('2026-11-28'));
told('dynamicTyping True', { guess: true, seen: 'True' }, typed('True'));
JS
