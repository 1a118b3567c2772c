#!/usr/bin/env bash
# Luxon: what `fromISO` reads. A zone in brackets takes the place of the offset before it, also of a Z, where RFC 9557
# has the Z name the moment: three hours' difference. Offsets that no clock shows are counted out.
. "$(dirname "$0")/lib/lib.sh"
packages luxon@3.7.2
probe <<'JS'
import { require, told } from './told.mjs';
const { DateTime } = require('luxon');
const read = (text) => DateTime.fromISO(text, { setZone: true }).toISO();

told(
	'2026-11-28T10:00:00Z[America/Sao_Paulo]',
	{ guess: '2026-11-28T07:00:00.000-03:00', seen: '2026-11-28T10:00:00.000-03:00' },
	read('2026-11-28T10:00:00Z[America/Sao_Paulo]'),
);
told(
	'2026-11-28T10:00:00-03:99',
	{ guess: null, seen: '2026-11-28T10:00:00.000-04:39' },
	read('2026-11-28T10:00:00-03:99'),
);
told(
	'2026-11-28T10:00:00+25:00',
	{ guess: null, seen: '2026-11-28T10:00:00.000+25:00' },
	read('2026-11-28T10:00:00+25:00'),
);
const today = DateTime.local().toISODate();
told('10:30', { guess: null, seen: `${today}T10:30:00.000+00:00` }, read('10:30'));
told(
	'2026-11-28 10:30',
	{ guess: '2026-11-28T10:30:00.000+00:00', seen: null },
	read('2026-11-28 10:30'),
);
JS
