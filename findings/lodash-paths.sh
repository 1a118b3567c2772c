#!/usr/bin/env bash
# Lodash's paths, which n8n's Edit Fields writes by: a key of digits makes a list, so that a record by phone number is
# gone from its JSON; a name with a dot wins over a path; brackets are no quotes for an e-mail address.
. "$(dirname "$0")/lib/lib.sh"
packages lodash@4.18.1
probe <<'JS'
import { require, told } from './told.mjs';
const { get, omit, set, unset } = require('lodash');
const json = (path, object = {}) => JSON.parse(JSON.stringify(set(object, path, 'Ana')));

told(
	'set phones.5511987654321, as JSON',
	{ guess: { phones: { 5511987654321: 'Ana' } }, seen: { phones: [] } },
	json('phones.5511987654321'),
);
told(
	'set phones.05511987654321, as JSON',
	{ seen: { phones: { '05511987654321': 'Ana' } } },
	json('phones.05511987654321'),
);
told(
	'set stages.404, how many stages there are',
	{ guess: 1, seen: 405 },
	Object.keys(json('stages.404').stages).length,
);
const both = () => ({ 'owner.name': 'Bia', owner: { name: 'Caio' } });
told('get owner.name of both', { guess: 'Caio', seen: 'Bia' }, get(both(), 'owner.name'));
told(
	"set owner.name, where there is 'owner.name'",
	{ guess: { 'owner.name': 'Bia', owner: { name: 'Ana' } }, seen: { 'owner.name': 'Ana' } },
	json('owner.name', { 'owner.name': 'Bia' }),
);
const left = both();
unset(left, 'owner.name');
told(
	'unset owner.name of both',
	{ guess: { 'owner.name': 'Bia', owner: {} }, seen: { owner: { name: 'Caio' } } },
	left,
);
told('omit does the same', { seen: { owner: { name: 'Caio' } } }, omit(both(), 'owner.name'));
told(
	'set leads[ana@acme.example]',
	{
		guess: { leads: { 'ana@acme.example': 'Ana' } },
		seen: { leads: { 'ana@acme': { example: 'Ana' } } },
	},
	json('leads[ana@acme.example]'),
);
told(
	'set tags[-1] of two, as JSON',
	{ guess: { tags: ['a', 'Ana'] }, seen: { tags: ['a', 'b'] } },
	json('tags[-1]', { tags: ['a', 'b'] }),
);
JS
