#!/usr/bin/env bash
# eslint-plugin-n8n-nodes-base: --fix changes what a node does, not its wording alone: a limit of 100 becomes 50, a
# default that is not among the options the first of them. A number's default of '' is let pass.
. "$(dirname "$0")/lib/lib.sh"
packages eslint@9.39.1 eslint-plugin-n8n-nodes-base@1.16.7 @typescript-eslint/parser@8.48.0 typescript@5.9.3
probe <<'JS'
import { require, told } from './told.mjs';
const { Linter } = require('eslint');
const plugin = require('eslint-plugin-n8n-nodes-base');
const names = Object.keys(plugin.rules).filter((name) => name.startsWith('node-param-default'));
const config = {
	files: ['**/*.ts'],
	languageOptions: { parser: require('@typescript-eslint/parser') },
	plugins: { n8n: plugin },
	rules: Object.fromEntries(names.map((name) => [`n8n/${name}`, 'error'])),
};
const fixed = (property) =>
	new Linter()
		.verifyAndFix(`const node = { properties: [${property}] };`, [config], {
			filename: 'Crm.node.ts',
		})
		.output.match(/default: ([^,}\s]+)/)[1];

told(
	'the limit with default: 100',
	{ guess: '100', seen: '50' },
	fixed(
		"{ displayName: 'Limit', name: 'limit', type: 'number', typeOptions: { minValue: 1 }, default: 100 }",
	),
);
told(
	"options open and won with default: ''",
	{ guess: "''", seen: "'open'" },
	fixed(
		"{ displayName: 'Stage', name: 'stage', type: 'options', options: [{ name: 'Open', value: 'open' }, { name: 'Won', value: 'won' }], default: '' }",
	),
);
told(
	"a number with default: ''",
	{ guess: '0', seen: "''" },
	fixed("{ displayName: 'Age', name: 'age', type: 'number', default: '' }"),
);
JS
