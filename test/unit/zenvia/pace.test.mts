import { describe, expect, it } from '@jest/globals';
import { zenviaSales } from '../../../nodes/ZenviaSales/vendor.ts';
import { RateLimiter } from '../../../nodes/engine/rateLimit/rateLimiter.ts';

/** A clock that stands still until everybody waits, so that half an hour takes a moment. */
class Clock {
	now = Date.UTC(2026, 0, 1, 12, 0, 0, 137);
	private readonly sleepers: Array<{ at: number; wake: () => void }> = [];

	readonly sleep = async (ms: number): Promise<void> =>
		await new Promise((wake) => this.sleepers.push({ at: this.now + Math.max(0, ms), wake }));

	/** Lets time pass until `work` is done. */
	async until(work: Promise<unknown>): Promise<void> {
		let isDone = false;
		const ended = work.finally(() => (isDone = true));
		while (!isDone) {
			// Everything that can go on without time passing does.
			await new Promise((resolve) => setImmediate(resolve));
			this.sleepers.sort((a, b) => a.at - b.at);
			const next = this.sleepers.shift();
			if (!next) continue;
			this.now = Math.max(this.now, next.at);
			next.wake();
		}
		await ended;
	}
}

/** SEED, Rate Limits: so many in 60 seconds, the count begins anew with the first request after them. */
class Vendor {
	readonly limit = 60;
	refused = 0;
	accepted = 0;
	private since = -Infinity;
	private used = 0;

	constructor(
		private readonly clock: Clock,
		/** Whether accepted answers carry the headers; SEED promises them for refusals only. */
		private readonly isTelling: boolean,
	) {}

	ask(): { status: number; headers: Record<string, string> } {
		const { now } = this.clock;
		if (now - this.since >= 60_000) {
			this.since = now;
			this.used = 0;
		}
		const isAccepted = this.used < this.limit;
		if (isAccepted) this.used++;
		this[isAccepted ? 'accepted' : 'refused']++;
		const headers = {
			'x-ratelimit-limit': String(this.limit),
			'x-ratelimit-remaining': String(this.limit - this.used),
			// In whole seconds, as such headers are.
			'x-ratelimit-reset': String(Math.ceil((this.since + 60_000) / 1000)),
			date: new Date(now).toUTCString(),
		};
		return {
			status: isAccepted ? 200 : 429,
			headers: isAccepted && !this.isTelling ? {} : headers,
		};
	}
}

async function read(count: number, isTelling: boolean, latencyMs: () => number, workers = 10) {
	const clock = new Clock();
	const realNow = Date.now;
	Date.now = () => clock.now;
	try {
		const vendor = new Vendor(clock, isTelling);
		const limiter = new RateLimiter(undefined, () => clock.now, clock.sleep);
		const start = clock.now;
		let left = count;
		const worker = async () => {
			while (left > 0) {
				left--;
				for (let status = 429; status === 429;) {
					const began = await limiter.acquire();
					await clock.sleep(latencyMs());
					const answer = vendor.ask();
					await clock.sleep(latencyMs());
					limiter.release(began);
					status = answer.status;
					const quota = zenviaSales.quota?.(answer.headers);
					if (status === 429) limiter.rateLimited(began, quota?.resetMs, quota);
					else limiter.accepted(began, quota);
				}
			}
		};
		await clock.until(Promise.all(Array.from({ length: workers }, worker)));
		const windows = Math.ceil(count / vendor.limit);
		// The last window may be left as soon as its share is done.
		const leastMs = (windows - 1) * 60_000;
		return {
			...vendor,
			share: leastMs / (clock.now - start),
			refusedShare: vendor.refused / count,
		};
	} finally {
		Date.now = realNow;
	}
}

describe('2,000 reads under 60 a minute', () => {
	it.each([
		['when each answer tells what is left', true, () => 40],
		['when answers come in any order', true, () => 5 + Math.random() * 400],
		['when only refusals tell', false, () => 40],
	])('use at least 0.95 of it with less than 1 %% refused, %s', async (_, isTelling, latency) => {
		const { accepted, refusedShare, share } = await read(2000, isTelling, latency);
		expect(accepted).toBe(2000);
		expect(refusedShare).toBeLessThan(0.01);
		expect(share).toBeGreaterThanOrEqual(0.95);
	});
});
