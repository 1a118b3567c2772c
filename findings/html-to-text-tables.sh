#!/usr/bin/env bash
# html-to-text, which n8n's HTML node calls without options: the cells and rows of a table are one word, so are the
# choices of a select; a mail link loses its scheme, one to a telephone does not.
. "$(dirname "$0")/lib/lib.sh"
packages html-to-text@9.0.5
probe <<'JS'
import { require, told } from './told.mjs';
const { convert } = require('html-to-text');
const reads = (html, expected) => told(html, expected, convert(html));

reads('<table><tr><td>Ana</td><td>Acme</td></tr></table>', { guess: 'Ana\tAcme', seen: 'AnaAcme' });
reads('<table><tr><td>Ana</td></tr><tr><td>Bia</td></tr></table>', {
	guess: 'Ana\nBia',
	seen: 'AnaBia',
});
reads('<div>Ana</div><div>Bia</div>', { seen: 'Ana\nBia' });
reads('<select><option>Hot</option><option>Cold</option></select>', {
	guess: 'Hot\nCold',
	seen: 'HotCold',
});
reads('<a href="mailto:ana@acme.example">Ana</a>', {
	guess: 'Ana [mailto:ana@acme.example]',
	seen: 'Ana [ana@acme.example]',
});
reads('<a href="tel:+5511">Call</a>', { seen: 'Call [tel:+5511]' });
JS
