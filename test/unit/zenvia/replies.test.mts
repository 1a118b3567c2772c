import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { run } from './context.mts';

const idOf = (n: number) => String(n).padStart(24, '0');
const dayMs = 86_400_000;

/** The nth interaction, an hour after the one before. */
const interaction = (n: number, more: object) => ({
	id: idOf(n),
	createdAt: new Date(Date.UTC(2026, 0, 1, n)).toISOString(),
	...more,
});
const message = (n: number, proactive: boolean) =>
	interaction(n, { proactive, via: 'whatsApp', output: { message: { content: `m${n}` } } });

const history = [
	message(1, false),
	message(2, true),
	interaction(3, { proactive: true, via: 'other', output: { comment: 'A note' } }),
	interaction(4, { proactive: false, via: 'inboundCall', output: {} }),
	message(5, false),
	message(6, false),
];

async function replies(parameters: IDataObject) {
	const { output, requests, error } = await run({
		parameters: {
			resource: 'message',
			operation: 'getReplies',
			prospectId: idOf(99),
			...parameters,
		},
		server: () => ({ body: history }),
	});
	return { ids: output.map(({ json }) => json.id), requests, error };
}

describe('the replies of a prospect', () => {
	it('are the messages that came in, newest first', async () => {
		const { ids, requests } = await replies({});
		expect(ids).toEqual([6, 5, 1].map(idOf));
		expect(requests.map(({ url }) => url)).toEqual([
			`https://sales.zenvia.com/api/v1/prospect/${idOf(99)}/interactions`,
		]);
	});

	it.each([
		[1, [6, 5]],
		[2, [6, 5]],
		[5, [6]],
		[6, []],
	])('since message %i', async (sinceMessage, expected) => {
		const { ids } = await replies({ since: 'message', sinceMessage: idOf(sinceMessage) });
		expect(ids).toEqual(expected.map(idOf));
	});

	it('as many as are asked for, of those that are replies', async () => {
		expect((await replies({ limit: 2 })).ids).toEqual([6, 5].map(idOf));
		const after = { since: 'message', sinceMessage: idOf(1), limit: 2 };
		expect((await replies(after)).ids).toEqual([6, 5].map(idOf));
	});

	it('since a date, of whatever distance', async () => {
		const sinceDate = new Date(Date.now() - 40 * dayMs).toISOString();
		const { requests } = await replies({ since: 'date', sinceDate, returnAll: true });
		expect(requests.length).toBe(2);
		expect(requests.map(({ qs }) => (qs as IDataObject).createdAfter)).toContain(sinceDate);
	});

	it('are not all of them where Since came out empty', async () => {
		const { error, requests } = await run({
			parameters: { resource: 'message', operation: 'getReplies', prospectId: idOf(99) },
			perItem: { since: () => '' },
		});
		expect(String(error)).toContain("'Since' is empty, which would find every reply.");
		expect(requests).toEqual([]);
	});

	it.each([
		[{ since: 'date' }, "'Since Date' is empty"],
		[
			{ since: 'date', sinceDate: '2999-01-31T00:00:00Z' },
			"'Since Date' is 2999-01-31T00:00:00.000Z, which is in the future. Enter an earlier date.",
		],
		[{ since: 'message' }, "'Since Message ID' is empty"],
		[{ since: 'message', sinceMessage: 'm1' }, "'Since Message ID' has 2 characters"],
	])('of %j are refused before anything is asked', async (parameters, sentence) => {
		const { error, requests } = await replies(parameters);
		expect(error?.message).toContain(sentence);
		expect(requests).toEqual([]);
	});
});
