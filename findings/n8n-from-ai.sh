#!/usr/bin/env bash
# n8n's $fromAI, which its reader finds in the text of a parameter: what is no plain text is taken as it is written, so
# that a variable, an object, a sum of texts or null is a text, a comment counts, and \n is an n.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { outcome, require, told } from './told.mjs';
const { extractFromAICalls } = require('n8n-workflow');
const read = (code, field) =>
	outcome(() => extractFromAICalls(`={{ ${code} }}`).map((call) => call[field]));

let code = "$fromAI('phone', 'with the area code (DDD), digits only')";
told(code, { seen: ['with the area code (DDD), digits only'] }, read(code, 'description'));
code = "$fromAI('phone', 'with the area code, ' + 'digits only')";
told(
	code,
	{
		guess: ['with the area code, digits only'],
		seen: ["with the area code, ' + 'digits only"],
	},
	read(code, 'description'),
);
code = "$fromAI('phone', 'one of:\\nmobile\\nwork')";
told(
	code,
	{ guess: ['one of:\nmobile\nwork'], seen: ['one of:nmobilenwork'] },
	read(code, 'description'),
);
code = "$fromAI('phone', '', 'string', null)";
told(code, { guess: [null], seen: ['null'] }, read(code, 'defaultValue'));
code = "$fromAI('more', '', 'json', { stage: 'new' })";
told(code, { guess: [{ stage: 'new' }], seen: ["{ stage: 'new' }"] }, read(code, 'defaultValue'));
code = "$fromAI(field, 'with the area code')";
told(code, { guess: 'an error', seen: ['field'] }, read(code, 'key'));
code = "/* $fromAI('phone') */ 'no phone'";
told(code, { guess: [], seen: ['phone'] }, read(code, 'key'));
code = "$fromAI('phone number')";
told(code, { guess: 'an error', seen: ['phone number'] }, read(code, 'key'));
JS
