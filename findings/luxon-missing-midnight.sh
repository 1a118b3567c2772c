#!/usr/bin/env bash
# Luxon: a day in Chile may begin at 01:00, for summer time comes at midnight. The evening half past eleven that comes
# twice, in autumn, is the first of the two, and the day has 25 hours.
. "$(dirname "$0")/lib/lib.sh"
packages luxon@3.7.2
probe <<'JS'
import { require, told } from './told.mjs';
const { DateTime } = require('luxon');
const chile = { zone: 'America/Santiago' };
const spring = '2026-09-06T01:00:00.000-03:00';
told(
	'2026-09-06 there',
	{ guess: '2026-09-06T00:00:00.000-03:00', seen: spring },
	DateTime.fromISO('2026-09-06', chile).toISO(),
);
told(
	"the same day's startOf('day')",
	{ guess: '2026-09-06T00:00:00.000-03:00', seen: spring },
	DateTime.fromISO('2026-09-06T12:00', chile).startOf('day').toISO(),
);
told(
	'00:30 of the day before, and a day',
	{ guess: '2026-09-06T00:30:00.000-03:00', seen: '2026-09-06T01:30:00.000-03:00' },
	DateTime.fromISO('2026-09-05T00:30', chile).plus({ days: 1 }).toISO(),
);
const [from, to] = ['2026-04-04', '2026-04-05'].map((day) => DateTime.fromISO(day, chile));
told('hours of 2026-04-04', { guess: 24, seen: 25 }, to.diff(from, 'hours').hours);
told(
	'23:30 of that day, which comes twice',
	{ guess: '2026-04-04T23:30:00.000-04:00', seen: '2026-04-04T23:30:00.000-03:00' },
	DateTime.fromISO('2026-04-04T23:30', chile).toISO(),
);
JS
