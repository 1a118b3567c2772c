#!/usr/bin/env bash
# csv-parse: `encoding` takes the few names that Node's own Buffer knows. n8n's Extract from File hands it the names of
# a longer list (102 of them, of which Buffer knows six), so what Excel saves as CSV in Brazil is an error there.
. "$(dirname "$0")/lib/lib.sh"
packages csv-parse@7.0.2
probe <<'JS'
import { outcome, require, told } from './told.mjs';
const { parse } = require('csv-parse/sync');
const bytes = Buffer.from('nome\nJoão', 'latin1');
const read = (encoding) => outcome(() => parse(bytes, { columns: true, encoding }));

told(
	'João in bytes of windows-1252, with encoding: windows1252',
	{ guess: [{ nome: 'João' }], seen: 'TypeError: Unknown encoding: windows1252' },
	read('windows1252'),
);
told('the same with encoding: latin1', { seen: [{ nome: 'João' }] }, read('latin1'));
JS
