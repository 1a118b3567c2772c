#!/usr/bin/env bash
# Day.js in a zone: `dayjs.tz()` takes the digits and drops the Z or the offset behind them, and adding days or months
# keeps the old offset when the clocks have changed.
. "$(dirname "$0")/lib/lib.sh"
packages dayjs@1.11.23
probe <<'JS'
import { require, told } from './told.mjs';
const dayjs = require('dayjs');
dayjs.extend(require('dayjs/plugin/utc'));
dayjs.extend(require('dayjs/plugin/timezone'));
const zone = 'America/Sao_Paulo';
told(
	"tz('2026-11-20T10:00Z') in São Paulo",
	{ guess: '2026-11-20T07:00:00-03:00', seen: '2026-11-20T10:00:00-03:00' },
	dayjs.tz('2026-11-20T10:00Z', zone).format(),
);
told(
	'the same as milliseconds',
	{ seen: '2026-11-20T07:00:00-03:00' },
	dayjs.tz(Date.parse('2026-11-20T10:00Z'), zone).format(),
);
told(
	"tz('2026-11-20T10:00+02:00') in São Paulo",
	{ guess: '2026-11-20T05:00:00-03:00', seen: '2026-11-20T08:00:00-03:00' },
	dayjs.tz('2026-11-20T10:00:00+02:00', zone).format(),
);
const noon = (day) => dayjs.tz(`${day}T12:00`, 'America/New_York');
told(
	'noon of 15 November in New York',
	{ seen: '2026-11-15T12:00:00-05:00' },
	noon('2026-11-15').format(),
);
told(
	'noon of 15 October there and a month',
	{ guess: '2026-11-15T12:00:00-05:00', seen: '2026-11-15T12:00:00-04:00' },
	noon('2026-10-15').add(1, 'month').format(),
);
told(
	'noon of 31 October there and a day',
	{ guess: '2026-11-01T12:00:00-05:00', seen: '2026-11-01T12:00:00-04:00' },
	noon('2026-10-31').add(1, 'day').format(),
);
told(
	'noon of 31 October there and 24 hours',
	{ guess: '2026-11-01T11:00:00-05:00', seen: '2026-11-01T12:00:00-04:00' },
	noon('2026-10-31').add(24, 'hour').format(),
);
JS
