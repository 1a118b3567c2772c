#!/usr/bin/env bash
# Luxon: of the names that it prints for a zone (GMT-3, BRT) it reads none; it reads UTC-3, and CST, which is
# Chicago's. An offset as ISO writes it (-03:00) is a zone in Node 24, in Node 20 it is none. And Intl gives Buenos
# Aires back under its older name.
. "$(dirname "$0")/lib/lib.sh"
packages luxon@3.7.2
probe <<'JS'
import { require, told } from './told.mjs';
const { DateTime } = require('luxon');
const noon = DateTime.fromISO('2026-11-28T12:00:00Z');
const read = (zone) => noon.setZone(zone).toISO();
const nine = '2026-11-28T09:00:00.000-03:00';
const there = noon.setZone('America/Sao_Paulo');

told(
	'how America/Sao_Paulo is printed in English',
	{ guess: 'BRT', seen: 'GMT-3' },
	there.setLocale('en').offsetNameShort,
);
told('how it is printed in pt-BR', { seen: 'BRT' }, there.setLocale('pt-BR').offsetNameShort);
told('GMT-3', { guess: nine, seen: null }, read('GMT-3'));
told('UTC-3', { seen: nine }, read('UTC-3'));
told('BRT', { seen: null }, read('BRT'));
told('CST', { guess: null, seen: '2026-11-28T06:00:00.000-06:00' }, read('CST'));
const modern = Number.parseInt(process.versions.node) >= 22;
told('-03:00', { seen: modern ? nine : null }, read('-03:00'));
const { timeZone } = new Intl.DateTimeFormat('en', {
	timeZone: 'America/Argentina/Buenos_Aires',
}).resolvedOptions();
told(
	'America/Argentina/Buenos_Aires by resolvedOptions()',
	{ guess: 'America/Argentina/Buenos_Aires', seen: 'America/Buenos_Aires' },
	timeZone,
);
JS
