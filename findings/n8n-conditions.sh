#!/usr/bin/env bash
# n8n's conditions (If, Filter, Switch): where types are converted, an empty text is the number 0 and null is not; an
# empty text exists; a missing text equals an empty one; and `no` is true.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { require, told } from './told.mjs';
const { executeFilterCondition } = require('n8n-workflow');
const holds = (leftValue, type, operation, rightValue, typeValidation = 'loose') => {
	const condition = { id: '1', leftValue, rightValue, operator: { type, operation } };
	return executeFilterCondition(condition, {
		caseSensitive: true,
		leftValue: '',
		typeValidation,
		version: 2,
	});
};
told("'' as a number equals 0", { guess: false, seen: true }, holds('', 'number', 'equals', 0));
told('a blank is below 1', { guess: false, seen: true }, holds(' ', 'number', 'lt', 1));
told('null equals 0', { seen: false }, holds(null, 'number', 'equals', 0));
told(
	"'' exists, strictly",
	{ guess: false, seen: true },
	holds('', 'string', 'exists', undefined, 'strict'),
);
told('null exists', { seen: false }, holds(null, 'string', 'exists', undefined, 'strict'));
told(
	"what is missing equals '', strictly",
	{ guess: false, seen: true },
	holds(undefined, 'string', 'equals', '', 'strict'),
);
told("'maybe' is true", { guess: false, seen: true }, holds('maybe', 'boolean', 'true'));
told("'no' is true", { guess: false, seen: true }, holds('no', 'boolean', 'true'));
told("'false' is true", { seen: false }, holds('false', 'boolean', 'true'));
JS
