#!/usr/bin/env bash
# Node's ICU: a Spanish thousand has no separator, with five digits it has one; Mexico, Peru and Latin America as a
# whole write numbers as the United States do, Argentina and Brazil as Spain does; and an Argentine time has no sign of
# the afternoon.
. "$(dirname "$0")/lib/lib.sh"
of_node 24.21.0
probe <<'JS'
import { told } from './told.mjs';
const number = (value, language) => value.toLocaleString(language);
told('1500 in es', { guess: '1.500', seen: '1500' }, number(1500, 'es'));
told('15000 in es', { seen: '15.000' }, number(15_000, 'es'));
told('1500 in pt-PT', { guess: '1.500', seen: '1500' }, number(1500, 'pt-PT'));
told('1500 in pt-BR', { seen: '1.500' }, number(1500, 'pt-BR'));
told('1500.5 in es-MX', { guess: '1.500,5', seen: '1,500.5' }, number(1500.5, 'es-MX'));
told('1500.5 in es-419', { guess: '1.500,5', seen: '1,500.5' }, number(1500.5, 'es-419'));
told('1500.5 in es-AR', { seen: '1.500,5' }, number(1500.5, 'es-AR'));
const time = (hour, language) =>
	new Date(Date.UTC(2026, 10, 28, hour)).toLocaleTimeString(language, { timeZone: 'UTC' });
told('15:00 in es-AR', { guess: '15:00:00', seen: '03:00:00' }, time(15, 'es-AR'));
told('03:00 in es-AR', { seen: '03:00:00' }, time(3, 'es-AR'));
told('midnight in es-AR', { guess: '00:00:00', seen: '12:00:00' }, time(0, 'es-AR'));
told('15:00 in es-CL', { seen: '3:00:00 p. m.' }, time(15, 'es-CL'));
JS
