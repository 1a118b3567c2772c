#!/usr/bin/env bash
# n8n-workflow: `toDateTime('excel')` takes a spreadsheet's day as midnight in UTC and shows it in the workflow's
# zone: everywhere in the Americas it is the evening of the day before.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { told } from './told.mjs';
import { evaluate } from './n8n.mjs';
const day = (zone) => evaluate("{{ (46354).toDateTime('excel').toISO() }}", zone);

told(
	'46354, which a spreadsheet shows as 2026-11-28, in America/Sao_Paulo',
	{ guess: '2026-11-28T00:00:00.000-03:00', seen: '2026-11-27T21:00:00.000-03:00' },
	day('America/Sao_Paulo'),
);
told(
	'the same in America/Mexico_City',
	{ guess: '2026-11-28T00:00:00.000-06:00', seen: '2026-11-27T18:00:00.000-06:00' },
	day('America/Mexico_City'),
);
JS
