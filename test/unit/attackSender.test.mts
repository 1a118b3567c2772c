import { afterEach, describe, expect, it } from '@jest/globals';
import { AttackSender } from '../attack/sender.mts';
import { type Handler, closeServers, serve } from './server.mts';

afterEach(closeServers);

const hangUp: Handler = (_, response) => {
	response.socket?.destroy();
};

describe('A sender of attacks', () => {
	it('sends again what a kept connection broke under, and tells of the answer', async () => {
		const server = await serve(() => ({}));
		const sender = new AttackSender(1);
		const attack = { url: server.url, method: 'POST', headers: {}, body: '{}' };
		expect((await sender.send(attack)).status).toBe(200);
		server.handle = (...request) => {
			server.handle = () => ({});
			return hangUp(...request);
		};
		expect((await sender.send(attack)).status).toBe(200);
		expect(server.received).toHaveLength(3);
		sender.close();
	});

	it('sends nothing again that was answered, though the answer broke off', async () => {
		const server = await serve(() => ({}));
		const sender = new AttackSender(1);
		const attack = { url: server.url, method: 'POST', headers: {}, body: '{}' };
		await sender.send(attack);
		server.handle = (_, response) => {
			response.writeHead(401, { 'content-length': 100 }).write('half');
			setTimeout(() => response.socket?.resetAndDestroy(), 20);
		};
		expect((await sender.send(attack)).status).toBe(401);
		expect(server.received).toHaveLength(2);
		sender.close();
	});

	it('sends again where n8n is busy', async () => {
		const server = await serve((_, response) => {
			response.writeHead(server.received.length < 3 ? 503 : 200).end();
		});
		const sender = new AttackSender(1);
		expect(
			(await sender.send({ url: server.url, method: 'POST', headers: {}, body: '{}' })).status,
		).toBe(200);
		expect(server.received).toHaveLength(3);
		sender.close();
	});

	it('tells of a connection of its own that broke', async () => {
		const server = await serve(hangUp);
		const sender = new AttackSender(1);
		const hit = await sender.send({ url: server.url, method: 'POST', headers: {}, body: '{}' });
		expect(hit).toEqual({ status: 0, text: 'Error: socket hang up' });
		expect(server.received).toHaveLength(1);
		sender.close();
	});
});
