#!/usr/bin/env bash
# n8n-workflow: which plain numbers its `dateTime` check takes for a date, and which date it takes them for. A row
# number, an age or a spreadsheet's serial date passes; a Unix time, which the editor's help for `toDateTime` names,
# does not.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { require, told } from './told.mjs';
const { validateFieldType } = require('n8n-workflow');
const read = (value) => {
	const { valid, newValue } = validateFieldType('day', value, 'dateTime');
	return valid ? newValue.toUTC().toISO() : 'refused';
};
const today = new Date().toISOString().slice(0, 10);

told(
	'1732800000000, Unix milliseconds',
	{ guess: '2024-11-28T13:20:00.000Z', seen: 'refused' },
	read(1732800000000),
);
told(
	'1732800000, Unix seconds',
	{ guess: '2024-11-28T13:20:00.000Z', seen: 'refused' },
	read(1732800000),
);
told(
	"46354, a spreadsheet's 2026-11-28",
	{ guess: 'refused', seen: '+046354-01-01T00:00:00.000Z' },
	read(46354),
);
told('20261128', { guess: 'refused', seen: '2026-11-28T00:00:00.000Z' }, read(20261128));
told('12', { guess: 'refused', seen: `${today}T12:00:00.000Z` }, read(12));
told('1', { guess: 'refused', seen: '2001-01-01T00:00:00.000Z' }, read(1));
told('32', { guess: 'refused', seen: '2032-01-01T00:00:00.000Z' }, read(32));
told("'Lead 7'", { guess: 'refused', seen: '2001-07-01T00:00:00.000Z' }, read('Lead 7'));
told("'2026-02-30'", { guess: 'refused', seen: '2026-03-02T00:00:00.000Z' }, read('2026-02-30'));
JS
