import { expect, it } from '@jest/globals';
import type { IExecuteFunctions } from 'n8n-workflow';
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
