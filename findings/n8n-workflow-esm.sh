#!/usr/bin/env bash
# n8n-workflow: its package.json offers a build for `import`, which no Node loads: the files in it name each other
# without `.js`. So `import 'n8n-workflow'` in an .mjs file fails; `require` works.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { require, told } from './told.mjs';
const offered = require('./node_modules/n8n-workflow/package.json').exports['.'].import;

told(
	`import 'n8n-workflow', which is ${JSON.stringify(offered)}`,
	{ guess: 'loaded', seen: 'ERR_MODULE_NOT_FOUND' },
	await import('n8n-workflow').then(
		() => 'loaded',
		(error) => error.code,
	),
);
JS
