#!/usr/bin/env bash
# csv-parse: the first line end of a file counts for all of it. With \n first, a later \r\n leaves \r in the value;
# with \r\n first, a later \n is no line end and the file an error. And a line of a blank is no empty line.
. "$(dirname "$0")/lib/lib.sh"
packages csv-parse@7.0.2
probe <<'JS'
import { outcome, require, told } from './told.mjs';
const { parse } = require('csv-parse/sync');
const read = (text) => outcome(() => parse(text, { columns: true, skip_empty_lines: true }));
const right = [
	{ a: '1', b: '2' },
	{ a: '3', b: '4' },
];

told(
	'a,b\\n1,2\\r\\n3,4',
	{
		guess: right,
		seen: [
			{ a: '1', b: '2\r' },
			{ a: '3', b: '4' },
		],
	},
	read('a,b\n1,2\r\n3,4'),
);
told(
	'a,b\\r\\n1,2\\n3,4',
	{ guess: right, seen: 'Error: Invalid Record Length: columns length is 2, got 3 on line 3' },
	read('a,b\r\n1,2\n3,4'),
);
told(
	'a,b\\n \\n1,2',
	{
		guess: [{ a: '1', b: '2' }],
		seen: 'Error: Invalid Record Length: columns length is 2, got 1 on line 2',
	},
	read('a,b\n \n1,2'),
);
told(
	'a,b\\n,\\n1,2',
	{
		guess: [{ a: '1', b: '2' }],
		seen: [
			{ a: '', b: '' },
			{ a: '1', b: '2' },
		],
	},
	read('a,b\n,\n1,2'),
);
JS
