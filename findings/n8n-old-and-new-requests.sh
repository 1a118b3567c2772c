#!/usr/bin/env bash
# n8n's two request helpers: the old one reads `url` and `uri`, `url` first; the new one fails on `uri`. The old one
# sends an empty body and a GET's, which the new one drops, and gives undefined for no content, where the new one
# gives ''.
. "$(dirname "$0")/lib/lib.sh"
packages @n8n/backend-network@1.15.1
probe <<'JS'
import { told } from './told.mjs';
import { echo, request, requestLegacy } from './requests.mjs';
const both = (options) =>
	Promise.all(
		[request, requestLegacy].map((send) =>
			send({ method: 'POST', json: true, ...options }).catch(({ code }) => code),
		),
	);
const urls = async (options) => (await both(options)).map((answer) => answer?.url ?? answer);
const bodies = async (options) => (await both(options)).map(({ body }) => body);

told(
	'uri, new and old',
	{ guess: ['/uri', '/uri'], seen: ['ERR_INVALID_URL', '/uri'] },
	await urls({ uri: `${echo}/uri` }),
);
told(
	'uri and url',
	{ guess: ['/url', '/uri'], seen: ['/url', '/url'] },
	await urls({ uri: `${echo}/uri`, url: `${echo}/url` }),
);
told(
	'a POST of {}',
	{ guess: ['{}', '{}'], seen: ['', '{}'] },
	await bodies({ url: echo, body: {} }),
);
told(
	'a GET with { a: 1 }',
	{ guess: ['{"a":1}', '{"a":1}'], seen: ['', '{"a":1}'] },
	await bodies({ url: echo, method: 'GET', body: { a: 1 } }),
);
told('204', { guess: ['', ''], seen: ['', undefined] }, await both({ url: `${echo}/nothing` }));
JS
