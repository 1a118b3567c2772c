import { describe, expect, it } from '@jest/globals';
import { activate, deactivate, nextPage } from '../../dev/n8n/differences.mts';
import { type Rest, RestError } from '../../dev/n8n/rest.mts';
import type { SavedWorkflow } from '../../dev/n8n/workflow.mts';

const workflow = { id: 'one', versionId: 'v1' } as SavedWorkflow;

const missing = async (): Promise<never> => await Promise.reject(new RestError('Not there', 404));

/** An n8n that tells these states of a publication, one at each reading, and the last for ever. */
const telling = (...states: string[]) => {
	let reading = 0;
	const get = async () => ({
		status: states[Math.min(reading++, states.length - 1)],
		triggers: [],
	});
	return { rest: { get, post: async () => ({}) } as unknown as Rest, readings: () => reading };
};

describe('waiting until n8n 2.x has published', () => {
	it('does not believe one reading between the end of publishing and its result', async () => {
		const { rest, readings } = telling('in_progress', 'not_published', 'published');
		await activate(rest, workflow);
		expect(readings()).toBe(3);
	});

	it('says so where nothing was published', async () => {
		const { rest } = telling('in_progress', 'not_published');
		await expect(activate(rest, workflow)).rejects.toThrow(
			'n8n did not publish the workflow (not_published)',
		);
	});
});

describe('An n8n without these calls', () => {
	it('is told in the workflow that it is active, or is not', async () => {
		const told: unknown[] = [];
		const patch = async (path: string, body: object) => told.push([path, body]);
		const rest = { get: missing, post: missing, patch } as unknown as Rest;
		await activate(rest, workflow);
		await deactivate(rest, 'one');
		expect(told).toEqual([
			['/workflows/one', { versionId: 'v1', active: true }],
			['/workflows/one', { active: false }],
		]);
	});

	it('that refuses for another reason is believed', async () => {
		const post = async () => await Promise.reject(new RestError('No trigger', 400));
		const rest = { get: missing, post } as unknown as Rest;
		await expect(activate(rest, workflow)).rejects.toThrow('No trigger');
	});
});

describe('The page of executions after this one', () => {
	const results = [{ id: '7' }, { id: '3' }] as never;
	it.each([
		['is asked for by a cursor', { results, nextCursor: 'abc' }, { cursor: 'abc' }],
		['is none behind the last cursor', { results, nextCursor: null }, undefined],
		['is asked for by the last id, where there are no cursors', { results }, { lastId: '3' }],
		['is none behind an empty one', { results: [] }, undefined],
	])('%s', (_, page, asked) => expect(nextPage(page)).toEqual(asked));
});
