#!/usr/bin/env bash
# n8n's round() rounds a half away from zero on both sides, where Math.round goes up; and it rounds what the number is
# in binary, so that 1.45 becomes 1.4 and 1.005 becomes 1.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { told } from './told.mjs';
import { evaluate } from './n8n.mjs';
told('(-2.5).round()', { guess: -2, seen: -3 }, evaluate('{{ (-2.5).round() }}'));
told('Math.round(-2.5)', { seen: -2 }, evaluate('{{ Math.round(-2.5) }}'));
told('(2.5).round()', { seen: 3 }, evaluate('{{ (2.5).round() }}'));
told('(1.45).round(1)', { guess: 1.5, seen: 1.4 }, evaluate('{{ (1.45).round(1) }}'));
told('(1.005).round(2)', { guess: 1.01, seen: 1 }, evaluate('{{ (1.005).round(2) }}'));
JS
