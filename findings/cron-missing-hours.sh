#!/usr/bin/env bash
# cron, behind n8n's Schedule Trigger: a job at 00:30 runs at 01:30 on the day on which Chile has no 00:30, and one at
# 23:30 once on the day that has two of them, while an hourly one runs in both. Hours that go over midnight are an error.
. "$(dirname "$0")/lib/lib.sh"
packages cron@4.4.0 luxon@3.7.2
probe <<'JS'
import { outcome, require, told } from './told.mjs';
const { CronTime } = require('cron');
const { DateTime } = require('luxon');
const zone = 'America/Santiago';
/** The next times from a local one on. */
const next = (pattern, from, count) => {
	const cron = new CronTime(pattern, zone);
	let time = DateTime.fromISO(from, { zone });
	return Array.from({ length: count }, () => {
		time = cron.getNextDateFrom(time, zone);
		return time.toFormat('dd HH:mm ZZ');
	});
};
told(
	'30 0 * * *, from 5 September 2026 on',
	{ guess: ['07 00:30 -03:00', '08 00:30 -03:00'], seen: ['06 01:30 -03:00', '07 00:30 -03:00'] },
	next('30 0 * * *', '2026-09-05T12:00', 2),
);
told(
	'30 23 * * *, from 4 April on',
	{ guess: ['04 23:30 -03:00', '04 23:30 -04:00'], seen: ['04 23:30 -03:00', '05 23:30 -04:00'] },
	next('30 23 * * *', '2026-04-04T12:00', 2),
);
told(
	'0 * * * * that night',
	{ seen: ['04 23:00 -03:00', '04 23:00 -04:00'] },
	next('0 * * * *', '2026-04-04T22:30', 2),
);
told(
	'0 22-1 * * *',
	{ guess: ['04 22:00 -03:00'], seen: 'Error: Field (hour) has an invalid range' },
	outcome(() => next('0 22-1 * * *', '2026-04-04T12:00', 1)),
);
JS
