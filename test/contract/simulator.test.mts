import { readdir, readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import axios from 'axios';
import type { AxiosInstance } from 'axios';
import { startSimulator } from '../../dev/kit/simulator.mts';
import type { Fault, Simulator, UploadedFile } from '../../dev/kit/simulator.mts';
import { parse } from 'yaml';
import { probe } from './probe.mts';
import type { Probe } from './probe.mts';

describe('simulator framework', () => {
	let simulator: Simulator<Probe>;
	let api: AxiosInstance;

	beforeEach(async () => {
		simulator = await startSimulator(probe(), { records: 20, bodyBytes: 1_000 });
		const { url: baseURL } = simulator;
		api = axios.create({ baseURL, validateStatus: () => true, proxy: false, timeout: 5_000 });
	});
	afterEach(async () => {
		simulator.setFault(undefined);
		await simulator.close();
	});

	describe('requests', () => {
		it('serves the path of each environment, and keeps paths as they were sent', async () => {
			for (const path of ['/api/v1/things/a%2Fb%3Fc', '/v1/things/a%2Fb%3Fc']) {
				expect((await api.get(path, { params: { 'api-key': 'k' } })).status).toBe(200);
				expect(simulator.vendor.lastCall?.params).toEqual({ id: 'a/b?c' });
			}
			expect((await api.get('/v2/things/a')).status).toBe(404);
			expect(simulator.requests.map(({ path }) => path)).toEqual([
				'/api/v1/things/a%2Fb%3Fc',
				'/v1/things/a%2Fb%3Fc',
				'/v2/things/a',
			]);
			expect(simulator.violations()).toHaveLength(1);
		});

		it('takes down what came and what was answered', async () => {
			await api.post(
				'/v1/things?api-key=k&tag=1&tag=2',
				{ name: 'n' },
				{ headers: { 'x-y': 'z' } },
			);
			expect(simulator.requests).toMatchObject([
				{
					id: 1,
					method: 'POST',
					operationId: 'thing.create',
					status: 201,
					body: { name: 'n' },
					query: { 'api-key': 'k', tag: ['1', '2'] },
					headers: { 'x-y': 'z' },
					violations: [{ where: 'query', keyword: 'additionalProperties' }],
				},
			]);
		});

		it('keeps the newest records only, without large bodies, and counts all', async () => {
			for (let index = 1; index <= 45; index++) {
				await api.post('/v1/things', { name: String(index).repeat(600) });
			}
			// 20 at least, 39 at most: the older half was dropped at the 40th.
			expect(simulator.requests).toHaveLength(25);
			expect(simulator.requests.at(-1)).toMatchObject({ id: 45, body: '[1211 bytes]' });
			expect(simulator.counts).toMatchObject({ requests: 45, byStatus: { 201: 45 } });
			expect(simulator.journal.entries()).toHaveLength(45);
		});

		it('tells of bodies that are no JSON, of another type, or not documented', async () => {
			const headers = { 'content-type': 'application/json' };
			await api.post('/v1/things', '{"name":', { headers });
			await api.post('/v1/things', 'name=n', { headers: { 'content-type': 'text/plain' } });
			await api.get('/v1/things/a', { data: { name: 'n' } });
			const keywords = simulator.violations().map(({ violations }) => violations[0]?.keyword);
			expect(keywords).toEqual(['parse', 'media-type', 'undocumented']);
		});

		it('takes files byte for byte', async () => {
			const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 256);
			const form = new FormData();
			form.append('file', new File([bytes], 'a.bin', { type: 'application/x-thing' }));
			form.append('note', 'n');
			const { status, headers } = await api.post('/v1/files', form);
			expect({ status, length: headers['content-length'] }).toEqual({ status: 204 });
			const { file, note } = simulator.vendor.lastCall?.body as Record<string, UploadedFile>;
			expect(note).toBe('n');
			expect(file).toMatchObject({ name: 'a.bin', type: 'application/x-thing' });
			expect(file?.bytes.equals(bytes)).toBe(true);
			expect(simulator.violations()).toEqual([]);
			await api.post('/v1/files', new FormData());
			expect(simulator.violations()).toHaveLength(1);
		});

		it('holds answers back by the latency', async () => {
			simulator.change({ latencyMs: 80 });
			const started = performance.now();
			await api.get('/v1/things/a');
			expect(performance.now() - started).toBeGreaterThanOrEqual(79);
		});
	});

	describe('its own honesty', () => {
		it.each([
			['a body that breaks the contract', { status: 200, body: { name: 'x' } }],
			['a status that the contract has not', { status: 202, body: { id: 'x' } }],
		])('throws on closing after %s', async (_what, answer) => {
			simulator.vendor.answer = answer;
			expect((await api.get('/v1/things/a')).status).toBe(500);
			await expect(simulator.close()).rejects.toThrow('GET /v1/things/a was answered wrongly');
			simulator.defects.length = 0;
		});

		it('throws on a webhook that breaks the contract', () => {
			expect(() => simulator.vendor.checkWebhook({ id: 1 })).not.toThrow();
			expect(() => simulator.vendor.checkWebhook({})).toThrow("required property 'id'");
		});

		it('does not start without a handler for each operation', async () => {
			const definition = probe();
			const create: typeof definition.create = (context) => {
				const { 'file.send': _left, ...handlers } = definition.create(context).handlers;
				return { ...definition.create(context), handlers };
			};
			await expect(startSimulator({ ...definition, create })).rejects.toThrow('file.send');
		});

		it('does not start on a port that is taken', async () => {
			const { port } = simulator;
			await expect(startSimulator(probe(), { port })).rejects.toThrow('EADDRINUSE');
		});
	});

	describe('faults', () => {
		const make = (): Promise<{ status: number; data: unknown } | string> =>
			api.post('/v1/things', { name: 'n' }).catch(({ code }: { code: string }) => code);
		const done = (): number => simulator.journal.entries('thing.create').length;

		it.each<[string, Fault, unknown, number]>([
			[
				'answers before',
				{ kind: 'answer', when: 'before', answer: { status: 502, body: '<p>' } },
				expect.objectContaining({ status: 502, data: '<p>' }),
				0,
			],
			[
				'answers after',
				{ kind: 'answer', when: 'after', answer: { status: 503 } },
				expect.objectContaining({ status: 503 }),
				1,
			],
			[
				'alters',
				{ kind: 'alter', alter: (raw) => ({ ...raw, body: '{"ma' }) },
				expect.objectContaining({ status: 201, data: '{"ma' }),
				1,
			],
			['drops before', { kind: 'drop', when: 'before' }, 'ECONNRESET', 0],
			['drops after', { kind: 'drop', when: 'after' }, 'ECONNRESET', 1],
			['stalls', { kind: 'stall', when: 'before', ms: 50 }, 'ECONNRESET', 0],
			['cuts', { kind: 'cut', bytes: 5 }, expect.stringMatching(/ECONNRESET|ERR_BAD_RESPONSE/), 1],
		])('%s', async (_name, fault, expected, times) => {
			simulator.setFault(({ operationId }) => (operationId === 'thing.create' ? fault : undefined));
			expect(await make()).toEqual(expected);
			expect(done()).toBe(times);
			expect(simulator.requests.at(-1)?.fault).toBe(fault.kind);
			simulator.setFault(undefined);
			expect(await make()).toMatchObject({ status: 201 });
			expect(simulator.journal.doneTwice('thing.create')).toHaveLength(times);
		});
	});

	describe('control over HTTP', () => {
		it('shows state, requests, violations and journal, and resets', async () => {
			await api.post('/v1/things', { name: 'n', extra: 1 });
			await api.get('/v1/things/a');
			const { data: state } = await api.get('/_sim/state');
			expect(state).toMatchObject({
				name: 'probe',
				counts: { requests: 2 },
				vendor: { things: 1 },
			});
			const { data: some } = await api.get('/_sim/requests?operationId=thing.get');
			expect(some).toMatchObject([{ path: '/v1/things/a' }]);
			expect((await api.get('/_sim/violations')).data).toHaveLength(1);
			expect((await api.get('/_sim/journal?what=thing.create')).data).toHaveLength(1);
			await api.post('/_sim/reset');
			expect(simulator.counts.requests).toBe(0);
			expect(simulator.journal.entries()).toEqual([]);
		});

		it('changes settings, carries out actions, and names what it knows', async () => {
			const limit = { kind: 'fixed', requests: 1, windowMs: 60_000 };
			await api.post('/_sim/settings', { latencyMs: 1, limit });
			await api.get('/v1/things/a');
			expect((await api.get('/v1/things/a')).status).toBe(429);
			await api.post('/_sim/settings', { limit: null });
			expect((await api.get('/v1/things/a')).status).toBe(200);
			expect((await api.post('/_sim/actions/echo', { a: 1 })).data).toEqual({ a: 1 });
			for (const path of ['nothing', 'actions/constructor', 'actions/nothing']) {
				const { status, data } = await api.post(`/_sim/${path}`);
				expect({ status, message: data.message }).toEqual({
					status: 404,
					message: expect.stringContaining('POST actions/echo'),
				});
			}
			const wrong = await api.post('/_sim/settings', { limit: { kind: 'none' } });
			expect(wrong.status).toBe(400);
		});
	});

	it('has a source for everything that a contract calls inferred', async () => {
		const folder = new URL('../../dev/vendors/', import.meta.url);
		const entries = await readdir(folder, { withFileTypes: true });
		const names = entries
			.filter((entry) => entry.isDirectory())
			.map(({ name }) => `${name}/contract.yaml`);
		expect(names).toContain('saleswhale/contract.yaml');
		const without: string[] = [];
		const visit = (value: unknown, where: string): void => {
			if (typeof value !== 'object' || value === null) return;
			const { 'x-confidence': confidence, 'x-source': source } = value as Record<string, unknown>;
			const isKnown = ['inferred', 'third-party'].includes(String(confidence));
			const isSourced = typeof source === 'string' && source !== '';
			if (confidence !== undefined && !(isKnown && isSourced)) without.push(where);
			for (const [key, child] of Object.entries(value)) visit(child, `${where}/${key}`);
		};
		for (const name of names) {
			visit(parse(await readFile(new URL(name, folder), 'utf8'), { merge: true }), name);
		}
		expect(without).toEqual([]);
	});
});
