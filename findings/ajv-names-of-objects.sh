#!/usr/bin/env bash
# ajv: a required property counts as present where every JavaScript object inherits it, unless `ownProperties` is set.
. "$(dirname "$0")/lib/lib.sh"
packages ajv@8.20.0
probe <<'JS'
import { require, told } from './told.mjs';
const { default: Ajv } = require('ajv');
const schema = { type: 'object', required: ['constructor'], properties: { constructor: {} } };

told(
	"{} with required: ['constructor']",
	{ guess: false, seen: true },
	new Ajv().compile(schema)({}),
);
told(
	'the same with ownProperties',
	{ seen: false },
	new Ajv({ ownProperties: true }).compile(schema)({}),
);
JS
