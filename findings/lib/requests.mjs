import { once } from 'node:events';
import { createServer } from 'node:http';
import { require } from './told.mjs';

require('reflect-metadata');
const { Container } = require('@n8n/di');
const { configureGlobalAxiosDefaults, OutboundHttp } = require('@n8n/backend-network');
configureGlobalAxiosDefaults();

/** n8n's own requests: `request` is behind a node's helpers.httpRequest, `requestLegacy` behind helpers.request. */
export const { request, requestLegacy } = Container.get(OutboundHttp).requests({
	useDefaultSsrfPolicy: 'unsafe',
});

const server = createServer(async (incoming, response) => {
	let body = '';
	for await (const chunk of incoming) body += chunk;
	const { method, url, headers } = incoming;
	if (url === '/nothing') return response.writeHead(204).end();
	response.setHeader('content-type', 'application/json');
	return response.end(JSON.stringify({ method, url, type: headers['content-type'], body }));
}).listen(0, '127.0.0.1');
await once(server, 'listening');
server.unref();

/** A server that says what it got; `/nothing` answers 204. */
export const echo = `http://127.0.0.1:${server.address().port}`;
