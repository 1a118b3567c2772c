#!/usr/bin/env bash
# Redocly CLI, ruleset `recommended`: an example with a property more than the schema names is reported, though the
# schema does not forbid it; a default of the wrong type, bounds that exclude each other, a list without `items`
# (which OpenAPI 3.0 demands) and a pattern that is none are not.
. "$(dirname "$0")/lib/lib.sh"
packages @redocly/cli@2.77.0
cat >openapi.yaml <<'YAML'
openapi: 3.0.3
info: { title: Leads, version: '1', license: { name: MIT, url: 'https://acme.example' } }
servers: [{ url: 'https://api.acme.test' }]
security: []
paths:
  /leads:
    get:
      operationId: list
      summary: Leads
      responses: { '200': { description: Leads }, '404': { description: None } }
components:
  schemas:
    Extra: { type: object, properties: { a: { type: string } }, example: { a: x, b: 1 } }
    Default: { type: integer, default: many }
    Bounds: { type: integer, minimum: 10, maximum: 5 }
    List: { type: array }
    Pattern: { type: string, pattern: '(' }
YAML
probe <<'JS'
import { spawnSync } from 'node:child_process';
import { told } from './told.mjs';
const command = [
	'node_modules/@redocly/cli/bin/cli.js',
	'lint',
	'openapi.yaml',
	'--format=json',
	'--skip-rule=no-unused-components',
];
const { stdout } = spawnSync(process.execPath, command, {
	encoding: 'utf8',
	env: { ...process.env, REDOCLY_TELEMETRY: 'off' },
});
const reported = JSON.parse(stdout).problems.map(({ ruleId, location }) => [
	ruleId,
	location[0].pointer.split('/')[3],
]);
const of = (schema) => reported.filter(([, name]) => name === schema).map(([rule]) => rule);

told(
	'Extra: an example with a property more',
	{ guess: [], seen: ['no-invalid-schema-examples'] },
	of('Extra'),
);
told('Default: many, of an integer', { guess: ['some rule'], seen: [] }, of('Default'));
told('Bounds: from 10 to 5', { guess: ['some rule'], seen: [] }, of('Bounds'));
told('List: an array without items', { guess: ['some rule'], seen: [] }, of('List'));
told("Pattern: '('", { guess: ['some rule'], seen: [] }, of('Pattern'));
JS
