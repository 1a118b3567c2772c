#!/usr/bin/env bash
# axios: a header's value with signs that HTTP forbids is sent without them, where Node alone raises ERR_INVALID_CHAR.
# A key pasted with a line break in it arrives as another key, and a value of € as an empty one.
. "$(dirname "$0")/lib/lib.sh"
packages axios@1.21.1
probe <<'JS'
import { createServer } from 'node:http';
import { once } from 'node:events';
import { require, told } from './told.mjs';
const axios = require('axios');
const server = createServer((request, response) =>
	response.end(JSON.stringify(request.headers['x-key'])),
).listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${server.address().port}/`;
const sent = (value) =>
	axios.get(url, { headers: { 'X-Key': value } }).then(
		({ data }) => data,
		(error) => error.code,
	);

told("'abc\\n'", { guess: 'ERR_INVALID_CHAR', seen: 'abc' }, await sent('abc\n'));
told("'ab\\nc'", { guess: 'ERR_INVALID_CHAR', seen: 'abc' }, await sent('ab\nc'));
told("'€'", { guess: 'ERR_INVALID_CHAR', seen: '' }, await sent('€'));
told("'é'", { seen: 'é' }, await sent('é'));
server.close();
JS
