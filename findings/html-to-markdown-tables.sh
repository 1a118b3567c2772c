#!/usr/bin/env bash
# node-html-markdown, of n8n's Markdown node: an empty cell is left out, so that the next ones move a column to the left;
# the lines of a cell are one word, and a numbered list begins with 1, wherever the page has it begin.
. "$(dirname "$0")/lib/lib.sh"
packages node-html-markdown@1.2.0
probe <<'JS'
import { require, told } from './told.mjs';
const { NodeHtmlMarkdown } = require('node-html-markdown');
const lines = (html) => NodeHtmlMarkdown.translate(html).split('\n');
const row = (...cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
const body = (...rows) =>
	lines(`<table><tr><th>Name</th><th>Mail</th><th>City</th></tr>${rows.join('')}</table>`).slice(2);

told(
	'a row of Ana, nothing, Lima',
	{ guess: ['| Ana  |      | Lima |'], seen: ['| Ana  | Lima |      |'] },
	body(row('Ana', '', 'Lima')),
);
told(
	'a row of Ana, none, Lima',
	{ seen: ['| Ana  | none | Lima |'] },
	body(row('Ana', 'none', 'Lima')),
);
const cell = (html) => lines(`<table>${row(html)}</table>`)[0];
told(
	'a cell of Ana<br>Lima',
	{ guess: '| Ana<br>Lima |', seen: '| AnaLima |' },
	cell('Ana<br>Lima'),
);
told(
	'a cell of <p>Ana</p><p>Lima</p>',
	{ guess: '| Ana Lima |', seen: '| AnaLima |' },
	cell('<p>Ana</p><p>Lima</p>'),
);
told(
	'<ol start="3">',
	{ guess: ['3. Ana'], seen: ['1. Ana'] },
	lines('<ol start="3"><li>Ana</li></ol>'),
);
told(
	'<title>Leads</title>Ana',
	{ guess: ['Ana'], seen: ['LeadsAna'] },
	lines('<title>Leads</title>Ana'),
);
const link = 'https://acme.example/a_b';
told(
	`a link that is its own text, ${link}`,
	{ guess: [`<${link}>`], seen: ['<https://acme.example/a%5Fb>'] },
	lines(`<a href="${link}">${link}</a>`),
);
JS
