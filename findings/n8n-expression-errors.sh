#!/usr/bin/env bash
# n8n-workflow: in the backend an error inside {{ }} is no error: the expression gives undefined, and an empty text in
# the middle of other text. Only n8n's own functions and a wrong syntax are heard of.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { outcome, told } from './told.mjs';
import { evaluate } from './n8n.mjs';
const value = (text) => outcome(() => evaluate(text));

told(
	'{{ null.name }}',
	{ guess: "TypeError: Cannot read properties of null (reading 'name')", seen: undefined },
	value('{{ null.name }}'),
);
told(
	'Dear {{ null.name }}!',
	{ guess: "TypeError: Cannot read properties of null (reading 'name')", seen: 'Dear !' },
	value('Dear {{ null.name }}!'),
);
told(
	'{{ leed.name }}',
	{ guess: 'ReferenceError: leed is not defined', seen: undefined },
	value('{{ leed.name }}'),
);
told(
	"{{ JSON.parse('{') }}",
	{ guess: "SyntaxError: Expected property name or '}' in JSON at position 1", seen: undefined },
	value("{{ JSON.parse('{') }}"),
);
told(
	'{{ null.toInt() }}',
	{ seen: "ExpressionExtensionError: toInt can't be used on null value" },
	value('{{ null.toInt() }}'),
);
JS
