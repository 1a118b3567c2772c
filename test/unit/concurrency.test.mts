import { describe, expect, it } from '@jest/globals';
import { SimulatedClock } from '../../dev/scale/clock.mts';
import { type Kind, kinds } from '../../dev/scale/limits.mts';
import { generator } from '../../dev/scale/simulation.mts';
import type { Limit } from '../../nodes/engine/rateLimit/adaptiveRate.ts';
import { Concurrency, mostAtOnce } from '../../nodes/engine/rateLimit/concurrency.ts';
import { RateLimiter } from '../../nodes/engine/rateLimit/rateLimiter.ts';
import { forEachBounded } from '../../nodes/engine/util/forEachBounded.ts';

/** TCP, TLS and the request, and the answer, at 100 ms each way. */
const there = 500;
const back = 100;

interface Vendor {
	/** What it takes; everything, if not said. */
	kind?: Kind;
	perSecond?: number;
	/** How long it takes over a request that comes at this moment, in milliseconds. Default: no time. */
	worksMs?(now: number): number;
}

/** How late a timer is that is due while n8n collects garbage, as it was measured. Milliseconds. */
const standsStill = (at: number): number => Math.max(0, 80 - (at % 1400));

interface Sent {
	/** When requests were taken, in milliseconds from the first. */
	taken: number[];
	refused: number;
	/** How many were under way at each of these moments. */
	underWay: number[];
}

/** Sends items as a node does, on a simulated clock. */
async function send(
	items: number,
	{ kind, perSecond = 0, worksMs = () => 0 }: Vendor,
	limit?: Limit,
	seed = 1,
	/** How late a timer is that is due at this moment, in milliseconds. */
	late: (at: number) => number = () => 0,
): Promise<Sent> {
	const clock = new SimulatedClock();
	const wait = async (ms: number) => await clock.wait(ms + late(clock.now() + ms));
	const random = generator(seed);
	const allows = kind && kinds[kind]({ requests: perSecond, perMs: 1000 });
	const limiter = new RateLimiter(limit, clock.now, wait, random);
	// No window of the vendor's begins with the run.
	const begun = random() * 1000;
	const moments: number[] = [];
	const sent: Sent = { taken: [], refused: 0, underWay: [] };
	let underWay = 0;
	const work = async () => {
		for (let isTaken = false; !isTaken;) {
			const start = await limiter.acquire();
			underWay++;
			await clock.wait(there - 5 * Math.log(1 - random()));
			const now = clock.now();
			isTaken = allows?.take(begun + now) ?? true;
			if (isTaken) {
				moments.push(now);
				sent.underWay.push(underWay);
				await clock.wait(worksMs(now));
			} else sent.refused++;
			await clock.wait(back);
			underWay--;
			limiter.release(start);
			if (isTaken) limiter.accepted(start);
			else limiter.rateLimited(start);
		}
	};
	void forEachBounded(Array(items).fill(0), () => limiter.width, work);
	await clock.run();
	sent.taken = moments.map((at) => at - (moments[0] ?? 0));
	return sent;
}

/** Requests a second from the first to the last taken. */
const rateOf = ({ taken }: Sent): number => ((taken.length - 1) * 1000) / (taken.at(-1) ?? 0);

/** The mean over several runs: one depends on where the vendor's windows fall. */
async function mean(of: (seed: number) => Promise<number>): Promise<number> {
	const all = await Promise.all(Array.from({ length: 10 }, async (_, n) => await of(n + 1)));
	return all.reduce((sum, one) => sum + one) / all.length;
}

describe('at 100 ms each way, 500 requests', () => {
	it.each(
		(Object.keys(kinds) as Kind[]).flatMap((kind) =>
			[20, 50, 100].map((perSecond) => ({ kind, perSecond })),
		),
	)('use a known limit of $perSecond a second: $kind', async ({ kind, perSecond }) => {
		const limit = { requests: perSecond, perMs: 1000 };
		const sent = await send(500, { kind, perSecond }, limit);
		expect(rateOf(sent)).toBeGreaterThan(0.95 * perSecond);
		expect(sent.refused).toBeLessThan(0.01 * 500);
		expect(Math.max(...sent.underWay)).toBeLessThanOrEqual(mostAtOnce);
	});

	it.each(Object.keys(kinds) as Kind[])(
		'use a known limit though n8n stands still for 80 ms every 1.4 s: %s',
		async (kind) => {
			const limit = { requests: 100, perMs: 1000 };
			const sent = await send(500, { kind, perSecond: 100 }, limit, 1, standsStill);
			// Where no second may hold more than 100, whenever it begins, what 80 ms cost cannot be had back.
			const most = kind === 'sliding window' ? 0.93 : 0.955;
			expect(rateOf(sent)).toBeGreaterThan(most * 100);
			expect(sent.refused).toBeLessThan(0.02 * 500);
		},
	);

	it.each(Object.keys(kinds) as Kind[])(
		'lose little of a slow limit though n8n stands still for 80 ms every 1.4 s: %s',
		async (kind) => {
			const limit = { requests: 5, perMs: 1000 };
			const rate = await mean(async (seed) =>
				rateOf(await send(300, { kind, perSecond: 5 }, limit, seed, standsStill)),
			);
			expect(rate).toBeGreaterThan(5 / 1.045);
		},
	);

	it('use all 64 places where that many are too few for the limit', async () => {
		const limit = { requests: 100, perMs: 1000 };
		const vendor: Vendor = { kind: 'fixed window', perSecond: 100, worksMs: () => 90 };
		const sent = await send(500, vendor, limit);
		// A request takes these 690 ms and 5 on average before it arrives.
		expect(rateOf(sent)).toBeGreaterThan((0.985 * mostAtOnce * 1000) / (there + 5 + 90 + back));
		expect(Math.max(...sent.underWay)).toBe(mostAtOnce);
	});

	it('are four times as fast as ten at once where nothing limits them, and never more than 64 at once', async () => {
		const sent = await send(500, {});
		expect(rateOf(sent)).toBeGreaterThan((4 * 10 * 1000) / (there + back));
		expect(Math.max(...sent.underWay)).toBe(mostAtOnce);
	});
});

it.each(Object.keys(kinds) as Kind[])(
	'finds a limit of 50 a second that nobody tells: %s',
	async (kind) => {
		const vendor = { kind, perSecond: 50 };
		const refused = async (seed: number) => (await send(1500, vendor, undefined, seed)).refused;
		expect((await mean(refused)) / 1500).toBeLessThan(0.05);
		const late = async (seed: number) => {
			const { taken } = await send(1500, vendor, undefined, seed);
			const end = taken.at(-1) ?? 0;
			return (1000 * taken.filter((at) => at >= 10_000).length) / (end - 10_000);
		};
		expect(await mean(late)).toBeGreaterThan(0.9 * 50);
	},
);

describe('where the vendor slows down to ten times as long', () => {
	const slow = (now: number) => (now > 8_000 ? 6_000 : 0);

	it.each([
		['no limit is known', undefined],
		['a limit is known', { requests: 50, perMs: 1000 }],
	])('few are under way again, and more when it is quick again: %s', async (_, limit) => {
		const worksMs = (now: number) => (now > 8_000 && now < 40_000 ? 6_000 : 0);
		const { taken, underWay } = await send(2500, { worksMs }, limit);
		const within = (from: number, to: number) =>
			underWay.filter((_, n) => (taken[n] ?? 0) >= from && (taken[n] ?? 0) < to);
		expect(Math.max(...within(5_000, 8_000))).toBeGreaterThan(25);
		expect(Math.max(...within(25_000, 39_000))).toBeLessThanOrEqual(10);
		expect(Math.max(...within(60_000, 90_000))).toBeGreaterThan(25);
	});

	it('hardly more are begun than before, though the rate would want them', async () => {
		const { underWay } = await send(600, { worksMs: slow }, { requests: 20, perMs: 1000 });
		expect(Math.max(...underWay)).toBeLessThan(40);
	});
});

describe('how many are worth working on', () => {
	const answer = (concurrency: Concurrency, start: number, now: number) => {
		concurrency.end(start);
		concurrency.accepted(start, now);
	};

	it('is what the rate sends while one is under way, and a few', () => {
		const concurrency = new Concurrency();
		for (let at = 0; at < 20_000; at += 200) {
			concurrency.begin(at);
			answer(concurrency, at, at + 300);
		}
		expect(concurrency.width(5 / 1000)).toBe(4);
		expect(concurrency.width(20 / 1000)).toBe(10);
		expect(concurrency.width(1)).toBe(mostAtOnce + 3);
	});

	it('does not count what others have long overtaken', () => {
		const concurrency = new Concurrency();
		for (let n = 0; n < 5; n++) concurrency.begin(n);
		for (let at = 1000; at < 9_000; at += 200) {
			concurrency.begin(at);
			answer(concurrency, at, at + 300);
		}
		expect(concurrency.width(5 / 1000)).toBe(4 + 5);
	});

	it('does not grow while fewer are sent than could be', () => {
		const concurrency = new Concurrency(10);
		for (let at = 0; at < 100_000; at += 100) {
			concurrency.begin(at);
			answer(concurrency, at, at + 50);
		}
		expect(concurrency.width(Infinity)).toBe(10);
	});
});

it('lets no more than 64 requests of a key be under way, however many runs use it', async () => {
	const clock = new SimulatedClock();
	const limiter = new RateLimiter(undefined, clock.now, clock.wait);
	const begun: number[] = [];
	for (let n = 0; n < 100; n++) void limiter.acquire().then((at) => begun.push(at));
	await clock.run(1000);
	expect(begun).toHaveLength(mostAtOnce);
	expect(limiter.room).toBeLessThan(0);
	for (const at of begun.slice(0, 10)) limiter.release(at);
	await clock.run(2000);
	expect(begun).toHaveLength(mostAtOnce + 10);
});
