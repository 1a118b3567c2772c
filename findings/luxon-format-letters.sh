#!/usr/bin/env bash
# Luxon's toFormat() takes letters of ordinary words for parts of the time: the s of `às` is the second, the T of an
# ISO format a time, and the d of `de` the day. YYYY is no year, and DD a whole date.
. "$(dirname "$0")/lib/lib.sh"
packages luxon@3.7.2
probe <<'JS'
import { require, told } from './told.mjs';
const { DateTime } = require('luxon');
const at = DateTime.fromISO('2026-11-28T10:05:06', { zone: 'UTC' }).setLocale('pt-BR');
told(
	'dd/MM às HH:mm',
	{ guess: '28/11 às 10:05', seen: '28/11 à6 10:05' },
	at.toFormat('dd/MM às HH:mm'),
);
told("dd/MM 'às' HH:mm", { seen: '28/11 às 10:05' }, at.toFormat("dd/MM 'às' HH:mm"));
told(
	'yyyy-MM-ddTHH:mm',
	{ guess: '2026-11-28T10:05', seen: '2026-11-2810:0510:05' },
	at.toFormat('yyyy-MM-ddTHH:mm'),
);
told('d de MMMM', { guess: '28 de novembro', seen: '28 28e novembro' }, at.toFormat('d de MMMM'));
told(
	'YYYY-MM-DD',
	{ guess: '2026-11-28', seen: 'YYYY-11-28 de nov. de 2026' },
	at.toFormat('YYYY-MM-DD'),
);
JS
