#!/usr/bin/env bash
# ajv: what `coerceTypes: true` makes of a null, a boolean and of texts that JavaScript would call numbers; an empty
# text is no number and no boolean, but is null where that is allowed.
. "$(dirname "$0")/lib/lib.sh"
packages ajv@8.20.0
probe <<'JS'
import { require, told } from './told.mjs';
const { default: Ajv } = require('ajv');
const coerced = (type, value) => {
	const ajv = new Ajv({ coerceTypes: true, allowUnionTypes: true });
	const data = { value };
	return ajv.compile({ type: 'object', properties: { value: { type } } })(data)
		? data.value
		: 'refused';
};

told('null for number', { guess: 'refused', seen: 0 }, coerced('number', null));
told('null for string', { guess: 'refused', seen: '' }, coerced('string', null));
told('true for number', { guess: 'refused', seen: 1 }, coerced('number', true));
told("'0x1F' for number", { guess: 'refused', seen: 31 }, coerced('number', '0x1F'));
told("'Infinity' for number", { guess: 'refused', seen: Infinity }, coerced('number', 'Infinity'));
told("'1' for boolean", { guess: true, seen: 'refused' }, coerced('boolean', '1'));
told('1 for boolean', { seen: true }, coerced('boolean', 1));
told("'' for number", { seen: 'refused' }, coerced('number', ''));
told("'' for number or null", { guess: 'refused', seen: null }, coerced(['number', 'null'], ''));
JS
