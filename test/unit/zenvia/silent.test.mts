import { describe, expect, it } from '@jest/globals';
import { run } from './context.mts';

describe('an answer without a body', () => {
	it.each([
		['agent', { agentId: '507f191e810c19729de860ea' }],
		['group', { groupId: '507f191e810c19729de860ea' }],
	])('is none that was lost, where the vendor names none: %s', async (resource, parameters) => {
		const { output, error, requests } = await run({
			parameters: { resource, operation: 'isWorking', ...parameters },
			server: () => ({ status: 200, body: '' }),
		});
		expect(error).toBeUndefined();
		expect(requests).toHaveLength(1);
		expect(output).toHaveLength(1);
	});
});
