#!/usr/bin/env bash
# Luxon: 31 February is no date where it is read or made, and is 3 March where a date's day is set; a month that is
# set alone takes the last day that there is.
. "$(dirname "$0")/lib/lib.sh"
packages luxon@3.7.2
probe <<'JS'
import { require, told } from './told.mjs';
const { DateTime } = require('luxon');
const zone = 'UTC';
const day = { year: 2026, month: 2, day: 31 };
told('2026-02-31, read', { seen: false }, DateTime.fromISO('2026-02-31', { zone }).isValid);
told('made by fromObject', { seen: false }, DateTime.fromObject(day, { zone }).isValid);
const first = DateTime.fromISO('2026-02-01', { zone });
told(
	'the 31st set on 1 February',
	{ guess: null, seen: '2026-03-03' },
	first.set({ day: 31 }).toISODate(),
);
told(
	'day 0 set on 1 February',
	{ guess: null, seen: '2026-01-31' },
	first.set({ day: 0 }).toISODate(),
);
const last = DateTime.fromISO('2026-01-31', { zone });
told('February set on 31 January', { seen: '2026-02-28' }, last.set({ month: 2 }).toISODate());
told(
	'month 14 set on it',
	{ guess: null, seen: '2027-02-28' },
	last.set({ month: 14 }).toISODate(),
);
JS
