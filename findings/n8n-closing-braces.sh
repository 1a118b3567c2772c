#!/usr/bin/env bash
# n8n ends an expression at the first two closing braces, inside an object, a function or a text as well: a blank
# between them helps. Of two statements the first is the value, and an empty expression is an error.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { outcome, told } from './told.mjs';
import { evaluate } from './n8n.mjs';
const value = (text) => outcome(() => evaluate(text));
const invalid = 'Error: invalid syntax';
told(
	'{{ ({ a: { b: 1 }}).a.b }}',
	{ guess: 1, seen: invalid },
	value('{{ ({ a: { b: 1 }}).a.b }}'),
);
told('{{ ({ a: { b: 1 } }).a.b }}', { seen: 1 }, value('{{ ({ a: { b: 1 } }).a.b }}'));
told(
	'{{ [1].map((x) => { return { x }}) }}',
	{ guess: [{ x: 1 }], seen: invalid },
	value('{{ [1].map((x) => { return { x }}) }}'),
);
told("{{ 'Hi {{name}}' }}", { guess: 'Hi {{name}}', seen: invalid }, value("{{ 'Hi {{name}}' }}"));
told('{{ 1; 2 }}', { guess: 2, seen: 1 }, value('{{ 1; 2 }}'));
told('{{ }}', { guess: undefined, seen: invalid }, value('{{ }}'));
JS
