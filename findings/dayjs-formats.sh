#!/usr/bin/env bash
# Day.js with a format: a month of 20 is August of the next year, `YY` reads the century, a month must have the capitals
# of its language, pm is not PM; and 31 days make a month and 14 hours.
. "$(dirname "$0")/lib/lib.sh"
packages dayjs@1.11.23
probe <<'JS'
import { require, told } from './told.mjs';
const dayjs = require('dayjs');
dayjs.extend(require('dayjs/plugin/customParseFormat'));
dayjs.extend(require('dayjs/plugin/duration'));
require('dayjs/locale/pt-br');
const invalid = 'Invalid Date';
const reads = (text, format, expected, language) =>
	told(
		`'${text}' as ${format}`,
		expected,
		dayjs(text, format, language).format('YYYY-MM-DD HH:mm'),
	);
reads('20/11/2026', 'MM/DD/YYYY', { guess: invalid, seen: '2027-08-11 00:00' });
reads('31/02/2026', 'DD/MM/YYYY', { guess: invalid, seen: '2026-03-03 00:00' });
reads('20/11/26', 'DD/MM/YYYY', { guess: '2026-11-20 00:00', seen: invalid });
reads('20/11/2026', 'DD/MM/YY', { guess: '2026-11-20 00:00', seen: '2020-11-20 00:00' });
reads('20 novembro 2026', 'D MMMM YYYY', { seen: '2026-11-20 00:00' }, 'pt-br');
reads('20 Novembro 2026', 'D MMMM YYYY', { guess: '2026-11-20 00:00', seen: invalid }, 'pt-br');
const time = 'YYYY-MM-DD hh:mm A';
reads('2026-11-20 10:00 PM', time, { seen: '2026-11-20 22:00' });
reads('2026-11-20 10:00 pm', time, { guess: '2026-11-20 22:00', seen: '2026-11-20 10:00' });

const iso = (...amount) => dayjs.duration(...amount).toISOString();
told('a duration of 31 days', { guess: 'P1M1D', seen: 'P1MT14H' }, iso(31, 'days'));
JS
