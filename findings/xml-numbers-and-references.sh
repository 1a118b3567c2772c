#!/usr/bin/env bash
# fast-xml-parser: a phone number loses its plus and a postal code its zeros, in CDATA as well; an article called 12E3 is
# 12000, and a character by its number stays as it is written.
. "$(dirname "$0")/lib/lib.sh"
packages fast-xml-parser@5.2.5
probe <<'JS'
import { require, told } from './told.mjs';
const { XMLBuilder, XMLParser } = require('fast-xml-parser');
const reads = (text, expected) => told(text, expected, new XMLParser().parse(`<a>${text}</a>`).a);

reads('+5511987654321', { guess: '+5511987654321', seen: 5511987654321 });
reads('01310100', { guess: '01310100', seen: 1310100 });
reads('<![CDATA[01310100]]>', { guess: '01310100', seen: 1310100 });
reads('<![CDATA[true]]>', { guess: 'true', seen: true });
reads('12E3', { guess: '12E3', seen: 12000 });
reads('12345678901234567890', { seen: '12345678901234567890' });
reads('A &amp; B', { seen: 'A & B' });
reads('Jos&#xE9;', { guess: 'José', seen: 'Jos&#xE9;' });
reads('Jos&#233;', { guess: 'José', seen: 'Jos&#233;' });
told(
	'a Date, written',
	{
		guess: '<a>2026-11-20T10:00:00.000Z</a>',
		seen: '<a>Fri Nov 20 2026 10:00:00 GMT+0000 (Coordinated Universal Time)</a>',
	},
	new XMLBuilder().build({ a: new Date('2026-11-20T10:00Z') }),
);
JS
