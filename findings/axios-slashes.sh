#!/usr/bin/env bash
# axios: which spellings of an address are sent. Node's URL reads a scheme that is followed by one slash, by none or by
# backslashes as it reads `http://`, and so does fetch; axios throws ERR_INVALID_URL for each of these, as an address and
# as a base. Three slashes, a blank before and a line break inside the scheme, which URL puts right as well, it sends.
. "$(dirname "$0")/lib/lib.sh"
packages axios@1.21.1
probe <<'JS'
import { createServer } from 'node:http';
import { once } from 'node:events';
import { require, told } from './told.mjs';
const axios = require('axios');
const server = createServer((request, response) => response.end(JSON.stringify(request.url)));
await once(server.listen(0, '127.0.0.1'), 'listening');
const host = `127.0.0.1:${server.address().port}`;
const codeOf = ({ code }) => code;
for (const [spelling, seen] of [
	['http://', '/leads'],
	['http:/', 'ERR_INVALID_URL'],
	['http:', 'ERR_INVALID_URL'],
	['http:\\\\', 'ERR_INVALID_URL'],
	['HTTP://', '/leads'],
	['http:///', '/leads'],
	[' http://', '/leads'],
	['ht\ntp://', '/leads'],
]) {
	const base = spelling + host;
	const name = JSON.stringify(spelling);
	const { protocol, hostname, pathname } = new URL(`${base}/leads`);
	told(`URL of ${name}`, { seen: ['http:', '127.0.0.1', '/leads'] }, [protocol, hostname, pathname]);
	told(`fetch of ${name}`, { seen: '/leads' }, await (await fetch(`${base}/leads`)).json());
	const guessed = { guess: '/leads', seen };
	const asAddress = await axios.get(`${base}/leads`).then(({ data }) => data, codeOf);
	told(`axios with ${name} in the address`, seen === '/leads' ? { seen } : guessed, asAddress);
	const asBase = await axios.get('/leads', { baseURL: base }).then(({ data }) => data, codeOf);
	told(`axios with ${name} in the base`, seen === '/leads' ? { seen } : guessed, asBase);
}
server.close();
JS
