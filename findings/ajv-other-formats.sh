#!/usr/bin/env bash
# ajv-formats: a `uuid` may be a urn, a `byte` may have line breaks, a `uri` may have an empty host but no letters
# outside ASCII, and a `duration` has no fractions, which ISO 8601 has.
. "$(dirname "$0")/lib/lib.sh"
packages ajv@8.20.0 ajv-formats@3.0.1
probe <<'JS'
import { require, told } from './told.mjs';
const { default: Ajv } = require('ajv');
const ajv = new Ajv();
require('ajv-formats').default(ajv);
const valid = (format, value) => ajv.compile({ type: 'string', format })(value);

const urn = 'urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6';
told(`uuid ${urn}`, { guess: false, seen: true }, valid('uuid', urn));
told('byte YWJj\\n', { guess: false, seen: true }, valid('byte', 'YWJj\n'));
told('uri localhost:3000', { guess: false, seen: true }, valid('uri', 'localhost:3000'));
told('uri https://', { guess: false, seen: true }, valid('uri', 'https://'));
told(
	'uri https://açaí.example',
	{ guess: true, seen: false },
	valid('uri', 'https://açaí.example'),
);
told('duration PT0.5S', { guess: true, seen: false }, valid('duration', 'PT0.5S'));
JS
