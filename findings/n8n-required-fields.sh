#!/usr/bin/env bash
# n8n-workflow: what `required: true` asks for. A number that is missing, null or empty is no issue, nor is a blank
# text or a null; and a field shown for some value of another is shown whenever that one holds an expression.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { require, told } from './told.mjs';
const { NodeHelpers } = require('n8n-workflow');
const node = (parameters) => ({
	id: '1',
	name: 'CRM',
	type: 'test.crm',
	typeVersion: 1,
	position: [0, 0],
	parameters,
});
const asked = (type, parameters) => {
	const property = { displayName: 'Field', name: 'field', type, default: '', required: true };
	const issues = NodeHelpers.getParameterIssues(property, parameters, '', node(parameters), {
		properties: [],
	});
	return issues.parameters?.field ?? 'no issue';
};
const issue = ['Parameter "Field" is required.'];

told("string ''", { seen: issue }, asked('string', { field: '' }));
told("string ' '", { guess: issue, seen: 'no issue' }, asked('string', { field: ' ' }));
told('string null', { guess: issue, seen: 'no issue' }, asked('string', { field: null }));
told('number missing', { guess: issue, seen: 'no issue' }, asked('number', {}));
told("number ''", { guess: issue, seen: 'no issue' }, asked('number', { field: '' }));
told('number null', { guess: issue, seen: 'no issue' }, asked('number', { field: null }));

const property = { displayOptions: { show: { operation: ['create'] } } };
const shown = (operation) =>
	NodeHelpers.displayParameter({ operation }, property, { typeVersion: 1 }, null);
told(
	"shown for create, where operation is ={{ 'delete' }}",
	{ guess: false, seen: true },
	shown("={{ 'delete' }}"),
);
JS
