#!/usr/bin/env bash
# js-yaml and yaml, which read OpenAPI documents: an unquoted phone number loses its plus in both; a day is a Date in
# one and a text in the other; and js-yaml still takes the underscores and binary numbers that YAML 1.2 dropped.
. "$(dirname "$0")/lib/lib.sh"
packages js-yaml@4.1.0 yaml@2.9.1
probe <<'JS'
import { require, told } from './told.mjs';
const { load } = require('js-yaml');
const { parse } = require('yaml');
const both = (text) => [load(`example: ${text}`).example, parse(`example: ${text}`).example];

const phone = '+5511987654321';
told(
	`${phone}, js-yaml and yaml`,
	{ guess: [phone, phone], seen: [5511987654321, 5511987654321] },
	both(phone),
);
told(
	'2026-11-28',
	{ guess: ['2026-11-28', '2026-11-28'], seen: [new Date('2026-11-28'), '2026-11-28'] },
	both('2026-11-28'),
);
told('1_000', { guess: ['1_000', '1_000'], seen: [1000, '1_000'] }, both('1_000'));
told('0b11', { guess: ['0b11', '0b11'], seen: [3, '0b11'] }, both('0b11'));
JS
