#!/usr/bin/env bash
# n8n-workflow: `new NodeApiError(node, error, options)` gives back `error` itself where that is a NodeApiError, and
# drops the options, the item's index among them.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { require, told } from './told.mjs';
const { NodeApiError } = require('n8n-workflow');
const node = {
	id: '1',
	name: 'CRM',
	type: 'test.crm',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const first = new NodeApiError(node, {}, { message: 'Refused' });
const second = new NodeApiError(node, first, { message: 'The lead was refused', itemIndex: 3 });
told('it is a new error', { guess: true, seen: false }, second !== first);
told('its message', { guess: 'The lead was refused', seen: 'Refused' }, second.message);
told('its item', { guess: 3, seen: undefined }, second.context.itemIndex);
JS
