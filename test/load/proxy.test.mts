import { createServer, request, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freePort } from '../../dev/n8n/process.mts';
import { type Proxy, startProxy } from '../../dev/n8n/proxy.mts';
import { needlesOf, searchFor } from '../attack/secrets.mts';

const secret = 'Zq7kWuX2vNdR5tYb3m';
const query = `secret=${secret}&appSecret=${secret}&apiKey=${secret}&api-key=${secret}`;
const foundIn = searchFor(needlesOf(secret));
let proxy: Proxy;
let upstream: Server;

/** In place of n8n: answers, or breaks off where it is told to. */
beforeAll(async () => {
	upstream = createServer((asked, answer) => {
		if (asked.url?.includes('/broken')) asked.socket.destroy();
		else if (asked.url?.includes('/half')) answer.write('a', () => asked.socket.destroy());
		else if (!asked.url?.includes('/slow')) answer.end('{}');
	}).listen(0, '127.0.0.1');
	await once(upstream, 'listening');
	const { port } = upstream.address() as AddressInfo;
	proxy = await startProxy(await freePort(), {
		MAIN: `127.0.0.1:${await freePort()}`,
		WEBHOOK: `127.0.0.1:${port}`,
		N8N_PAYLOAD_SIZE_MAX: '1',
		N8N_FORMDATA_FILE_SIZE_MAX: '1',
	});
});

afterAll(async () => {
	await proxy?.stop();
	upstream?.closeAllConnections();
	upstream?.close();
});

interface Sent {
	path: string;
	body?: string;
	headers?: Record<string, string>;
	/** Whether the caller leaves before there is an answer. */
	leaves?: boolean;
}

/** @returns the status; 0 where the connection ended without one */
async function send({ path, body = '', headers = {}, leaves }: Sent): Promise<number> {
	const url = `http://127.0.0.1:${proxy.port}${path}?${query}`;
	const sent = request(url, { method: 'POST', agent: false, headers });
	return await new Promise((resolve) => {
		sent.once('error', () => resolve(0));
		sent.once('response', (response) => {
			response.once('close', () => resolve(response.statusCode ?? 0)).resume();
			response.once('error', () => {});
		});
		sent.end(body);
		if (leaves) void sleep(300).then(() => sent.destroy());
	});
}

it('The proxy of deploy/queue writes no secret of an address into a log', async () => {
	const referer = `https://n8n.example/webhook/a?${query}`;
	const statuses = [
		await send({ path: '/webhook/good', headers: { referer, 'user-agent': secret } }),
		await send({ path: '/rest/main-is-down' }),
		await send({ path: '/webhook/broken' }),
		await send({ path: '/webhook/half' }),
		await send({ path: '/webhook/large', body: 'x'.repeat(2 ** 21) }),
		await send({ path: '/webhook/slow', leaves: true }),
		// As who encodes an address twice calls it; the path that nginx decodes then has the query in it.
		await send({ path: `/webhook/twice%3F${query.replaceAll('=', '%3D')}` }),
		await send({ path: `/webhook/thrice%253F${query.replaceAll('=', '%253D')}` }),
		await send({ path: '/webhook/long', headers: { more: 'x'.repeat(40_000) } }),
		await send({ path: '/webhook/chunked', headers: { 'transfer-encoding': 'nonsense' } }),
	];
	expect(statuses).toEqual([200, 502, 502, 200, 413, 0, 200, 200, 400, 501]);
	// A line is written when its request is over.
	await sleep(500);
	const logged = await proxy.logged();
	expect(logged).toContain('start worker process');
	expect(logged).toMatch(/POST \/webhook\/good HTTP\/1\.1" 200/);
	expect(logged).toMatch(/POST \/rest\/main-is-down HTTP\/1\.1" 502/);
	expect(foundIn(logged)).toEqual([]);
	expect(logged).not.toMatch(/secret=|api-?key=/i);
});
