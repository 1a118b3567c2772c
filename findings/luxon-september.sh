#!/usr/bin/env bash
# Luxon: the short name of September is sep in Mexico and sept in Spain, Argentina and Britain, and neither reads the
# other's; in Portuguese, a full stop and capitals do not matter, a missing cedilla does.
. "$(dirname "$0")/lib/lib.sh"
packages luxon@3.7.2
probe <<'JS'
import { require, told } from './told.mjs';
const { DateTime } = require('luxon');
const printed = (locale) => DateTime.utc(2026, 9, 28).setLocale(locale).toFormat('dd MMM');
const isRead = (text, locale, format = 'dd MMM yyyy') =>
	DateTime.fromFormat(text, format, { locale }).isValid;
told('28 September in es-MX', { seen: '28 sep' }, printed('es-MX'));
told('in es-AR', { guess: '28 sep', seen: '28 sept' }, printed('es-AR'));
told('in en-GB', { guess: '28 Sep', seen: '28 Sept' }, printed('en-GB'));
told('28 sept 2026, read in es-MX', { guess: true, seen: false }, isRead('28 sept 2026', 'es-MX'));
told('28 sep 2026, read in es-AR', { guess: true, seen: false }, isRead('28 sep 2026', 'es-AR'));
told('28 NOV 2026, read in pt-BR', { seen: true }, isRead('28 NOV 2026', 'pt-BR'));
told('28 nov. 2026, read in pt-BR', { seen: true }, isRead('28 nov. 2026', 'pt-BR'));
told('28 marco 2026', { seen: false }, isRead('28 marco 2026', 'pt-BR', 'dd MMMM yyyy'));
JS
