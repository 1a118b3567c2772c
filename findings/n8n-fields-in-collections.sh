#!/usr/bin/env bash
# n8n-workflow: a field's `displayOptions` may name a field inside another by its path. Inside a resource locator that
# works; inside a collection it does not, so that the field is never shown and its value is dropped.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { require, told } from './told.mjs';
const { NodeHelpers } = require('n8n-workflow');
const locator = {
	...{ displayName: 'Who', name: 'who', type: 'resourceLocator', default: {} },
	modes: [{ displayName: 'By Phone', name: 'phone', type: 'string' }],
};
const collection = {
	...{ displayName: 'Update Fields', name: 'more', type: 'collection', default: {} },
	options: [{ displayName: 'Phone', name: 'phone', type: 'string', default: '' }],
};
const country = (show) => ({
	...{ displayName: 'Country', name: 'country', type: 'string', default: '' },
	displayOptions: { show },
});
const given = {
	who: { __rl: true, mode: 'phone', value: '1' },
	more: { phone: '1' },
	country: 'BR',
};
const kept = (field, show) => {
	const properties = [field, country(show)];
	const values = Object.fromEntries([field.name, 'country'].map((name) => [name, given[name]]));
	const node = { typeVersion: 1, parameters: values };
	return NodeHelpers.getNodeParameters(properties, values, true, false, node, null)?.country;
};

told("shown by 'who.mode'", { seen: 'BR' }, kept(locator, { 'who.mode': ['phone'] }));
told(
	"shown by '/more.phone'",
	{ guess: 'BR', seen: null },
	kept(collection, { '/more.phone': ['1'] }) ?? null,
);
told(
	"shown where '/more.phone' exists",
	{ guess: 'BR', seen: null },
	kept(collection, { '/more.phone': [{ _cnd: { exists: true } }] }) ?? null,
);
JS
