import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it } from '@jest/globals';
import axios from 'axios';
import { Limiter } from '../../dev/kit/framework/limiter.mts';
import type { LimitSettings } from '../../dev/kit/framework/limiter.mts';
import { startSimulator } from '../../dev/kit/simulator.mts';
import { probe } from './probe.mts';

/** Which of requests at these times are let through. */
function admitted(settings: LimitSettings, times: number[]): number[] {
	const limiter = new Limiter(settings);
	return times.filter((time) => limiter.decide('key', time).allowed);
}

describe('limits', () => {
	const three = { requests: 3, windowMs: 1_000 };
	const burst = [0, 900, 910, 920, 1_000, 1_010, 1_020, 1_905, 1_915];

	it('fixed: so many in each window, so a burst over its edge gets through', () => {
		expect(admitted({ kind: 'fixed', ...three }, burst)).toEqual([
			0, 900, 910, 1_000, 1_010, 1_020,
		]);
	});

	it('sliding: so many in any span of the window', () => {
		expect(admitted({ kind: 'sliding', ...three }, burst)).toEqual([
			0, 900, 910, 1_000, 1_905, 1_915,
		]);
	});

	it('bucket: a burst of its size, then evenly', () => {
		const times = [0, 1, 2, 3, 330, 340, 341, 680, 5_000, 5_001, 5_002, 5_003];
		expect(admitted({ kind: 'bucket', ...three }, times)).toEqual([
			0, 1, 2, 340, 680, 5_000, 5_001, 5_002,
		]);
	});

	it('tells what is left and when it is let through again', () => {
		for (const kind of ['fixed', 'sliding'] as const) {
			const limiter = new Limiter({ kind, ...three });
			const remaining = [0, 100, 200].map((time) => limiter.decide('key', time).remaining);
			expect(remaining).toEqual([2, 1, 0]);
			expect(limiter.decide('key', 400)).toMatchObject({ allowed: false, resetMs: 600 });
			expect(limiter.decide('other', 400).allowed).toBe(true);
		}
		const bucket = new Limiter({ kind: 'bucket', requests: 1, windowMs: 1_000 });
		bucket.decide('key', 0);
		expect(bucket.decide('key', 400).resetMs).toBeCloseTo(600);
	});

	it('refuses settings that limit nothing', () => {
		expect(() => new Limiter({ kind: 'fixed', requests: 0, windowMs: 1 })).toThrow('at least 1');
	});

	const forms = ['seconds', 'date', 'none'] as const;
	it.each(forms)('answers 429 with Retry-After as %s', async (form) => {
		const limit: LimitSettings = {
			kind: 'fixed',
			requests: 1,
			windowMs: 60_000,
			retryAfter: form,
			rateLimitHeaders: true,
		};
		const simulator = await startSimulator(probe(), { limit });
		const get = (key: string): Promise<{ status: number; headers: Record<string, unknown> }> =>
			axios.get(`${simulator.url}/v1/things/a?api-key=${key}`, { validateStatus: () => true });
		const first = await get('one');
		expect(first).toMatchObject({
			status: 200,
			headers: { 'x-ratelimit-limit': '1', 'x-ratelimit-remaining': '0' },
		});
		const reset = Number(first.headers['x-ratelimit-reset']) - Date.now() / 1_000;
		expect(reset).toBeGreaterThan(55);
		expect(reset).toBeLessThan(62);
		const refused = await get('one');
		expect(refused.status).toBe(429);
		const after = String(refused.headers['retry-after']);
		if (form === 'seconds') expect(after).toBe('60');
		if (form === 'date') expect(Date.parse(after) - Date.now()).toBeGreaterThan(55_000);
		if (form === 'none') expect(after).toBe('undefined');
		expect((await get('two')).status).toBe(200);
		await simulator.close();
	});
});

describe('a simulator as a process of its own', () => {
	it('says where it listens, keeps its limit, and ends when told to', async () => {
		const args = [
			'--import',
			'tsx',
			'dev/kit/run.mts',
			'saleswhale',
			'--rate',
			'2',
			'--window',
			'60000',
			'--options',
			'{"apiKey":"k"}',
		];
		const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
		const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
		const { name, url } = JSON.parse(line) as { name: string; url: string };
		expect(name).toBe('saleswhale');
		const options = { validateStatus: () => true, proxy: false } as const;
		const statuses: number[] = [];
		for (let index = 0; index < 3; index++) {
			statuses.push((await axios.get(`${url}/api/v2/team?token=k`, options)).status);
		}
		expect(statuses).toEqual([200, 200, 429]);
		const { data: ids } = await axios.post(`${url}/_sim/actions/seedConversations`, { count: 4 });
		const { data: ended } = await axios.post(`${url}/_sim/actions/endConversations`, { count: 3 });
		expect(ended).toEqual((ids as number[]).slice(0, 3));
		const { data: state } = await axios.get(`${url}/_sim/state`);
		expect(state.vendor).toMatchObject({ leads: 4, conversations: 4, ongoing: 1 });
		child.kill('SIGTERM');
		expect((await once(child, 'exit'))[0]).toBe(0);
	});
});
