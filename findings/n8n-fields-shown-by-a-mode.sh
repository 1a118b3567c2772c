#!/usr/bin/env bash
# n8n-workflow: a field that is shown by the mode of a resource locator. In the line of n8n 1.x the parameters of such a
# node have no order, so that nothing of it can be resolved, whatever is chosen; in 2.x they have one. With a slash before
# the name, which means the root, both have.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow-of-1@npm:n8n-workflow@1.120.31 n8n-workflow@2.41.0
probe <<'JS'
import { require, told } from './told.mjs';
const locator = {
	displayName: 'Person',
	name: 'person',
	type: 'resourceLocator',
	default: { mode: 'id', value: '' },
	modes: [
		{ displayName: 'By ID', name: 'id', type: 'string' },
		{ displayName: 'By Phone', name: 'phone', type: 'string' },
	],
};
const country = (by) => ({
	displayName: 'Country',
	name: 'country',
	type: 'string',
	default: 'BR',
	displayOptions: { show: { [by]: ['phone'] } },
});
const parameters = { person: { __rl: true, mode: 'phone', value: '11 91234-5678' } };
const node = { id: '1', name: 'CRM', type: 'test.crm', typeVersion: 1, position: [0, 0], parameters };
const resolved = (library, by) => {
	const { NodeHelpers } = require(library);
	const properties = [locator, country(by)];
	try {
		return NodeHelpers.getNodeParameters(properties, parameters, true, false, node, { properties }).country;
	} catch ({ message }) {
		return message.split('!')[0];
	}
};
const noOrder = 'Could not resolve parameter dependencies. Max iterations reached';

told("1.120, by 'person.mode'", { guess: 'BR', seen: noOrder }, resolved('n8n-workflow-of-1', 'person.mode'));
told("1.120, by '/person.mode'", { seen: 'BR' }, resolved('n8n-workflow-of-1', '/person.mode'));
told("2.41, by 'person.mode'", { seen: 'BR' }, resolved('n8n-workflow', 'person.mode'));
told("2.41, by '/person.mode'", { seen: 'BR' }, resolved('n8n-workflow', '/person.mode'));
JS
