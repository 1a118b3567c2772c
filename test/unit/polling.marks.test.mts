import { expect, it, jest } from '@jest/globals';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { Marks } from '../../nodes/engine/polling/marks.ts';
import type { Mark } from '../../nodes/engine/polling/newcomers.ts';

const memory: object = {};
const step = {} as Mark;

/** An execution of one node of one workflow, whose memory all share. */
const execution = (id: string) =>
	({
		getNode: () => ({ id: 'node' }),
		getWorkflow: () => ({ id: 'workflow' }),
		getExecutionId: () => id,
		getExecutionCancelSignal: () => undefined,
		getWorkflowStaticData: () => memory,
		getExecutionDataById: async () => undefined,
	}) as unknown as IExecuteFunctions;

it('A mark that another execution took between two tries is not written over', async () => {
	const [first, second] = [new Marks(), new Marks()];
	await first.open(execution('1'), 'list', false);
	first.step(execution('1'), 'list', step, 1);
	// The first try has ended; the second one finds what it got, and asks no more.
	first.close();
	await second.open(execution('2'), 'list', false);
	second.step(execution('2'), 'list', step, 1);
	second.write(execution('2'));
	second.close();
	const written = JSON.stringify(memory);
	expect(() => first.write(execution('1'))).toThrow('Another execution has read the new records');
	expect(JSON.stringify(memory)).toBe(written);
});

it('A mark is not taken where n8n cannot tell how the execution ended that set it', async () => {
	const onOldN8n = { ...execution('3'), getExecutionDataById: undefined };
	const opened = new Marks().open(onOldN8n as unknown as IExecuteFunctions, 'list', false);
	await expect(opened).rejects.toThrow('This n8n does not tell how an earlier execution ended');
});

it('A mark that another worker moved is not put back by an execution that was canceled before', async () => {
	let another: { Marks: typeof Marks } | undefined;
	await jest.isolateModulesAsync(async () => {
		another = await import('../../nodes/engine/polling/marks.ts');
	});
	/** What n8n stored, as text: a canceled execution adds nothing to it. */
	let kept = '{}';
	async function runOn(
		worker: { Marks: typeof Marks },
		id: string,
		until: number,
		isCanceled = false,
	) {
		const own = JSON.parse(kept) as IDataObject;
		const cancel = new AbortController();
		const context = {
			...execution(id),
			getWorkflow: () => ({ id: 'on two workers' }),
			getExecutionCancelSignal: () => cancel.signal,
			getWorkflowStaticData: () => own,
		} as unknown as IExecuteFunctions;
		const marks = new worker.Marks();
		const { mark, failedId } = await marks.open(context, 'list', false);
		marks.step(context, 'list', { until, floor: 0, seen: '', known: '' }, 1);
		marks.write(context);
		marks.close();
		if (isCanceled) cancel.abort();
		else kept = JSON.stringify(own);
		return { from: mark?.until, failedId };
	}
	const [one, two] = [{ Marks }, another as unknown as { Marks: typeof Marks }];
	await runOn(one, '11', 1);
	expect(await runOn(one, '12', 2, true)).toEqual({ from: 1 });
	expect(await runOn(one, '13', 3, true)).toEqual({ from: 1, failedId: '12' });
	expect(await runOn(two, '14', 4)).toEqual({ from: 1 });
	expect(await runOn(one, '15', 5)).toEqual({ from: 4 });
	expect(await runOn(two, '16', 6)).toEqual({ from: 5 });
});
