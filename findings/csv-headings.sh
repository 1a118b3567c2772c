#!/usr/bin/env bash
# csv-parse with `columns: true`: of columns under the same heading, and of those under none, the last is kept and the
# others are gone without a word. SheetJS and Papa Parse number them.
. "$(dirname "$0")/lib/lib.sh"
packages csv-parse@7.0.2 papaparse@5.7.1
probe <<'JS'
import { require, told } from './told.mjs';
const { parse } = require('csv-parse/sync');
const text = 'phone,phone,,\n1,2,3,4\n';

told(
	'phone,phone,, over 1,2,3,4',
	{ guess: [{ phone: '1', phone_1: '2', '': '3', _1: '4' }], seen: [{ phone: '2', '': '4' }] },
	parse(text, { columns: true }),
);
console.warn = () => {};
told(
	'the same by Papa Parse',
	{ seen: [{ phone: '1', phone_1: '2', '': '3', _1: '4' }] },
	require('papaparse').parse(text.trim(), { header: true }).data,
);
JS
