#!/usr/bin/env bash
# Luxon's fromFormat(): `yy` reads four digits as well, `d` reads two and `dd` no single one; a year of two digits is
# in this century up to 60.
. "$(dirname "$0")/lib/lib.sh"
packages luxon@3.7.2
probe <<'JS'
import { require, told } from './told.mjs';
const { DateTime } = require('luxon');
const read = (text, format) => DateTime.fromFormat(text, format).toISODate();
told('01/02/2026 as dd/MM/yy', { guess: null, seen: '2026-02-01' }, read('01/02/2026', 'dd/MM/yy'));
told('01/02/26 as dd/MM/yyyy', { seen: null }, read('01/02/26', 'dd/MM/yyyy'));
told('1/2/2026 as dd/MM/yyyy', { guess: '2026-02-01', seen: null }, read('1/2/2026', 'dd/MM/yyyy'));
told('01/02/2026 as d/M/yyyy', { seen: '2026-02-01' }, read('01/02/2026', 'd/M/yyyy'));
told(
	'01/02/60 as dd/MM/yy',
	{ guess: '1960-02-01', seen: '2060-02-01' },
	read('01/02/60', 'dd/MM/yy'),
);
told('01/02/61 as dd/MM/yy', { seen: '1961-02-01' }, read('01/02/61', 'dd/MM/yy'));
JS
