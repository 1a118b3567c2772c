#!/usr/bin/env bash
# n8n-workflow: `toDateTime()` raises an error for a text that is no date; with a format it gives an invalid date that
# goes on through the workflow.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { outcome, told } from './told.mjs';
import { evaluate } from './n8n.mjs';
const value = (code) => outcome(() => evaluate(`{{ ${code} }}`));
const refused = 'ExpressionExtensionError: cannot convert to Luxon DateTime';
const wrong = "'31/02/2026'.toDateTime('dd/MM/yyyy')";

told("'31/02/2026'.toDateTime()", { seen: refused }, value("'31/02/2026'.toDateTime()"));
told(`${wrong}.isValid`, { guess: refused, seen: false }, value(`${wrong}.isValid`));
told(`'' + ${wrong}`, { guess: refused, seen: 'NaN' }, value(`'' + ${wrong}`));
told(`${wrong}.toISO()`, { guess: refused, seen: null }, value(`${wrong}.toISO()`));
told(
	`on {{ ${wrong} }}`,
	{ guess: refused, seen: 'on Invalid DateTime' },
	evaluate(`on {{ ${wrong} }}`),
);
JS
