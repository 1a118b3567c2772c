#!/usr/bin/env bash
# ajv: a `pattern` is compiled with the flag u, so what a RegExp without it, and other validators, accept is an error
# before anything is validated: a needless backslash, a bare hyphen after \w.
. "$(dirname "$0")/lib/lib.sh"
packages ajv@8.20.0
probe <<'JS'
import { outcome, require, told } from './told.mjs';
const { default: Ajv } = require('ajv');
const valid = (pattern, value) =>
	outcome(() => new Ajv().compile({ type: 'string', pattern })(value));

told(
	String.raw`ana-1 and the pattern ^[\w-.]+$`,
	{
		guess: true,
		seen: String.raw`SyntaxError: Invalid regular expression: /^[\w-.]+$/u: Invalid character class`,
	},
	valid(String.raw`^[\w-.]+$`, 'ana-1'),
);
told(
	String.raw`@ana and the pattern ^\@\w+$`,
	{
		guess: true,
		seen: String.raw`SyntaxError: Invalid regular expression: /^\@\w+$/u: Invalid escape`,
	},
	valid(String.raw`^\@\w+$`, '@ana'),
);
JS
