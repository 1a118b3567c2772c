#!/usr/bin/env bash
# https-proxy-agent, by which n8n's requests reach https through a proxy: what the proxy answers to CONNECT arrives as
# if the vendor had answered it, status, headers and body. undici's ProxyAgent raises an error.
. "$(dirname "$0")/lib/lib.sh"
packages https-proxy-agent@7.0.6 undici@7.16.0
probe <<'JS'
import { createServer } from 'node:http';
import { once } from 'node:events';
import { get } from 'node:https';
import { require, told } from './told.mjs';
const { HttpsProxyAgent } = require('https-proxy-agent');
const { ProxyAgent, request } = require('undici');
const proxy = createServer().on('connect', (_request, socket) => {
	socket.end(
		'HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n\r\nnot listed',
	);
});
await once(proxy.listen(0, '127.0.0.1'), 'listening');
const address = `http://127.0.0.1:${proxy.address().port}`;
const vendor = 'https://vendor.example/';

const answer = await new Promise((resolve) => {
	get(vendor, { agent: new HttpsProxyAgent(address) }, async (response) => {
		let body = '';
		for await (const chunk of response) body += chunk;
		resolve([response.statusCode, body]);
	}).on('error', ({ message }) => resolve(message));
});
told(
	'403 by the proxy to CONNECT, https-proxy-agent',
	{ guess: 'an error', seen: [403, 'not listed'] },
	answer,
);
told(
	'the same, undici',
	{ seen: 'Proxy response (403) !== 200 when HTTP Tunneling' },
	await request(vendor, { dispatcher: new ProxyAgent(address) }).catch(({ message }) => message),
);
proxy.close();
JS
