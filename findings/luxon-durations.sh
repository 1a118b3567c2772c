#!/usr/bin/env bash
# Luxon: ISO's comma counts in a duration's seconds only, and makes it invalid elsewhere; a negative duration has two
# signs; and from 31 January to 28 February it is a whole month, from 30 January as well.
. "$(dirname "$0")/lib/lib.sh"
packages luxon@3.7.2
probe <<'JS'
import { require, told } from './told.mjs';
const { DateTime, Duration } = require('luxon');
told('PT1.5H in minutes', { seen: 90 }, Duration.fromISO('PT1.5H').as('minutes'));
told(
	'PT1,5H in minutes',
	{ guess: 90, seen: Number.NaN },
	Duration.fromISO('PT1,5H').as('minutes'),
);
told('PT1,5S in seconds', { seen: 1.5 }, Duration.fromISO('PT1,5S').as('seconds'));
const minus = Duration.fromObject({ minutes: -90 });
told('-90 minutes as hh:mm', { guess: '-01:30', seen: '-01:-30' }, minus.toFormat('hh:mm'));
const months = (from, to) => DateTime.fromISO(to).diff(DateTime.fromISO(from), 'months').months;
told(
	'months from 31 January to 28 February',
	{ guess: 28 / 31, seen: 1 },
	months('2026-01-31', '2026-02-28'),
);
told('from 30 January', { guess: 29 / 31, seen: 1 }, months('2026-01-30', '2026-02-28'));
JS
