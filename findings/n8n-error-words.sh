#!/usr/bin/env bash
# n8n-workflow: a node's own message is replaced where it has the letters of a system error's code in it, also inside
# a word: "preexisting" has EEXIST.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { require, told } from './told.mjs';
const { NodeApiError, NodeOperationError } = require('n8n-workflow');
const node = {
	id: '1',
	name: 'CRM',
	type: 'test.crm',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const message = 'A preexisting lead has this number';
const seen = 'The file or directory already exists';

told('NodeOperationError', { guess: message, seen }, new NodeOperationError(node, message).message);
told('NodeApiError', { guess: message, seen }, new NodeApiError(node, {}, { message }).message);
JS
