#!/usr/bin/env bash
# n8n's httpRequest helper: each request has a connection of its own, which is closed behind it, also where the request
# asks to keep it; Node's fetch keeps it open for the next ones.
. "$(dirname "$0")/lib/lib.sh"
packages @n8n/backend-network@1.15.1
probe <<'JS'
import { once } from 'node:events';
import { createServer } from 'node:http';
import { told } from './told.mjs';
import { request } from './requests.mjs';
let connections = 0;
let asked;
const server = createServer((incoming, response) => {
	asked = incoming.headers.connection;
	response.end('{}');
}).listen(0, '127.0.0.1');
server.on('connection', () => connections++);
await once(server, 'listening');
const url = `http://127.0.0.1:${server.address().port}/`;
/** How many connections five requests take, one after the other. */
const of = async (send) => {
	connections = 0;
	for (let n = 0; n < 5; n++) await send();
	return connections;
};

told('connections of five requests', { guess: 1, seen: 5 }, await of(() => request({ url })));
told('what they say of it', { guess: 'keep-alive', seen: 'close' }, asked);
const headers = { connection: 'keep-alive' };
told(
	'connections of five that ask to keep it',
	{ guess: 1, seen: 5 },
	await of(() => request({ url, headers })),
);
told(
	"Node's fetch keeps one for some of them",
	{ seen: true },
	(await of(async () => await (await fetch(url)).text())) < 5,
);
server.close();
JS
