import { describe, expect, it } from '@jest/globals';
import { hurry, run } from './engine.mts';
import {
	authority,
	behind,
	parameters,
	names,
	errorsOf,
	withAuthorities,
} from './network.setup.mts';
import { answer, serve } from './server.mts';
import { tiny } from './tiny.mts';

withAuthorities();

describe('a run for which nobody is there', () => {
	it.each(['create', 'get'] as const)('tries a %s once where no try can help', async (kind) => {
		const vendor = await serve(() => ({ thing: { id: 7 } }));
		const front = await behind(vendor, await authority.issueSelfSigned());
		const { error } = await run(tiny, {
			parameters: parameters[kind],
			credential: { key: 'k', baseUrl: front.url },
		});
		expect(error?.message).toMatch(/^n8n does not trust the certificate of 127\.0\.0\.1/);
		expect(error?.description).not.toContain('may have worked');
		expect(front.seen).toEqual({ connections: 1, secured: 0, bytes: 0 });
	});

	it('ends after a few items with the same sentence for each', async () => {
		const vendor = await serve(() => ({ thing: { id: 7 } }));
		const front = await behind(vendor, await authority.issueSelfSigned());
		const result = await run(tiny, {
			parameters: { ...parameters.create, name: '={{ $json.name }}' },
			credential: { key: 'k', baseUrl: front.url },
			items: names(40),
			onError: 'continueRegularOutput',
		});
		const errors = errorsOf(result);
		expect(errors).toHaveLength(40);
		expect(
			errors.filter((one) => one.startsWith('n8n does not trust the certificate')),
		).toHaveLength(40);
		expect(
			errors.filter((one) => one.includes('It was not tried for this item')).length,
		).toBeGreaterThan(30);
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			Array.from({ length: 40 }, (_, item) => ({ item })),
		);
		// Those that are under way at once, and no more.
		expect(front.seen.connections).toBeLessThanOrEqual(6);
	});

	it('ends as early where each item has a key of its own', async () => {
		const vendor = await serve(() => ({ thing: { id: 7 } }));
		const front = await behind(vendor, await authority.issueSelfSigned());
		const result = await run(tiny, {
			parameters: { ...parameters.create, name: '={{ $json.name }}' },
			credential: { key: '={{ $json.name }}-key', baseUrl: front.url },
			items: names(40),
			onError: 'continueRegularOutput',
		});
		const errors = errorsOf(result);
		expect(errors).toHaveLength(40);
		expect(errors.filter((one) => one.includes('It was not tried for')).length).toBeGreaterThan(20);
		// Those that are under way at once: each key has a pace of its own.
		expect(front.seen.connections).toBeLessThanOrEqual(20);
	});

	it('goes on where one of a few is there', async () => {
		const calm = hurry();
		try {
			let count = 0;
			const vendor = await serve((...args) =>
				++count % 3 === 0
					? { thing: { id: 7 } }
					: answer(503, '<html>', { server: 'squid/5.7' })(...args),
			);
			const result = await run(tiny, {
				parameters: { ...parameters.create, name: '={{ $json.name }}' },
				credential: { key: 'k', baseUrl: vendor.url },
				items: names(30),
				onError: 'continueRegularOutput',
			});
			expect(vendor.received).toHaveLength(30);
			expect(errorsOf(result).filter((one) => one.includes('not tried'))).toEqual([]);
		} finally {
			calm();
		}
	});

	it('gives up on a port that nobody listens at within 10 seconds, and 500 items with it', async () => {
		const vendor = await serve(() => ({}));
		await vendor.close();
		const start = Date.now();
		const result = await run(tiny, {
			parameters: { ...parameters.create, name: '={{ $json.name }}' },
			credential: { key: 'k', baseUrl: vendor.url },
			items: names(500),
			onError: 'continueRegularOutput',
		});
		expect(Date.now() - start).toBeLessThan(10_000);
		const errors = errorsOf(result);
		expect(new Set(errors.map((one) => one.split('.')[0]))).toEqual(
			new Set(['Tiny could not be reached after 5 tries']),
		);
		expect(errors).toHaveLength(500);
		expect(errors.filter((one) => one.includes('may have worked'))).toEqual([]);
	});
});
