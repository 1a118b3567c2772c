import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Reachability } from '../../nodes/engine/http/reachability.ts';
import { hurry, run } from './engine.mts';
import { parameters, names, errorsOf } from './network.setup.mts';
import { closeServers, serve, serveTcp } from './server.mts';
import { tiny } from './tiny.mts';

afterEach(closeServers);

describe('a vendor that says nothing', () => {
	let calm: () => void;
	beforeEach(() => {
		calm = hurry();
	});
	afterEach(() => calm());

	/** Takes connections, and says nothing; like a firewall that drops what is sent, as far as anybody can see. */
	async function silent(): Promise<{ url: string; connections(): number }> {
		const { port, connections } = await serveTcp(() => {});
		return { url: `http://127.0.0.1:${port}`, connections };
	}
	const started = (baseUrl: string, kind: 'create' | 'get', mode?: 'manual' | 'trigger') =>
		run(tiny, {
			parameters: parameters[kind],
			credential: { key: 'a-key-to-keep', baseUrl },
			mode,
		});
	const advice = /Check the address in the credential, .*firewall.*HTTPS_PROXY/;

	it.each(['create', 'get'] as const)(
		'is told from a slow one after 8 seconds: %s',
		async (kind) => {
			const { url, connections } = await silent();
			const { error } = await started(url, kind);
			expect(error?.message).toBe(
				'Tiny gave no answer within 8 seconds, and nothing else comes from 127.0.0.1',
			);
			expect(error?.description).toMatch(advice);
			// Nobody can tell whether it has arrived.
			expect(error?.description?.includes('This may have worked. Look')).toBe(kind === 'create');
			// It was asked once, and probed four times.
			expect(connections()).toBe(5);
		},
	);

	it.each([
		['create', 'within 60 seconds', 1],
		['get', 'within 60 seconds after 5 tries', 5],
	] as const)('is waited for where nobody watches: %s', async (kind, words, tries) => {
		const { url, connections } = await silent();
		const { error } = await started(url, kind, 'trigger');
		expect(error?.message).toBe(
			`Tiny gave no answer ${words}, and nothing else comes from 127.0.0.1`,
		);
		expect(error?.description).toMatch(advice);
		expect(connections()).toBe(5 * tries);
	});

	it('is probed no more once nobody waits for it', async () => {
		const reachability = new Reachability();
		const canceled = new Error('canceled');
		let probes = 0;
		let cancel = (_: Error) => {};
		const sending = new Promise<never>((_, reject) => (cancel = reject));
		const probe = async () => {
			probes++;
			cancel(canceled);
			return false;
		};
		await expect(reachability.during(sending, probe, false)).rejects.toBe(canceled);
		await wait(100);
		expect([probes, reachability.isSilent]).toEqual([1, false]);
	});

	it.each(['manual', 'trigger'] as const)(
		'ends a run of 500 items, each with its sentence: %s',
		async (mode) => {
			const { url, connections } = await silent();
			const result = await run(tiny, {
				parameters: { ...parameters.create, name: '={{ $json.name }}' },
				credential: { key: 'k', baseUrl: url },
				items: names(500),
				onError: 'continueRegularOutput',
				mode,
			});
			const errors = errorsOf(result);
			expect(errors).toHaveLength(500);
			expect(errors.filter((one) => one.startsWith('Tiny gave no answer within'))).toHaveLength(
				500,
			);
			const sent = errors.filter((one) => one.includes('This may have worked'));
			expect(errors.filter((one) => one.includes('It was not tried for this item'))).toHaveLength(
				500 - sent.length,
			);
			expect(sent.length).toBeLessThan(20);
			// All of them probe together.
			expect(connections()).toBe(sent.length + 4);
		},
	);

	it('is waited for where it only takes its time', async () => {
		const vendor = await serve(async () => {
			await new Promise((resolve) => setTimeout(resolve, 40_000));
			return { thing: { id: 7 } };
		});
		const { items, error } = await started(vendor.url, 'create');
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(vendor.received).toHaveLength(1);
		expect(vendor.probes.length).toBeGreaterThan(0);
		// A probe shows no key.
		expect(JSON.stringify(vendor.probes)).not.toContain('a-key-to-keep');
	});

	it('is not probed where it answered before, in whichever run', async () => {
		let isSlow = false;
		const vendor = await serve(async () => {
			if (isSlow) await new Promise((resolve) => setTimeout(resolve, 40_000));
			return { thing: { id: 7 } };
		});
		await started(vendor.url, 'get');
		isSlow = true;
		const { error } = await started(vendor.url, 'get');
		expect(error).toBeUndefined();
		expect([vendor.received.length, vendor.probes.length]).toEqual([2, 0]);
	});
});

describe('a vendor that drips', () => {
	const calms: Array<() => void> = [];
	beforeEach(() => {
		calms.push(hurry());
		const { timeout } = AbortSignal;
		// The one clock that is not hurried with the others.
		const hurried = jest
			.spyOn(AbortSignal, 'timeout')
			.mockImplementation((ms) => timeout.call(AbortSignal, ms / 500));
		calms.push(() => hurried.mockRestore());
	});
	afterEach(() => {
		for (const calm of calms.splice(0)) calm();
	});

	/** Answers with these bytes, and then with one more each second, without end. */
	async function dripping(begin: string): Promise<{ url: string; connections(): number }> {
		const { port, connections } = await serveTcp((socket) =>
			socket.once('data', () => {
				socket.write(begin);
				const drip = setInterval(() => socket.write(' '), 2);
				socket.once('close', () => clearInterval(drip));
			}),
		);
		return { url: `http://127.0.0.1:${port}`, connections };
	}

	it.each(['create', 'get'] as const)('is not waited for without end: %s', async (kind) => {
		const { url, connections } = await dripping(
			'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{"thing":',
		);
		const { error } = await run(tiny, {
			parameters: parameters[kind],
			credential: { key: 'k', baseUrl: url },
			mode: 'trigger',
		});
		expect(error?.message).toBe(
			'Tiny gave no whole answer within 300 seconds, while parts of it came',
		);
		expect(error?.description).toContain('Check the address in the credential');
		expect(error?.description?.includes('This may have worked. Look')).toBe(kind === 'create');
		// Probes are no tries.
		expect(connections()).toBeLessThanOrEqual(5);
	});
});
