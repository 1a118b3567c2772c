#!/usr/bin/env bash
# n8n-workflow: the `time` check counts digits and looks at nothing else.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { require, told } from './told.mjs';
const { validateFieldType } = require('n8n-workflow');
const accepted = (value) => validateFieldType('at', value, 'time').valid;

told("'9:30'", { guess: true, seen: false }, accepted('9:30'));
told("'09:30Z'", { guess: true, seen: false }, accepted('09:30Z'));
told("'99:99'", { guess: false, seen: true }, accepted('99:99'));
told("'09:30+0300-3'", { guess: false, seen: true }, accepted('09:30+0300-3'));
JS
