#!/usr/bin/env bash
# n8n-workflow: what its checks make of an empty text (an empty cell): a number 0, but no boolean and no date. And a
# `string` check neither refuses nor turns what is no text, unless `parseStrings` is given.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { require, told } from './told.mjs';
const { validateFieldType } = require('n8n-workflow');
const check = (value, type) => {
	const { valid, newValue } = validateFieldType('field', value, type);
	return valid ? newValue : 'refused';
};

told("'' as number", { guess: 'refused', seen: 0 }, check('', 'number'));
told("' ' as number", { guess: 'refused', seen: 0 }, check(' ', 'number'));
told('[] as number', { guess: 'refused', seen: 0 }, check([], 'number'));
told('[] as boolean', { guess: 'refused', seen: false }, check([], 'boolean'));
told("'' as boolean", { guess: false, seen: 'refused' }, check('', 'boolean'));
told("'null' as object", { guess: 'refused', seen: null }, check('null', 'object'));
told('5 as string', { guess: '5', seen: 5 }, check(5, 'string'));
told('{ a: 1 } as string', { guess: '{"a":1}', seen: { a: 1 } }, check({ a: 1 }, 'string'));
JS
