#!/usr/bin/env bash
# LibreOffice: a table of text is one where its file is called .csv. Called .txt it is a letter, though the filter for
# tables is asked for: no spreadsheet is written, and the program ends with 0 all the same.
. "$(dirname "$0")/lib/lib.sh"
debian libreoffice-calc=4:7.4.7-1+deb12u14
printf 'name;age\nAna;30\n' | tee table.csv >letter.txt
export code=0
office xlsx 1046 table.csv
office xlsx 1046 letter.txt || code=$?
probe <<'JS'
import { existsSync } from 'node:fs';
import { told } from './told.mjs';

told('table.csv as a spreadsheet', { seen: true }, existsSync('out/table.xlsx'));
told('letter.txt as a spreadsheet', { guess: true, seen: false }, existsSync('out/letter.xlsx'));
told('exit code for letter.txt', { guess: 1, seen: 0 }, Number(process.env.code));
JS
