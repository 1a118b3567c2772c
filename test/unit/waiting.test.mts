import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { whileBusy } from '../../dev/n8n/busy.mts';
import { withLock } from '../../dev/n8n/lock.mts';
import { freePort, requireFreePort } from '../../dev/n8n/process.mts';
import { until } from '../../dev/n8n/until.mts';

describe('what the tools wait for', () => {
	it('is a lock, which one holds at a time, and whoever waits is told once', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'lock-'));
		const told: string[] = [];
		const work = (name: string) => async () => {
			told.push(`${name} begins`);
			await sleep(20);
			told.push(`${name} ends`);
		};
		const file = join(folder, 'installation');
		const first = withLock(file, work('first'), () => told.push('first waits'));
		await sleep(10);
		await Promise.all([first, withLock(file, work('second'), () => told.push('second waits'))]);
		await rm(folder, { recursive: true });
		expect(told.filter((line) => line.endsWith('waits'))).toEqual(['second waits']);
		expect(told.filter((line) => !line.endsWith('waits'))).toEqual([
			'first begins',
			'first ends',
			'second begins',
			'second ends',
		]);
	});

	it('is found as soon as it is there, or is said not to be; what looking throws ends it', async () => {
		let looks = 0;
		expect(
			await until(
				async () => (++looks > 3 ? looks : undefined),
				() => 'Nothing',
			),
		).toBe(4);
		const never = until(
			async () => undefined,
			() => 'Nothing came',
			100,
		);
		await expect(never).rejects.toThrow('Nothing came after 0.1 s.');
		const broken = until(
			async () => Promise.reject(new Error('It broke')),
			() => 'Nothing',
		);
		await expect(broken).rejects.toThrow('It broke');
	});

	it('is an n8n that is busy', async () => {
		const statuses = [503, 503, 200];
		expect(await whileBusy(async () => ({ status: statuses.shift() ?? 0 }))).toEqual({
			status: 200,
		});
	});

	it('is no port that is taken', async () => {
		const port = await freePort();
		await requireFreePort(port);
		const server = createServer().listen(port, '127.0.0.1');
		await once(server, 'listening');
		await expect(requireFreePort(port)).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken`);
		server.close();
	});
});
