#!/usr/bin/env bash
# n8n-workflow: `toNumber()` and `toInt()` first take away the first sign of a currency, and single letters (L, P, Q,
# S) are signs, too; then a point is a decimal point, whatever the currency's country writes.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { outcome, told } from './told.mjs';
import { evaluate } from './n8n.mjs';
const value = (code) => outcome(() => evaluate(`{{ ${code} }}`));
const refused = 'ExpressionExtensionError: cannot convert to number';

told("'R$ 1.500'.toNumber()", { guess: 1500, seen: 1.5 }, value("'R$ 1.500'.toNumber()"));
told("'R$ 1.500,00'.toInt()", { guess: 1500, seen: 1 }, value("'R$ 1.500,00'.toInt()"));
told("'S12'.toNumber()", { guess: refused, seen: 12 }, value("'S12'.toNumber()"));
told("'A12'.toNumber()", { seen: refused }, value("'A12'.toNumber()"));
told("''.toNumber()", { guess: refused, seen: 0 }, value("''.toNumber()"));
JS
