#!/usr/bin/env bash
# openapi-backend: a query parameter that the contract does not name is refused (a property of the body is not), and
# one that was validated as an integer reaches the handler as the text it was; formats are not looked at.
. "$(dirname "$0")/lib/lib.sh"
packages openapi-backend@5.20.1
probe <<'JS'
import { require, told } from './told.mjs';
const { OpenAPIBackend } = require('openapi-backend');
const body = { type: 'object', properties: { email: { type: 'string', format: 'email' } } };
const api = new OpenAPIBackend({
	definition: {
		openapi: '3.0.3',
		info: { title: 'Leads', version: '1' },
		paths: {
			'/leads': {
				get: {
					operationId: 'list',
					parameters: [{ name: 'page', in: 'query', schema: { type: 'integer' } }],
					responses: { 200: { description: 'Leads' } },
				},
				post: {
					operationId: 'create',
					requestBody: { content: { 'application/json': { schema: body } } },
					responses: { 200: { description: 'A lead' } },
				},
			},
		},
	},
	handlers: {
		list: ({ request }) => request.query,
		create: ({ request }) => request.requestBody,
		validationFail: ({ validation }) => validation.errors[0].message,
	},
});
console.warn = () => {};
await api.init();
const answer = (method, path, sent) => api.handleRequest({ method, path, headers: {}, body: sent });

told(
	'GET /leads?utm=x',
	{ guess: { utm: 'x' }, seen: 'must NOT have additional properties' },
	await answer('GET', '/leads?utm=x'),
);
told(
	'GET /leads?page=2',
	{ guess: { page: 2 }, seen: { page: '2' } },
	await answer('GET', '/leads?page=2'),
);
told(
	"POST /leads with { email: 'x' }, which has format: email",
	{ guess: 'must match format "email"', seen: { email: 'x' } },
	await answer('POST', '/leads', { email: 'x' }),
);
told(
	'POST /leads with { utm: 1 }',
	{ seen: { utm: 1 } },
	await answer('POST', '/leads', { utm: 1 }),
);
JS
