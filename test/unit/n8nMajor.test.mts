import { describe, expect, it } from '@jest/globals';
import { majorOf } from '../../dev/n8n/n8nMajor.mts';
import type { Rest } from '../../dev/n8n/rest.mts';

/** An n8n that tells these states of a publication, one at each reading, and the last for ever. */
const telling = (...states: string[]) => {
	let reading = 0;
	const get = async () => ({
		status: states[Math.min(reading++, states.length - 1)],
		triggers: [],
	});
	return { rest: { get } as unknown as Rest, readings: () => reading };
};

describe('waiting until n8n 2.x has published', () => {
	const { untilPublished } = majorOf('2.41.1');

	it('does not believe one reading between the end of publishing and its result', async () => {
		const { rest, readings } = telling('in_progress', 'not_published', 'published');
		await untilPublished(rest, 'one');
		expect(readings()).toBe(3);
	});

	it('says so where nothing was published', async () => {
		const { rest } = telling('in_progress', 'not_published');
		await expect(untilPublished(rest, 'one')).rejects.toThrow(
			'n8n did not publish the workflow (not_published)',
		);
	});
});
