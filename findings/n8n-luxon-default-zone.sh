#!/usr/bin/env bash
# n8n-workflow: evaluating one workflow's expression sets Luxon's default zone for the whole process, so a `DateTime`
# that names no zone is read in the zone of whichever workflow was evaluated last.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0 luxon@3.7.2
probe <<'JS'
import { require, told } from './told.mjs';
import { evaluate } from './n8n.mjs';
const { DateTime } = require('luxon');
const ten = () => DateTime.fromISO('2026-11-28T10:00').toISO();

evaluate('{{ 1 }}', 'America/Sao_Paulo');
told(
	'10:00 after an expression of a workflow in America/Sao_Paulo',
	{ guess: '2026-11-28T10:00:00.000+00:00', seen: '2026-11-28T10:00:00.000-03:00' },
	ten(),
);
evaluate('{{ 1 }}', 'America/Tijuana');
told(
	'10:00 after an expression of another workflow in America/Tijuana',
	{ guess: '2026-11-28T10:00:00.000-03:00', seen: '2026-11-28T10:00:00.000-08:00' },
	ten(),
);
JS
