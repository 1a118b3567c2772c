import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { Binaries } from './binaries.mts';
import { logger } from './container.mts';
import { hurry, run as runNode } from './engine.mts';
import { answer, closeServers, type Handler, serve, sleep } from './server.mts';
import { tiny } from './tiny.mts';
import { Progress } from '../../nodes/engine/operation/progress.ts';

const lines: string[] = [];
let slow: () => void;

beforeEach(() => {
	lines.length = 0;
	jest.spyOn(logger, 'info').mockImplementation((line) => void lines.push(line));
	Binaries.inMemory();
	slow = hurry();
});
afterEach(async () => {
	slow();
	await closeServers();
});

/** Three pages of two records each; each page takes so many seconds. */
const list =
	(seconds: number): Handler =>
	async ({ query }) => {
		await sleep(seconds * 1000);
		const page = Number(query.get('page'));
		const made = (hour: number) => `2025-01-0${page}T0${hour}:00:00Z`;
		return { things: [{ made: made(1) }, { made: made(2) }], ...(page < 3 && { next: page + 1 }) };
	};

async function read(handle: Handler, parameters: IDataObject = {}, items: IDataObject[] = [{}]) {
	const server = await serve(handle);
	const { hints, error } = await runNode(tiny, {
		onError: 'continueRegularOutput',
		credential: { key: 'secret-of-tiny', baseUrl: server.url, perSecond: 0 },
		items,
		parameters: {
			resource: 'thing',
			operation: 'getAll',
			name: 'any',
			returnAll: true,
			...parameters,
		} as never,
	});
	expect(error).toBeUndefined();
	return hints.map(({ message }) => message);
}

describe('a long run', () => {
	it('tells in the log how far it has come, and at its end what it did', async () => {
		const hints = await read(list(35));
		expect(lines).toEqual([
			expect.stringMatching(
				/^"Node" has run for \d+ s: 4 records read, 0 refusals for too many requests, the last of 2025-01-02T02:00:00\.000Z$/,
			),
			expect.stringMatching(/: 6 records read, 0 refusals/),
		]);
		expect(hints).toEqual([
			expect.stringMatching(
				/^It took 1\d\d s: 6 records read, 0 refusals for too many requests\.$/,
			),
		]);
	});

	it('says nothing where it is short', async () => {
		expect(await read(list(1))).toEqual([]);
		expect(lines).toEqual([]);
	});

	it('tells of a file from the beginning', async () => {
		await read(list(12), { returnAs: 'file' });
		expect(lines[0]).toMatch(/has run for 1\d s: 2 records read/);
	});

	it('of many items tells how many are done and how many failed, refusals, and how long it takes yet', async () => {
		let refusals = 0;
		let isTold = false;
		const handle: Handler = async (received, response, request) => {
			if (refusals < 2 && ++refusals)
				return answer(429, {}, { 'retry-after': '1' })(received, response, request);
			if (!isTold) {
				isTold = true;
				return answer(422, { message: 'no' })(received, response, request);
			}
			await sleep(20_000);
			return { thing: { name: 'a' } };
		};
		const items = Array.from({ length: 40 }, (_, n) => ({ n }));
		const hints = await read(handle, { operation: 'create', simplify: false }, items);
		expect(lines[0]).toMatch(
			/^"Node" has run for \d+ s: \d+ of 40 items done, 1 failed, 2 refusals for too many requests, \d+ s of waiting for the vendor, about \d+ s to go$/,
		);
		expect(hints).toEqual([
			expect.stringMatching(
				/^It took \d+ s: 39 of 40 items done, 1 failed, 2 refusals for too many requests, \d+ s of waiting for the vendor\.$/,
			),
		]);
	});
});

describe('a short run', () => {
	// By the real clock: by the other one, a busy machine makes it a long one.
	beforeEach(() => slow());

	const run = async (items: IDataObject[], handle: Handler) =>
		await read(handle, { operation: 'create', name: '={{ $json.name }}' }, items);

	it('says nothing where all of it went well', async () => {
		expect(await run([{ name: 'a' }, { name: 'b' }], () => ({ thing: { id: 1 } }))).toEqual([]);
	});

	it('says how many items failed, and how often it came too soon', async () => {
		let refusals = 0;
		const handle: Handler = async (received, response, request) => {
			if (refusals++ === 0)
				return answer(429, {}, { 'retry-after': '1' })(received, response, request);
			return { thing: { id: 1 } };
		};
		expect(await run([{ name: 'a' }, { name: '' }], handle)).toEqual([
			expect.stringMatching(
				/^It took \d+ s: 1 of 2 items done, 1 failed, 1 refusal for too many requests, \d+ s of waiting for the vendor\.$/,
			),
		]);
		expect(lines).toEqual([]);
	});

	it('counts those apart that failed and that were skipped', async () => {
		const handle: Handler = ({ body }) => {
			const { name } = body as { name: string };
			return { thing: { id: 1, ...(name === 'b' && { skipped: true }) } };
		};
		expect(await run([{ name: 'a' }, { name: 'b' }, { name: '' }, { name: 'c' }], handle)).toEqual([
			expect.stringMatching(/^It took \d+ s: 2 of 4 items done, 1 failed, 1 skipped, 0 refusals/),
		]);
		expect(await run([{ name: '' }], handle)).toEqual([
			expect.stringMatching(/^It took \d+ s: 0 of 1 item done, 1 failed, 0 refusals/),
		]);
	});

	it('counts an item once that was done and then failed by what came behind it', () => {
		const hints: string[] = [];
		const addExecutionHints = ({ message }: { message: string }) => hints.push(message);
		const progress = new Progress({ addExecutionHints } as never, 2);
		progress.item(0, 'done');
		progress.item(1, 'done');
		progress.item(0, 'failed');
		progress.summarize();
		expect(hints).toEqual([
			'It took 0 s: 1 of 2 items done, 1 failed, 0 refusals for too many requests.',
		]);
	});
});
