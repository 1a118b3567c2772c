import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { ApiError } from '../../nodes/engine/http/apiError.ts';
import { limiterFor } from '../../nodes/engine/http/limiters.ts';
import { Outage } from '../../nodes/engine/http/outage.ts';
import { Deadlines } from '../../nodes/engine/util/abort.ts';
import { MadeOnce } from '../../nodes/engine/util/madeOnce.ts';
import { steadyNow } from '../../nodes/engine/util/steadyClock.ts';
import { isRepeat } from '../../nodes/engine/webhook/duplicates.ts';
import { saleswhale } from '../../nodes/Saleswhale/vendor.ts';
import { Instances } from '../../nodes/ZenviaSales/app/settings.ts';

const hour = 60 * 60_000;
/** A machine that started with a wrong clock gets the right time. */
const setBack = () => jest.setSystemTime(Date.now() - hour);
const pass = async (ms: number) => await jest.advanceTimersByTimeAsync(ms);

/** What something came to within so many milliseconds; nothing where it goes on. */
async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
	let made: T | undefined;
	void work.then((one) => (made = one));
	await pass(ms);
	return made;
}

describe('Where the clock of n8n is set back by an hour', () => {
	beforeEach(
		() => void jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] }),
	);
	afterEach(() => void jest.useRealTimers());

	it('requests go on at the pace of their key', async () => {
		const limiter = limiterFor(saleswhale, { apiKey: 'key', baseUrl: 'https://example.com' });
		for (let n = 0; n < 3; n++) limiter.release((await within(2000, limiter.acquire())) ?? 0);
		const waiting = limiter.acquire();
		setBack();
		expect(await within(2000, waiting)).toBeDefined();
		expect(await within(2000, limiter.acquire())).toBeDefined();
	});

	it('a vendor that asked for two seconds is not let alone for an hour', async () => {
		const limiter = limiterFor(saleswhale, { apiKey: 'other', baseUrl: 'https://example.com' });
		const start = (await within(2000, limiter.acquire())) ?? 0;
		limiter.rateLimited(start, 2000);
		limiter.release(start);
		setBack();
		expect(limiter.closedForMs).toBe(2000);
		expect(await within(4000, limiter.acquire())).toBeDefined();
	});

	it('no request ends by the time of one from before', async () => {
		const deadlines = new Deadlines();
		const first = deadlines.after(60_000);
		await pass(120_000);
		setBack();
		expect(deadlines.after(60_000)).not.toBe(first);
	});

	it('a host where nobody answered is asked again after three seconds', async () => {
		const outage = Outage.awaited();
		outage.goesOn(new ApiError('Nobody answers'));
		expect(() => outage.check()).toThrow('Nobody answers');
		setBack();
		await pass(3001);
		expect(() => outage.check()).not.toThrow();
	});

	it('what was made before is not taken for what is made now', async () => {
		const once = new MadeOnce(() => false);
		expect(await once.make(['ada'], steadyNow(), async () => 'first')).toBe('first');
		setBack();
		await pass(1000);
		expect(await once.make(['ada'], steadyNow(), async () => 'second')).toBe('second');
	});

	it('a delivery has its answer within seconds', async () => {
		const context = () => {
			const response = Object.assign(new EventEmitter(), { closed: true, writableEnded: true });
			return {
				getWorkflowStaticData: () => ({}),
				getWorkflow: () => ({ id: 'clock' }),
				getNode: () => ({ id: 'node' }),
				getMode: () => 'webhook',
				getResponseObject: () => Object.assign(response, { statusCode: 200 }),
			} as unknown as IWebhookFunctions;
		};
		expect(await within(3000, isRepeat(context(), 'a'))).toBe(false);
		setBack();
		expect(await within(3000, isRepeat(context(), 'b'))).toBe(false);
	});

	it('what a user sets in a Zenvia app counts, though what is kept is of later', () => {
		const id = Instances.idOf('key');
		const later = { settings: { color: 'blue' }, enabled: true, isGone: false };
		const memory: IDataObject = {
			'instances node': { [id]: { ...later, changedAt: Date.now() + 24 * hour } },
		};
		const context = {
			getWorkflowStaticData: () => memory,
			getWorkflow: () => ({ id: 'clock' }),
			getNode: () => ({ id: 'node' }),
			getMode: () => 'webhook',
		} as unknown as IWebhookFunctions;
		const instances = () => new Instances(context, {}, new Set(['color']));
		expect(instances().change('key', { color: 'red' }).settings).toEqual({ color: 'red' });
		expect(instances().get('key').settings).toEqual({ color: 'red' });
	});
});
