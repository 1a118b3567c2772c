#!/usr/bin/env bash
# n8n's removeTags() takes everything between a "smaller than" and a "greater than" for a tag, prose too, and
# removeMarkdown() takes underscores and asterisks out of words and numbers.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { told } from './told.mjs';
import { evaluate } from './n8n.mjs';
const text = (text, method) => evaluate(`{{ ${JSON.stringify(text)}.${method}() }}`);
const prose = 'budget < 10k, team > 5 people';
told(
	`removeTags of ${prose}`,
	{ guess: prose, seen: 'budget  5 people' },
	text(prose, 'removeTags'),
);
told('of <b>Hi</b>', { seen: 'Hi' }, text('<b>Hi</b>', 'removeTags'));
told(
	'removeMarkdown of from_date and to_date',
	{ guess: 'from_date and to_date', seen: 'fromdate and todate' },
	text('from_date and to_date', 'removeMarkdown'),
);
told(
	'of 11_98765_4321',
	{ guess: '11_98765_4321', seen: '11987654321' },
	text('11_98765_4321', 'removeMarkdown'),
);
told(
	'of x*y and a*b',
	{ guess: 'x*y and a*b', seen: 'xy and ab' },
	text('x*y and a*b', 'removeMarkdown'),
);
told('of 2 * 3 * 4', { seen: '2 * 3 * 4' }, text('2 * 3 * 4', 'removeMarkdown'));
told('of **Hi**', { seen: 'Hi' }, text('**Hi**', 'removeMarkdown'));
JS
