#!/usr/bin/env bash
# ajv-formats, in its strict ("full") mode: `date-time` wants seconds and a zone, as RFC 3339 does, but takes a blank
# for the T and a zone without its colon or its minutes, which RFC 3339's grammar does not.
. "$(dirname "$0")/lib/lib.sh"
packages ajv@8.20.0 ajv-formats@3.0.1
probe <<'JS'
import { require, told } from './told.mjs';
const { default: Ajv } = require('ajv');
const ajv = new Ajv();
require('ajv-formats').default(ajv, { mode: 'full' });
const valid = ajv.compile({ type: 'string', format: 'date-time' });

told('2026-11-28 10:00:00Z', { guess: false, seen: true }, valid('2026-11-28 10:00:00Z'));
told('2026-11-28T10:00:00-0300', { guess: false, seen: true }, valid('2026-11-28T10:00:00-0300'));
told('2026-11-28T10:00:00-03', { guess: false, seen: true }, valid('2026-11-28T10:00:00-03'));
told('2026-11-28T10:00Z', { seen: false }, valid('2026-11-28T10:00Z'));
JS
