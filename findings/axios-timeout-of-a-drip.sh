#!/usr/bin/env bash
# axios: its `timeout` is for the head of an answer as a whole, and for the body only from one piece to the next: a head
# that takes twice as long in small pieces is given up, and a body that does is waited for, for as long as it likes.
. "$(dirname "$0")/lib/lib.sh"
packages axios@1.21.1
probe <<'JS'
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { require, told } from './told.mjs';
const axios = require('axios');
const pieces = 8;
const everyMs = 200;
const timeout = 800;
const body = '{"id":"12345678"}';
const head = `HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;

/** Sends a text in so many pieces, with a pause behind each: 1.6 seconds in all. */
async function drip(socket, text) {
	const size = Math.ceil(text.length / pieces);
	for (let from = 0; from < text.length; from += size) {
		if (!socket.destroyed) socket.write(text.slice(from, from + size));
		await wait(everyMs);
	}
}
const server = createServer(async (socket) => {
	socket.on('error', () => {});
	const [request] = await once(socket, 'data');
	if (String(request).startsWith('GET /head ')) {
		await drip(socket, head);
		if (!socket.destroyed) socket.end(body);
	} else {
		socket.write(head);
		await drip(socket, body);
		socket.end();
	}
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${server.address().port}`;
const came = async (path) =>
	await axios.get(url + path, { timeout, proxy: false }).then(
		({ data }) => `all of it: ${data.id}`,
		({ code }) => code,
	);

told('a head that drips', { seen: 'ECONNABORTED' }, await came('/head'));
told(
	'a body that drips',
	{ guess: 'ECONNABORTED', seen: 'all of it: 12345678' },
	await came('/body'),
);
server.close();
JS
