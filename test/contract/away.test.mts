import { readFileSync } from 'node:fs';
import { type IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { json } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { authorityFile, awayOf, comeBack, goAway } from '../../dev/kit/network/away.mts';
import { type FaultHook, type Simulator, startSimulator } from '../../dev/kit/simulator.mts';
import saleswhale from '../../dev/vendors/saleswhale/simulator/index.mts';

const delayMs = 25;
let sim: Simulator;

beforeAll(async () => {
	await goAway({ tls: true, delayMs });
	sim = await startSimulator(saleswhale({ apiKey: 'far-away' }));
});

afterAll(async () => {
	await sim?.close();
	await comeBack();
});

afterEach(() => sim.setFault(undefined));

/** Asks over a connection of its own, as n8n does. */
async function ask(ca: Buffer | undefined = readFileSync(String(authorityFile()))) {
	const asked = request(`${sim.url}/api/v2/conversations?token=far-away`, {
		ca,
		agent: false,
	}).end();
	return await new Promise<{ status?: number; body: unknown }>((resolve, reject) => {
		asked.once('error', reject);
		// Its body is read at once: a connection may be reset as soon as the head is there.
		asked.once('response', (response: IncomingMessage) => {
			json(response).then((body) => resolve({ status: response.statusCode, body }), reject);
		});
	});
}

it('a simulator that is far away shows a certificate of its authority', async () => {
	expect(sim.url).toMatch(/^https:\/\/127\.0\.0\.1:/);
	expect(await ask()).toMatchObject({ status: 200 });
	await expect(ask(Buffer.from(''))).rejects.toThrow(/certificate/);
});

it('each connection takes three round trips: TCP, TLS, and the request', async () => {
	const took: number[] = [];
	for (let time = 0; time < 5; time++) {
		const before = performance.now();
		await ask();
		took.push(performance.now() - before);
	}
	// The quickest: a busy machine takes its time besides.
	const ms = Math.min(...took);
	expect(ms).toBeGreaterThanOrEqual(6 * delayMs - 5);
	expect(ms).toBeLessThan(20 * delayMs);
});

it.each([
	['no answer', () => ({ kind: 'drop' })],
	['half of one', () => ({ kind: 'cut', bytes: 5 })],
] as Array<[string, FaultHook]>)(
	'a connection that is reset is so over TLS too: %s',
	async (_, fault) => {
		sim.setFault(fault);
		await expect(ask()).rejects.toMatchObject({ code: 'ECONNRESET' });
		sim.setFault(undefined);
		expect(await ask()).toMatchObject({ status: 200 });
	},
);

it('reads the flags of the commands', () => {
	expect(awayOf(['pace', '--tls', '--delay', '100'])).toEqual({ tls: true, delayMs: 100 });
	expect(awayOf(['--long', '--delay=20'])).toEqual({ tls: false, delayMs: 20 });
	expect(awayOf([])).toEqual({ tls: false, delayMs: 0 });
	expect(() => awayOf(['--delay', 'far'])).toThrow('a number of milliseconds');
});
