#!/usr/bin/env bash
# axios: what it sends and gives back as a body. Nothing is sent as a form of no length; a text under application/json
# is quoted unless it is JSON already; JSON is read whatever the answer's type says, a charset never, and an answer
# that is no JSON is a text also under `responseType: 'json'`.
. "$(dirname "$0")/lib/lib.sh"
packages axios@1.21.1
probe <<'JS'
import { createServer } from 'node:http';
import { once } from 'node:events';
import { require, told } from './told.mjs';
const axios = require('axios');
const answers = {
	'/text': ['text/plain', '{"id":1}'],
	'/latin1': ['text/plain; charset=iso-8859-1', Buffer.from('ação', 'latin1')],
	'/broken': ['application/json', '{"id":'],
};
const server = createServer(async (request, response) => {
	let body = '';
	for await (const chunk of request) body += chunk;
	const [type, answer] = answers[request.url] ?? [
		'application/json',
		JSON.stringify([request.headers['content-type'], body]),
	];
	response.setHeader('content-type', type).end(answer);
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const baseURL = `http://127.0.0.1:${server.address().port}`;
const post = async (data, headers) => (await axios.post('/', data, { baseURL, headers })).data;
const get = async (path, options) => (await axios.get(path, { baseURL, ...options })).data;
const json = { 'Content-Type': 'application/json' };

told(
	'POST of nothing',
	{ guess: [null, ''], seen: ['application/x-www-form-urlencoded', ''] },
	await post(),
);
told(
	"POST of 'Ana' as JSON",
	{ guess: ['application/json', 'Ana'], seen: ['application/json', '"Ana"'] },
	await post('Ana', json),
);
told("POST of '12' as JSON", { seen: ['application/json', '12'] }, await post('12', json));
told(
	"POST of '' as JSON",
	{ guess: ['application/json', ''], seen: ['application/json', '""'] },
	await post('', json),
);
told('{"id":1} as text/plain', { guess: '{"id":1}', seen: { id: 1 } }, await get('/text'));
told(
	'ação in the bytes and the charset of iso-8859-1',
	{ guess: 'ação', seen: 'a\ufffd\ufffdo' },
	await get('/latin1'),
);
told(
	'{"id": as application/json, responseType: json',
	{ guess: 'a SyntaxError', seen: '{"id":' },
	await get('/broken', { responseType: 'json' }),
);
server.close();
JS
