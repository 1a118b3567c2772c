#!/usr/bin/env bash
# Handlebars: a section is there for 0 and an empty text where `#if` is not, a text has no letters to go
# through, a Map has entries and no fields, and a field that is called as a built-in helper is empty or an error.
. "$(dirname "$0")/lib/lib.sh"
packages handlebars@4.7.9
probe <<'JS'
import { outcome, require, told } from './told.mjs';
const Handlebars = require('handlebars');
const renders = (template, fields, expected) =>
	told(
		template,
		expected,
		outcome(() => Handlebars.compile(template)(fields)),
	);
const none = { deals: 0, city: '' };
renders('{{#if deals}}yes{{/if}}', none, { seen: '' });
renders('{{#deals}}yes{{/deals}}', none, { guess: '', seen: 'yes' });
renders('{{^deals}}none{{/deals}}', none, { guess: 'none', seen: '' });
renders('{{#with deals}}yes{{/with}}', none, { guess: '', seen: 'yes' });
renders('{{#city}}yes{{/city}}', none, { guess: '', seen: 'yes' });
renders('{{#with city}}yes{{/with}}', none, { seen: '' });

const lead = { name: 'Ana', scores: new Map([['fit', 9]]), won: true };
renders('{{#each name}}{{this}} {{/each}}', lead, { guess: 'A n a ', seen: '' });
renders('{{#each scores}}{{this}} {{/each}}', lead, { guess: '9 ', seen: 'fit,9 ' });
renders('{{scores.fit}}', lead, { guess: '9', seen: '' });
renders('{{#won}}{{this}}{{/won}}', lead, { guess: 'true', seen: '[object Object]' });

const call = { log: 'Call', lookup: 'By phone', with: 'Bia' };
renders('{{log}}', call, { guess: 'Call', seen: '' });
renders('{{this.log}}', call, { seen: 'Call' });
renders('{{with}}', call, { guess: 'Bia', seen: 'Error: #with requires exactly one argument' });
renders('{{lookup}}', call, {
	guess: 'By phone',
	seen: "TypeError: Cannot read properties of undefined (reading 'lookupProperty')",
});
JS
