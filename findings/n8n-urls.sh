#!/usr/bin/env bash
# n8n-workflow: the `url` check puts https:// in front of what has no `://`, so addresses of other schemes, and an
# e-mail address, come out as web addresses with a user name in them.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { require, told } from './told.mjs';
const { validateFieldType } = require('n8n-workflow');
const check = (value) => validateFieldType('site', value, 'url').newValue ?? 'refused';

told(
	'mailto:ana@acme.example',
	{ guess: 'refused', seen: 'https://mailto:ana@acme.example' },
	check('mailto:ana@acme.example'),
);
told(
	'ana@acme.example',
	{ guess: 'refused', seen: 'https://ana@acme.example' },
	check('ana@acme.example'),
);
told(
	'https:acme.example',
	{ guess: 'https:acme.example', seen: 'refused' },
	check('https:acme.example'),
);
JS
