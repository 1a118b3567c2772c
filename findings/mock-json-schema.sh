#!/usr/bin/env bash
# mock-json-schema, by which openapi-backend answers for an operation: what it makes of a schema does not hold to it
# where that has a pattern, an exclusive maximum or unique items; a constant and a list of types become an object.
. "$(dirname "$0")/lib/lib.sh"
packages mock-json-schema@1.1.3 ajv@8.20.0
probe <<'JS'
import { require, told } from './told.mjs';
const { mock } = require('mock-json-schema');
const { default: Ajv } = require('ajv');
const ajv = new Ajv({ strict: false });
const made = (schema) => [mock(schema), ajv.validate(schema, mock(schema))];
told('a minimum of 5', { seen: [5, true] }, made({ type: 'integer', minimum: 5 }));
told('a length of 12', { seen: ['stringstring', true] }, made({ type: 'string', minLength: 12 }));
told(
	'a pattern of four digits',
	{ guess: ['0000', true], seen: ['string', false] },
	made({ type: 'string', pattern: '^[0-9]{4}$' }),
);
told(
	'less than 0',
	{ guess: [-1, true], seen: [0, false] },
	made({ type: 'integer', exclusiveMaximum: 0 }),
);
told(
	'two unique items',
	{ guess: [[0, 1], true], seen: [[0, 0], false] },
	made({ type: 'array', minItems: 2, uniqueItems: true, items: { type: 'integer' } }),
);
told('the constant 5', { guess: [5, true], seen: [{}, false] }, made({ const: 5 }));
told(
	"['string', 'null'], as OpenAPI 3.1 says nullable",
	{ guess: ['string', true], seen: [{}, false] },
	made({ type: ['string', 'null'] }),
);
JS
