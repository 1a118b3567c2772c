import { expect, it, jest } from '@jest/globals';
import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { get } from '../../nodes/engine/http/request.ts';
import { listSearch } from '../../nodes/engine/operation/listSearch.ts';
import { many } from '../../nodes/engine/operation/operation.ts';
import { saleswhale } from '../../nodes/Saleswhale/vendor.ts';

/** A dropdown of a hundred pages, with what becomes of each. */
function dropdown(pages: (page: number) => Promise<unknown>, apiKey = 'a-key-of-tests') {
	const asked: number[] = [];
	const context = {
		getCredentials: async () => ({ apiKey, baseUrl: 'https://vendor.example' }),
		getCredentialsProperties: () => [],
		getNode: () => ({ name: 'Node' }),
		helpers: {
			httpRequestWithAuthentication: async (_: string, { qs }: { qs: { page: string } }) => {
				asked.push(Number(qs.page));
				return await pages(Number(qs.page));
			},
		},
	} as unknown as ILoadOptionsFunctions;
	const search = listSearch(saleswhale, {
		request: (page = '1') => ({ ...get`/things`, query: { page } }),
		records: many('things').records,
		next: (body) => String(Number((body as { page: number }).page) + 1),
		entry: ({ name }) => ({ name: String(name), value: String(name) }),
	});
	return {
		asked,
		find: async (text: string, from?: string) => await search.call(context, text, from),
	};
}

const page = (n: number) => ({
	...{ statusCode: 200, headers: {} },
	body: { page: n, things: [{ name: `thing ${n}` }] },
});

it('A search shows what it has where a later page does not come, and goes on with that page', async () => {
	let isDown = true;
	const { asked, find } = dropdown(async (n) =>
		n === 3 && isDown ? { statusCode: 403, headers: {}, body: {} } : page(n),
	);
	const { results, paginationToken } = await find('thing');
	expect(results.map(({ name }) => name)).toEqual(['thing 1', 'thing 2']);
	expect(paginationToken).toBe('3');
	await expect(find('thing', '3')).rejects.toThrow('Saleswhale');
	isDown = false;
	expect((await find('thing', '3')).results[0]?.name).toBe('thing 3');
	expect(asked.slice(0, 4)).toEqual([1, 2, 3, 3]);
});

it('A search says that no answer came, whichever of its times ends first', async () => {
	const { timeout } = AbortSignal;
	// On a busy machine the search began so long before its request that its own time ends first.
	const spy = jest.spyOn(AbortSignal, 'timeout');
	spy.mockImplementation((ms) => timeout.call(AbortSignal, ms === 9_500 ? 20 : ms));
	try {
		const { find } = dropdown(async () => await new Promise(() => {}));
		await expect(find('thing')).rejects.toMatchObject({
			message: expect.stringContaining(
				'Saleswhale gave no answer within 1 second. Check the address',
			),
		});
	} finally {
		spy.mockRestore();
	}
});

it.each([
	[429, 'Saleswhale takes no more requests for this key at the moment', 'in 30 seconds'],
	[503, 'Saleswhale answered with status 503', 'It asks for a wait of 30 seconds.'],
])(
	'A search ends at once where the vendor asks for more time than a person waits: %i',
	async (statusCode, message, wait) => {
		const headers = { 'retry-after': '30' };
		const { find, asked } = dropdown(
			async () => ({ statusCode, headers, body: {} }),
			`key ${statusCode}`,
		);
		const start = Date.now();
		// n8n may ask again at once.
		for (let n = 0; n < 2; n++)
			await expect(find('thing')).rejects.toMatchObject({
				message: expect.stringMatching(new RegExp(`^${message}.*${wait}`)),
			});
		expect(Date.now() - start).toBeLessThan(2_000);
		expect(asked.length).toBeLessThanOrEqual(2);
	},
);
