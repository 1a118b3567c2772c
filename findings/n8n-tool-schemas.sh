#!/usr/bin/env bash
# n8n makes a tool's JSON Schema a Zod schema: `$ref`, `if`, `uniqueItems`, `minProperties`, `prefixItems` and keywords
# without a `type` let everything pass, a required name without a property is not asked for, a time has no zone.
. "$(dirname "$0")/lib/lib.sh"
packages @n8n/json-schema-to-zod@1.16.0 zod@3.25.76
probe <<'JS'
import { require, told } from './told.mjs';
const { jsonSchemaToZod } = require('@n8n/json-schema-to-zod');
const valid = (schema, value) => jsonSchemaToZod(schema).safeParse(value).success;
const string = { type: 'string' };

const lead = {
	$defs: { name: string },
	type: 'object',
	properties: { name: { $ref: '#/$defs/name' } },
};
told('$ref to a string: 1', { guess: false, seen: true }, valid(lead, { name: 1 }));
const named = { type: 'object', properties: {}, required: ['email'] };
told('required without a property: {}', { guess: false, seen: true }, valid(named, {}));
const typed = { ...named, properties: { email: string } };
told('required with a property: {}', { seen: false }, valid(typed, {}));
const untyped = { properties: { email: string }, required: ['email'] };
told('the same without a type: {}', { guess: false, seen: true }, valid(untyped, {}));
told("minLength 3 without a type: 'a'", { guess: false, seen: true }, valid({ minLength: 3 }, 'a'));
const unique = { type: 'array', items: string, uniqueItems: true };
told("uniqueItems: ['a', 'a']", { guess: false, seen: true }, valid(unique, ['a', 'a']));
const some = { type: 'object', minProperties: 1 };
told('minProperties 1: {}', { guess: false, seen: true }, valid(some, {}));
const pair = { type: 'array', prefixItems: [string] };
told('prefixItems of a string: [1]', { guess: false, seen: true }, valid(pair, [1]));
const either = {
	...typed,
	required: [],
	if: { required: ['email'] },
	then: { required: ['name'] },
};
told(
	"if email, then name: { email: 'a' }",
	{ guess: false, seen: true },
	valid(either, { email: 'a' }),
);
const time = { ...string, format: 'time' };
told('time 10:00:00Z', { guess: true, seen: false }, valid(time, '10:00:00Z'));
told('time 10:00:00', { guess: false, seen: true }, valid(time, '10:00:00'));
const letter = { ...string, pattern: '^\\p{L}$' };
told('pattern ^\\p{L}$: á', { guess: true, seen: false }, valid(letter, 'á'));
JS
