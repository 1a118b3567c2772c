#!/usr/bin/env bash
# n8n-workflow: `toTitleCase()` leaves words in capitals as they are (the editor's help has FOX become Fox).
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { told } from './told.mjs';
import { evaluate } from './n8n.mjs';
const titled = (text) => evaluate(`{{ '${text}'.toTitleCase() }}`);

told(
	'quick a brown FOX',
	{ guess: 'Quick a Brown Fox', seen: 'Quick a Brown FOX' },
	titled('quick a brown FOX'),
);
told('ANA DA SILVA', { guess: 'Ana Da Silva', seen: 'ANA DA SILVA' }, titled('ANA DA SILVA'));
JS
