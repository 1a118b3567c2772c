#!/usr/bin/env bash
# LibreOffice where the system names no locale, as in a container: a table that it is told to read as Brazilian comes
# out written as American, the month first and the century gone, while what was typed as 2026-11-05 stays. TRUE, which
# is no boolean in Portuguese, and VERDADEIRO, which is one, come out alike; 20 digits come out as 15 and an exponent.
. "$(dirname "$0")/lib/lib.sh"
debian libreoffice-calc=4:7.4.7-1+deb12u14
cat >leads.csv <<'CSV'
name;day;opted;card
Ana;05/11/2026;VERDADEIRO;12345678901234567890
Bia;2026-11-05;TRUE;5511987654321012
CSV
office csv 1046 leads.csv
probe <<'JS'
import { readFileSync } from 'node:fs';
import { told } from './told.mjs';
const [, ana, bia] = readFileSync('out/leads.csv', 'utf8').split('\n');

told(
	'Ana;05/11/2026;VERDADEIRO;12345678901234567890',
	{
		guess: 'Ana;05/11/2026;VERDADEIRO;12345678901234567890',
		seen: 'Ana;11/05/26;TRUE;1.23456789012346E+019',
	},
	ana,
);
told('Bia;2026-11-05;TRUE;5511987654321012', { seen: 'Bia;2026-11-05;TRUE;5511987654321012' }, bia);
JS
