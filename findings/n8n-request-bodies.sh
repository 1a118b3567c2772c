#!/usr/bin/env bash
# n8n's httpRequest helper: which bodies it sends. An empty object or list is left out, and so are a boolean and a
# number; a GET's body is, unless the GET is not named; `json: true` makes no text JSON, and `json: false` no text of
# JSON.
. "$(dirname "$0")/lib/lib.sh"
packages @n8n/backend-network@1.15.1
probe <<'JS'
import { told } from './told.mjs';
import { echo, request } from './requests.mjs';
const sent = async (body, options) => {
	const got = await request({ url: `${echo}/`, method: 'POST', json: true, body, ...options });
	return [got.type, got.body];
};
const json = 'application/json';
const nothing = [undefined, ''];

told('POST of {}', { guess: [json, '{}'], seen: nothing }, await sent({}));
told('POST of []', { guess: [json, '[]'], seen: nothing }, await sent([]));
told('POST of true', { guess: [json, 'true'], seen: nothing }, await sent(true));
told('POST of { a: undefined }', { seen: [json, '{}'] }, await sent({ a: undefined }));
told(
	`POST of the text {"a":1}, json: true`,
	{ guess: [json, '{"a":1}'], seen: ['application/x-www-form-urlencoded', '{"a":1}'] },
	await sent('{"a":1}'),
);
told(
	'GET with { a: 1 }',
	{ guess: [json, '{"a":1}'], seen: nothing },
	await sent({ a: 1 }, { method: 'GET' }),
);
told(
	'the same without a method',
	{ seen: [json, '{"a":1}'] },
	await sent({ a: 1 }, { method: undefined }),
);
const answer = await request({ url: `${echo}/`, method: 'GET', json: false });
told(
	'the type of a JSON answer to json: false',
	{ guess: 'string', seen: 'object' },
	typeof answer,
);
JS
