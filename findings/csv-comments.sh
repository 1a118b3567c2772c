#!/usr/bin/env bash
# csv-parse: with `comment` set, the sign ends a line also in the middle of a value, unless `comment_no_infix` is set.
. "$(dirname "$0")/lib/lib.sh"
packages csv-parse@7.0.2
probe <<'JS'
import { require, told } from './told.mjs';
const { parse } = require('csv-parse/sync');
const text = '# leads\ncode,name\nA#12,Ana\n';

told(
	'A#12,Ana with comment: #',
	{
		guess: [{ code: 'A#12', name: 'Ana' }],
		seen: [{ code: 'A' }],
	},
	parse(text, { columns: true, comment: '#', relax_column_count: true }),
);
told(
	'the same with comment_no_infix',
	{ seen: [{ code: 'A#12', name: 'Ana' }] },
	parse(text, { columns: true, comment: '#', comment_no_infix: true }),
);
JS
