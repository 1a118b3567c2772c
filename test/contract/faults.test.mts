import { request } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { faultKinds, FaultLayer, type FaultOptions } from '../../dev/kit/faults.mts';
import { type Simulator, startSimulator } from '../../dev/kit/simulator.mts';
import { startVendor } from '../../dev/simulators.mts';
import { probe } from './probe.mts';

/** What a plain client sees: an answer, perhaps not whole, or the code of a broken connection. */
interface Seen {
	status?: number;
	headers?: NodeJS.Dict<string | string[]>;
	body: string;
	code?: string;
	/** Milliseconds that it took. */
	took: number;
}

let simulator: Simulator | undefined;

afterEach(async () => {
	await simulator?.close();
	simulator = undefined;
});

async function call(method: string, path: string, body?: object): Promise<Seen> {
	const started = performance.now();
	const seen: Omit<Seen, 'took'> = { body: '' };
	await new Promise<void>((resolve) => {
		const broken = (error: NodeJS.ErrnoException) => {
			seen.code = error.code;
			resolve();
		};
		const headers = { 'content-type': 'application/json' };
		const sent = request(
			`${simulator?.url}${path}`,
			{ method, agent: false, headers },
			(answer) => {
				Object.assign(seen, { status: answer.statusCode, headers: answer.headers });
				answer.on('data', (chunk: Buffer) => (seen.body += chunk.toString()));
				answer.once('error', broken);
				answer.once('end', resolve);
			},
		);
		sent.once('error', broken);
		sent.end(body && JSON.stringify(body));
	});
	return { ...seen, took: performance.now() - started };
}

const create = async (name = 'a') => await call('POST', '/v1/things', { name });
const created = () => simulator?.journal.entries('thing.create').length;

async function startWith(only: string[], options: Partial<FaultOptions> = {}): Promise<FaultLayer> {
	simulator = await startSimulator(probe());
	return FaultLayer.before(simulator, { seed: 1, rate: 1, only, ...options });
}

const whole = '{"made":true}';
const isHtml = { 'content-type': expect.stringMatching(/^text\/html/) };

/** What each fault does to the client, and whether the write is done all the same. */
const faults: Record<string, { seen: object; done: boolean }> = {
	'429, Retry-After in seconds': {
		seen: { status: 429, headers: { 'retry-after': '1' } },
		done: false,
	},
	'429, Retry-After as a date': {
		seen: { status: 429, headers: { 'retry-after': expect.stringMatching(/^\w{3}, .* GMT$/) } },
		done: false,
	},
	'429, no header': { seen: { status: 429 }, done: false },
	'429, X-RateLimit-Reset': {
		seen: {
			status: 429,
			headers: {
				'x-ratelimit-remaining': '0',
				'x-ratelimit-reset': expect.stringMatching(/^\d{10}$/),
			},
		},
		done: false,
	},
	'500, HTML': { seen: { status: 500, headers: isHtml }, done: false },
	'502, HTML': { seen: { status: 502, headers: isHtml }, done: false },
	'503, HTML': { seen: { status: 503, headers: isHtml }, done: false },
	'502, HTML, after the write': { seen: { status: 502, headers: isHtml }, done: true },
	'connection refused': { seen: { status: 201, body: whole }, done: true },
	'reset before the answer': { seen: { code: 'ECONNRESET', body: '' }, done: false },
	'reset in the answer, after the write': { seen: { code: 'ECONNRESET' }, done: true },
	stall: { seen: { code: 'ECONNRESET', body: '' }, done: false },
	'stall, after the write': { seen: { code: 'ECONNRESET', body: '' }, done: true },
	'JSON cut short, after the write': { seen: { status: 201, body: whole.slice(0, 6) }, done: true },
	'empty body, after the write': { seen: { status: 201, body: '' }, done: true },
	'JSON as text/plain, after the write': {
		seen: { status: 201, body: whole, headers: { 'content-type': 'text/plain' } },
		done: true,
	},
	'HTML under 200, after the write': { seen: { status: 200, headers: isHtml }, done: true },
	'answer lost, after the write': { seen: { code: 'ECONNRESET', body: '' }, done: true },
};

describe('the fault', () => {
	it('of each name has a row here, or a test of its own', () => {
		const own = ['refusal under 200'];
		expect([...Object.keys(faults), ...own].sort()).toEqual(
			faultKinds.map(({ name }) => name).sort(),
		);
	});

	it.each(Object.entries(faults))('"%s" does what its name says', async (name, { seen, done }) => {
		const layer = await startWith([name], { stallMs: 300 });
		const client = await create();
		expect(client).toMatchObject(seen);
		expect(created()).toBe(done ? 1 : 0);
		if (name.startsWith('stall')) expect(client.took).toBeGreaterThan(290);
		const [{ id, fault } = { id: 0, fault: '' }] = simulator?.requests ?? [];
		expect(fault).toBe(name);
		expect(layer.injected).toEqual([{ request: id, operationId: 'thing.create', fault: name }]);
	});

	it('"429" without headers has neither Retry-After nor a reset', async () => {
		await startWith(['429, no header']);
		const names = Object.keys((await create()).headers ?? {});
		expect(names.filter((name) => /retry|rate/.test(name))).toEqual([]);
	});

	it('"429" names a moment to come, as a date and as Unix seconds', async () => {
		for (const name of ['429, Retry-After as a date', '429, X-RateLimit-Reset']) {
			await startWith([name]);
			const { headers } = await create();
			const reset = Number(headers?.['x-ratelimit-reset']) * 1000;
			const ms = (reset || Date.parse(String(headers?.['retry-after']))) - Date.now();
			expect(ms).toBeGreaterThan(500);
			expect(ms).toBeLessThanOrEqual(2000);
			await simulator?.close();
		}
		simulator = undefined;
	});

	it('"connection refused" refuses those that come next, for a while', async () => {
		await startWith(['connection refused'], { refuseMs: 300 });
		await create();
		expect(await create()).toMatchObject({ code: 'ECONNREFUSED' });
		await new Promise((resolve) => setTimeout(resolve, 700));
		expect(await create()).toMatchObject({ status: 201 });
		expect(created()).toBe(2);
	});

	it('"stall" ends with the client', async () => {
		await startWith(['stall'], { stallMs: 60_000 });
		const left = fetch(`${simulator?.url}/v1/things`, {
			method: 'POST',
			signal: AbortSignal.timeout(200),
		});
		await expect(left).rejects.toThrow(/abort|timeout/i);
		for (let n = 0; n < 100 && simulator?.requests.length === 0; n++) {
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
		expect(simulator?.requests[0]).toMatchObject({ status: 0, fault: 'stall' });
	});
});

describe('a refusal under 200', () => {
	it.each([
		[
			'Salesflow',
			'salesflow',
			'GET',
			'/api/members/1',
			{ Status: 503, Message: expect.any(String) },
		],
		['Convertalk', 'convertalk', 'GET', '/inbox/direct/chats', { success: false, code: 503 }],
		[
			'Zenvia Sales',
			'zenviaSales',
			'POST',
			`/api/v1/prospect/${'a'.repeat(24)}/transfer`,
			{ success: false },
		],
	] as const)('is what %s documents', async (_title, name, method, path, body) => {
		simulator = (await startVendor(name)).simulator as unknown as Simulator;
		FaultLayer.before(simulator, { seed: 1, rate: 1, only: ['refusal under 200'] });
		const seen = await call(method, path);
		expect(seen.status).toBe(200);
		expect(JSON.parse(seen.body)).toMatchObject(body);
		expect(simulator.journal.entries()).toEqual([]);
	});

	it('does not happen where no document has one', async () => {
		const layer = await startWith(['refusal under 200']);
		expect(await create()).toMatchObject({ status: 201 });
		expect(layer.injected).toEqual([]);
	});
});

describe('the seed', () => {
	async function run(seed: number, readEach = Infinity): Promise<Array<string | undefined>> {
		await startWith(['500, HTML', '502, HTML', '429, no header'], { seed, rate: 0.1 });
		for (let n = 1; n <= 400; n++) {
			await create(`thing ${n}`);
			if (n % readEach === 0) await call('GET', '/v1/things/a');
		}
		const faults = (simulator?.requests ?? [])
			.filter(({ operationId }) => operationId === 'thing.create')
			.map(({ fault }) => fault);
		await simulator?.close();
		simulator = undefined;
		return faults;
	}

	it('decides the faults of a sequence, whatever else comes between', async () => {
		const first = await run(7);
		expect(await run(7, 3)).toEqual(first);
		expect(await run(8)).not.toEqual(first);
		const faulty = first.filter((fault) => fault !== undefined);
		expect(faulty.length).toBeGreaterThan(400 * 0.05);
		expect(faulty.length).toBeLessThan(400 * 0.15);
		expect(new Set(faulty).size).toBe(3);
	});

	it('gives a request that comes again another chance', async () => {
		const layer = await startWith(['500, HTML'], { rate: 0.5 });
		const statuses = [];
		for (let n = 0; n < 30; n++) statuses.push((await create('same')).status);
		expect(new Set(statuses)).toEqual(new Set([201, 500]));
		expect(layer.counts().get('500, HTML')).toBe(
			statuses.filter((status) => status === 500).length,
		);
	});

	it('of a fault that is not there is said', async () => {
		await expect(startWith(['no such fault'])).rejects.toThrow('There is no fault "no such fault"');
	});
});
