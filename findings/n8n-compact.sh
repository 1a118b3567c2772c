#!/usr/bin/env bash
# n8n-workflow: `compact()` takes away more than the editor's help says: the text nil, and empty objects and lists.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { told } from './told.mjs';
import { evaluate } from './n8n.mjs';

told(
	"['Ana', 'nil', {}, [], 0, false, null, ''].compact()",
	{ guess: ['Ana', 'nil', {}, [], 0, false], seen: ['Ana', 0, false] },
	evaluate("{{ ['Ana', 'nil', {}, [], 0, false, null, ''].compact() }}"),
);
JS
