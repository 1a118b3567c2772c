#!/usr/bin/env bash
# n8n-workflow: what NodeApiError takes from a vendor's answer. A vendor's own `code` is read as an HTTP status by its
# first digit, `status` comes before `code`, and `error` comes before the `message` that explains it.
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
const made = (body) => {
	const { message, description, httpCode } = new NodeApiError(node, body);
	return { message, description, httpCode };
};

told(
	'{ message, code: 5001 }, a code of the vendor',
	{
		guess: { message: 'The plan is used up', description: undefined, httpCode: '5001' },
		seen: {
			message: 'The service failed to process your request',
			description: 'The plan is used up',
			httpCode: '5001',
		},
	},
	made({ message: 'The plan is used up', code: 5001 }),
);
told(
	"{ status: 'error', code: 429, message }",
	{
		guess: {
			message: 'The service is receiving too many requests from you',
			description: 'Wait a minute',
			httpCode: '429',
		},
		seen: { message: 'Wait a minute', description: undefined, httpCode: 'error' },
	},
	made({ status: 'error', code: 429, message: 'Wait a minute' }),
);
told(
	"{ statusCode: 409, error: 'Conflict', message }",
	{
		guess: {
			message: 'Your request is invalid or could not be processed by the service',
			description: 'The phone is taken',
			httpCode: '409',
		},
		seen: {
			message: 'Your request is invalid or could not be processed by the service',
			description: 'Conflict',
			httpCode: '409',
		},
	},
	made({ statusCode: 409, error: 'Conflict', message: 'The phone is taken' }),
);
told(
	'{ statusCode: 422, errors: { phone: […] } }, the shape of Rails and Laravel',
	{ guess: 'is not a number', seen: null },
	made({ statusCode: 422, errors: { phone: ['is not a number'] } }).description,
);
told(
	'{ error: { message } } of digits alone',
	{ guess: '12345678901234567890', seen: '12345678901234567000' },
	made({ error: { message: '12345678901234567890' } }).message,
);
JS
