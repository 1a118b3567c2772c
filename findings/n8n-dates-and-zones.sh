#!/usr/bin/env bash
# n8n-workflow: in which zone `tryToParseDateTime(text, zone)` reads a text that names none. The zone is used for the
# ISO and SQL spellings; everything else falls through to the engine's own parser and its zone (here UTC).
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { require, told } from './told.mjs';
const { tryToParseDateTime } = require('n8n-workflow');
const read = (text) => tryToParseDateTime(text, 'America/Sao_Paulo').toUTC().toISO();
const ten = '2026-11-28T13:00:00.000Z';

const slashes = '2026/11/28 10:00';
told(
	`${slashes} in America/Sao_Paulo`,
	{ guess: ten, seen: '2026-11-28T10:00:00.000Z' },
	read(slashes),
);
const words = 'Nov 28 2026 10:00';
told(
	`${words} in America/Sao_Paulo`,
	{ guess: ten, seen: '2026-11-28T10:00:00.000Z' },
	read(words),
);
const iso = '2026-11-28 10:00';
told(`${iso} in America/Sao_Paulo`, { seen: ten }, read(iso));
JS
