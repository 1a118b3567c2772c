#!/usr/bin/env bash
# Luxon: which of the two 01:30s of the night when clocks go back it means depends on the day it is asked: it begins
# with the offset of now. JavaScript's own Date always takes the first. (In Tijuana clocks still change, in São Paulo
# and Mexico City no longer, so there the second is taken for times of the past.)
. "$(dirname "$0")/lib/lib.sh"
packages luxon@3.7.2
probe <<'JS'
import { require, told } from './told.mjs';
const { DateTime, Settings } = require('luxon');
const asked = (now, text, zone) => {
	Settings.now = () => Date.parse(now);
	return DateTime.fromISO(text, { zone }).toISO();
};
const night = '2026-11-01T01:30';
const first = '2026-11-01T01:30:00.000-07:00';

told(
	`${night} in America/Tijuana, asked in July`,
	{ seen: first },
	asked('2026-07-15', night, 'America/Tijuana'),
);
told(
	`${night} in America/Tijuana, asked in January`,
	{ guess: first, seen: '2026-11-01T01:30:00.000-08:00' },
	asked('2026-01-15', night, 'America/Tijuana'),
);
told(
	'2018-02-17T23:30 in America/Sao_Paulo',
	{ guess: '2018-02-17T23:30:00.000-02:00', seen: '2018-02-17T23:30:00.000-03:00' },
	asked('2026-01-15', '2018-02-17T23:30', 'America/Sao_Paulo'),
);
process.env.TZ = 'America/Tijuana';
told(`${night} by Date`, { seen: '2026-11-01T08:30:00.000Z' }, new Date(night).toISOString());
JS
