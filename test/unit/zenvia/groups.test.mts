import { describe, expect, it } from '@jest/globals';
import { run } from './context.mts';

const group = '507f191e810c19729de860ea';
const children = { resource: 'group', operation: 'getChildren' };

describe('the children of a group', () => {
	it.each(['', { __rl: true, mode: 'list', value: '' }])(
		'are asked for of none where it is %j',
		async (groupId) => {
			const { requests, error } = await run({
				parameters: { ...children, groupId },
				server: () => ({ body: [] }),
			});
			expect(error?.message).toBe("'Group' is empty. Enter a value.");
			expect(requests).toEqual([]);
		},
	);

	it('are those that name it as their parent, and those that name none, without itself', async () => {
		const body = [
			{ id: 'a', parent: group },
			{ id: 'b', parent: 'another' },
			{ id: 'c' },
			{ id: group },
		];
		const { output } = await run({
			parameters: { ...children, groupId: group },
			server: () => ({ body }),
		});
		expect(output.map(({ json }) => json.id)).toEqual(['a', 'c']);
	});
});

it('tells of a possible new owner whether it is a user or a group, whatever types Zenvia gives groups', async () => {
	const { output } = await run({
		parameters: { resource: 'transferTarget', operation: 'getAll' },
		server: () => ({
			body: { agents: [{ id: 'u1', type: 'owner' }], groups: [{ id: 'g1', type: ['branch'] }] },
		}),
	});
	expect(output.map(({ json }) => json)).toEqual([
		{ type: 'user', id: 'u1', vendor_type: 'owner' },
		{ type: 'group', id: 'g1', vendor_type: ['branch'] },
	]);
});
