#!/usr/bin/env bash
# n8n-workflow: `toBoolean()` and the `boolean` check read the same words differently, and a blank is true.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { require, told } from './told.mjs';
import { evaluate } from './n8n.mjs';
const { validateFieldType } = require('n8n-workflow');
const extension = (text) => evaluate(`{{ ${JSON.stringify(text)}.toBoolean() }}`);
const check = (text) => validateFieldType('opted', text, 'boolean').newValue ?? 'refused';

told("'no'.toBoolean()", { seen: false }, extension('no'));
told("'no' in a boolean field", { guess: false, seen: 'refused' }, check('no'));
told("'no '.toBoolean(), with a blank", { guess: false, seen: true }, extension('no '));
told("' '.toBoolean()", { guess: false, seen: true }, extension(' '));
told("'0.0'.toBoolean()", { guess: false, seen: true }, extension('0.0'));
told("'0.0' in a boolean field", { guess: true, seen: false }, check('0.0'));
told("'off'.toBoolean()", { guess: false, seen: true }, extension('off'));
JS
