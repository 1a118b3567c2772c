import { afterEach, describe, expect, it } from '@jest/globals';
import { Gun } from '../attack/shots.mts';
import { type Handler, closeServers, serve } from './server.mts';

afterEach(closeServers);

const hangUp: Handler = (_, response) => {
	response.socket?.destroy();
};

describe('A gun', () => {
	it('sends again what a kept connection broke under, and tells of the answer', async () => {
		const server = await serve(() => ({}));
		const gun = new Gun(1);
		const shot = { url: server.url, method: 'POST', headers: {}, body: '{}' };
		expect((await gun.fire(shot)).status).toBe(200);
		server.handle = (...request) => {
			server.handle = () => ({});
			return hangUp(...request);
		};
		expect((await gun.fire(shot)).status).toBe(200);
		expect(server.received).toHaveLength(3);
		gun.close();
	});

	it('sends nothing again that was answered, though the answer broke off', async () => {
		const server = await serve(() => ({}));
		const gun = new Gun(1);
		const shot = { url: server.url, method: 'POST', headers: {}, body: '{}' };
		await gun.fire(shot);
		server.handle = (_, response) => {
			response.writeHead(401, { 'content-length': 100 }).write('half');
			setTimeout(() => response.socket?.resetAndDestroy(), 20);
		};
		expect((await gun.fire(shot)).status).toBe(401);
		expect(server.received).toHaveLength(2);
		gun.close();
	});

	it('sends again where n8n is busy', async () => {
		const server = await serve((_, response) => {
			response.writeHead(server.received.length < 3 ? 503 : 200).end();
		});
		const gun = new Gun(1);
		expect(
			(await gun.fire({ url: server.url, method: 'POST', headers: {}, body: '{}' })).status,
		).toBe(200);
		expect(server.received).toHaveLength(3);
		gun.close();
	});

	it('tells of a connection of its own that broke', async () => {
		const server = await serve(hangUp);
		const gun = new Gun(1);
		const hit = await gun.fire({ url: server.url, method: 'POST', headers: {}, body: '{}' });
		expect(hit).toEqual({ status: 0, text: 'Error: socket hang up' });
		expect(server.received).toHaveLength(1);
		gun.close();
	});
});
