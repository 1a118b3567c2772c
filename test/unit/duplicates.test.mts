import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type IWebhookFunctions, sleep } from 'n8n-workflow';
import { isRepeat } from '../../nodes/engine/webhook/duplicates.ts';

const contextOf = (memory: object, id: string) => {
	const response = Object.assign(new EventEmitter(), {
		statusCode: 200,
		writableEnded: false,
		closed: false,
	});
	return {
		getWorkflowStaticData: () => memory,
		getWorkflow: () => ({ id }),
		getNode: () => ({ id: 'node' }),
		getMode: () => 'webhook',
		getResponseObject: () => response,
	} as unknown as IWebhookFunctions;
};

/** n8n has answered, and the connection's turn is over. */
const answer = (context: IWebhookFunctions, statusCode: number) =>
	Object.assign(context.getResponseObject(), {
		statusCode,
		writableEnded: true,
		closed: true,
	}).emit('close');

/** The caller is gone, and n8n has not answered yet. */
const hangUp = (context: IWebhookFunctions) =>
	Object.assign(context.getResponseObject(), { closed: true }).emit('close');

/** A trigger's memory, and how often it was written. */
class Memory {
	readonly written: string[] = [];
	get deliveries() {
		return this.written.at(-1);
	}
	set deliveries(text: string | undefined) {
		this.written.push(text ?? '');
	}
}

describe('A delivery', () => {
	it('is recognised when it comes again: at once, and after a restart', async () => {
		const memory = {};
		const first = contextOf({}, 'at once');
		const all = [first, contextOf({}, 'at once')].map(async (one) => await isRepeat(one, 'x'));
		answer(first, 200);
		expect(await Promise.all(all)).toEqual([false, true]);
		expect(await isRepeat(contextOf({}, 'at once'), 'x')).toBe(true);
		expect(await isRepeat(contextOf(memory, 'before'), 'x')).toBe(false);
		expect(await isRepeat(contextOf(memory, 'after'), 'x')).toBe(true);
		expect(await isRepeat(contextOf({}, 'another'), 'x')).toBe(false);
	});

	it('is no repeat where n8n could not take the first', async () => {
		const [first, second] = [contextOf({}, 'busy'), contextOf({}, 'busy')];
		const isFirst = isRepeat(first, 'x');
		const isSecond = isRepeat(second, 'x');
		answer(first, 500);
		expect([await isFirst, await isSecond]).toEqual([false, false]);
		answer(second, 200);
		expect(await isRepeat(contextOf({}, 'busy'), 'x')).toBe(true);
	});

	describe('whose caller hangs up', () => {
		beforeEach(
			() => void jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] }),
		);
		afterEach(() => void jest.useRealTimers());
		const pass = async (ms: number) => await jest.advanceTimersByTimeAsync(ms);

		it.each([
			['before n8n looks at it', true, 200, true],
			['before n8n looks at it', true, 500, false],
			['before n8n answers', false, 200, true],
			['before n8n answers', false, 500, false],
		])(
			'%s (%p) is a repeat later by what n8n did with it: %p',
			async (_, isEarly, status, expected) => {
				const trigger = `gone ${isEarly} ${status}`;
				const first = contextOf({}, trigger);
				if (isEarly) hangUp(first);
				expect(await isRepeat(first, 'x')).toBe(false);
				if (!isEarly) hangUp(first);
				const second = isRepeat(contextOf({}, trigger), 'x');
				await pass(5000);
				Object.assign(first.getResponseObject(), { statusCode: status, writableEnded: true });
				await pass(1500);
				expect(await second).toBe(expected);
			},
		);

		it('is none where n8n never answers it, and holds up nobody for longer than a minute', async () => {
			const first = contextOf({}, 'never');
			hangUp(first);
			expect(await isRepeat(first, 'x')).toBe(false);
			const second = isRepeat(contextOf({}, 'never'), 'x');
			await pass(62_000);
			expect(await second).toBe(false);
		});
	});

	describe('is remembered with the workflow', () => {
		beforeEach(
			() => void jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] }),
		);
		afterEach(() => void jest.useRealTimers());
		const pass = async (ms: number) => await jest.advanceTimersByTimeAsync(ms);
		const names = (count: number) => Array.from({ length: count }, (_, n) => `d${n}`);

		/** What a trigger remembers of deliveries that come at some distance in milliseconds, when all have their answer. */
		async function remembered(trigger: string, ids: string[], apart: number): Promise<Memory> {
			const memory = new Memory();
			const all = ids.map(async (id, n) => {
				await sleep(n * apart);
				const context = contextOf(memory, trigger);
				expect(await isRepeat(context, id)).toBe(false);
				answer(context, 200);
			});
			for (let n = 0; n <= ids.length; n++) await pass(apart);
			await pass(2000);
			await Promise.all(all);
			return memory;
		}

		it('in bounded space, the newest first', async () => {
			const memory = await remembered('bounded', names(2000), 1000);
			expect(memory.deliveries?.split('\n')).toHaveLength(500);
			expect(await isRepeat(contextOf(memory, 'bounded'), 'd1999')).toBe(true);
			expect(await isRepeat(contextOf(memory, 'bounded'), 'd0')).toBe(false);
			expect(await isRepeat(contextOf(memory, 'restarted'), 'd199')).toBe(false);
		});

		it('to the last of many that come at once, by few that write for all', async () => {
			const memory = await remembered('burst', names(200), 10);
			expect(memory.written).toHaveLength(3);
			expect(memory.deliveries?.split('\n').sort()).toEqual(names(200).sort());
		});

		it('only where n8n took it, also what was under way when the rest was written', async () => {
			const memory = new Memory();
			const [first, writer, failed, slow] = names(4).map((id) => {
				const context = contextOf(memory, 'slow');
				return { context, repeat: isRepeat(context, id) };
			});
			await Promise.all([first, failed, slow].map(async (one) => await one?.repeat));
			answer(first!.context, 200);
			answer(failed!.context, 500);
			await pass(1100);
			expect(memory.deliveries).toBe('d0');
			answer(slow!.context, 200);
			await pass(1);
			expect(await writer!.repeat).toBe(false);
			expect(memory.deliveries?.split('\n').sort()).toEqual(['d0', 'd1', 'd3']);
		});

		it('without waiting for one that has no answer for long', async () => {
			const memory = new Memory();
			const [first, writer, endless] = names(3).map((id) =>
				isRepeat(contextOf(memory, 'endless'), id),
			);
			await Promise.all([first, endless]);
			await pass(2100);
			expect(await writer).toBe(false);
			expect(memory.written).toHaveLength(2);
		});
	});
});
