#!/usr/bin/env bash
# n8n-workflow's `$jmespath`: JMESPath's specification orders numbers only, and gives null for other operands, so a
# filter on dates should be empty; this one orders texts as JavaScript does. And 0 is true, as specified.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { told } from './told.mjs';
import { evaluate } from './n8n.mjs';
const leads =
	"[{ name: 'Ana', day: '2026-02-01', score: 0 }, { name: 'Bia', day: '2025-02-01', score: 5 }]";
const query = (text) => evaluate(`{{ $jmespath(${leads}, "${text}") }}`);

told(
	"[?day > '2026-01-01'].name",
	{ guess: [], seen: ['Ana'] },
	query("[?day > '2026-01-01'].name"),
);
told(
	"[].[score || 'none']",
	{ guess: [['none'], [5]], seen: [[0], [5]] },
	query("[].[score || 'none']"),
);
told('[?score].name', { guess: ['Bia'], seen: ['Ana', 'Bia'] }, query('[?score].name'));
JS
