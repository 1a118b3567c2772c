#!/usr/bin/env bash
# date-fns 2: a weekday that contradicts its date is no error, `yyyy` reads 26 as the year 26, a month in Portuguese may
# have no full stop, a blank may follow, and `parseISO` takes 20 for the year 2000 and no offset behind a blank.
. "$(dirname "$0")/lib/lib.sh"
packages date-fns@2.30.0
probe <<'JS'
import { require, told } from './told.mjs';
const dates = require('date-fns');
const { es, ptBR } = require('date-fns/locale');
const shown = (date) => (dates.isValid(date) ? date.toISOString().slice(0, 16) : 'Invalid Date');
const reads = (text, format, expected, locale) =>
	told(
		`'${text}' as ${format}`,
		expected,
		shown(dates.parse(text, format, new Date(0), { locale })),
	);
reads('Friday 20/11/2026', 'EEEE dd/MM/yyyy', { seen: '2026-11-20T00:00' });
reads('Monday 20/11/2026', 'EEEE dd/MM/yyyy', { guess: 'Invalid Date', seen: '2026-11-20T00:00' });
reads('20/11/26', 'dd/MM/yyyy', { guess: 'Invalid Date', seen: '0026-11-20T00:00' });
reads('20/11/2026', 'dd/MM/yy', { seen: 'Invalid Date' });
reads('20/11/2026 ', 'dd/MM/yyyy', { guess: 'Invalid Date', seen: '2026-11-20T00:00' });
reads('20 nov 2026', 'dd MMM yyyy', { seen: '2026-11-20T00:00' }, ptBR);
reads('20 nov. 2026', 'dd MMM yyyy', { guess: '2026-11-20T00:00', seen: 'Invalid Date' }, ptBR);
reads('20 sept 2026', 'dd MMM yyyy', { guess: '2026-09-20T00:00', seen: 'Invalid Date' }, es);

const iso = (text, expected) => told(`parseISO('${text}')`, expected, shown(dates.parseISO(text)));
iso('2026-11', { seen: '2026-11-01T00:00' });
iso('20', { guess: 'Invalid Date', seen: '2000-01-01T00:00' });
iso('2026-11-20T10:00:00Z', { seen: '2026-11-20T10:00' });
iso('2026-11-20T10:00 -03:00', { guess: '2026-11-20T13:00', seen: 'Invalid Date' });
iso('2026-11-20T10:00[America/Sao_Paulo]', { seen: 'Invalid Date' });
iso('2026-11-20T10:00Z[America/Sao_Paulo]', {
	guess: 'Invalid Date',
	seen: '2026-11-20T10:00',
});
iso('2026-11-20t10:00:00z', { guess: '2026-11-20T10:00', seen: 'Invalid Date' });

const day = new Date('2026-11-20T00:00Z');
told(
	'business days from Friday to Saturday',
	{ seen: 1 },
	dates.differenceInBusinessDays(new Date('2026-11-21'), day),
);
told(
	'business days from Saturday back to Friday',
	{ guess: -1, seen: 0 },
	dates.differenceInBusinessDays(day, new Date('2026-11-21')),
);
JS
