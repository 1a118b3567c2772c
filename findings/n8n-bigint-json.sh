#!/usr/bin/env bash
# n8n-workflow: loading it changes `JSON.stringify` for the whole process: a BigInt becomes a text, where JavaScript
# raises a TypeError.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { outcome, require, told } from './told.mjs';
const text = () => outcome(() => JSON.stringify({ id: 5511900000000n }));

const before = text();
require('n8n-workflow');
told(
	'JSON.stringify({ id: 5511900000000n })',
	{ guess: before, seen: '{"id":"5511900000000"}' },
	text(),
);
JS
