#!/usr/bin/env bash
# n8n-workflow: `jsonParse(text, { acceptJSObject: true })` reads an object in JavaScript's notation without
# evaluating it, and what it does not know it neither refuses nor leaves out.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { require, told } from './told.mjs';
const { jsonParse } = require('n8n-workflow');
const value = (text) => jsonParse(`{ value: ${text} }`, { acceptJSObject: true }).value;

told('{ value: !true }', { guess: false, seen: true }, value('!true'));
told('{ value: undefined }', { guess: undefined, seen: 'undefined' }, value('undefined'));
told('{ value: NaN }', { guess: NaN, seen: 'NaN' }, value('NaN'));
told('{ value: 2 * 3 }', { guess: 6, seen: undefined }, value('2 * 3'));
told('{ value: `text` }', { guess: 'text', seen: undefined }, value('`text`'));
JS
