#!/usr/bin/env bash
# To n8n, 0 is empty by isEmpty() and is none by $ifEmpty(); the average of an empty list is 0; and merge() of two
# lists of numbers is an empty object.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { told } from './told.mjs';
import { evaluate } from './n8n.mjs';
told('(0).isEmpty()', { guess: false, seen: true }, evaluate('{{ (0).isEmpty() }}'));
told("$ifEmpty(0, 'none')", { guess: 'none', seen: 0 }, evaluate("{{ $ifEmpty(0, 'none') }}"));
told("$ifEmpty('', 'none')", { seen: 'none' }, evaluate("{{ $ifEmpty('', 'none') }}"));
told('[].average()', { guess: Number.NaN, seen: 0 }, evaluate('{{ [].average() }}'));
told(
	'[1, 2].merge([3, 4])',
	{ guess: [1, 2, 3, 4], seen: {} },
	evaluate('{{ [1, 2].merge([3, 4]) }}'),
);
told('[1, 2].append(3, 4)', { seen: [1, 2, 3, 4] }, evaluate('{{ [1, 2].append(3, 4) }}'));
JS
