import { beforeEach, describe, expect, it } from '@jest/globals';
import type { VendorName } from '../../dev/kit/vendorKit.mts';
import { chain, manualTrigger } from '../../dev/n8n/workflow.mts';
import type { Vendors } from './vendors.setup.mts';

/** What becomes of dates, numbers, yes and no, and texts as spreadsheets and expressions bring them, in a real n8n. */
export function describeCells(setup: () => Vendors): void {
	const run = async (
		node: VendorName,
		name: string,
		parameters: object,
		items: Array<Record<string, unknown>>,
		typeVersion = 1.1,
	) => {
		const [resource, operation] = name.split('.');
		const result = await setup().tested.runNode({
			node,
			typeVersion,
			parameters: { resource, operation, ...parameters },
			credential: setup().credentials[node],
			items,
		});
		const { requests } = setup().sims[node];
		const [hint] = result.execution.nodes.Node?.at(-1)?.hints ?? [];
		return { ...result, requests, hint: hint?.message };
	};

	const value = (...values: unknown[]) => values.map((one) => ({ value: one, row: 'a' }));
	const column = '={{ $json.value }}';
	const lead = { utmSource: 'google', emails: 'ana@example.com' };

	describe('a cell', () => {
		beforeEach(() => setup().reset());

		it.each([
			[45322.5, '2024-01-31T15:00:00.000Z', 'the day count of a spreadsheet'],
			['45322,5', '2024-01-31T15:00:00.000Z', 'the day count of a spreadsheet'],
			[1706693400, '2024-01-31T09:30:00.000Z', 'seconds since 1970'],
		])('%p is a date, and is said to be', async (raw, iso, from) => {
			const filters = { updatedAfter: column };
			const { error, requests, hint } = await run(
				'saleswhale',
				'campaign.getAll',
				{ filters },
				value(raw),
			);
			expect(error).toBeUndefined();
			expect(requests[0]?.query.updated_at__is_after).toBe(iso);
			expect(hint).toContain(`which was read as ${from}: ${iso}`);
		});

		it.each([20260131, 2026, 'Invalid DateTime', '31/01/2026'])('%p is no date', async (raw) => {
			const filters = { createdAfter: column };
			const { error, requests } = await run(
				'zenviaSales',
				'prospect.getAll',
				{ filters },
				value(raw),
			);
			expect(error?.message).toMatch(/^'Created After' is "/);
			expect(requests).toEqual([]);
		});

		it.each([
			['TRUE', 'true'],
			[' False ', 'false'],
			[1, 'true'],
			['no', 'false'],
			['VERDADEIRO', 'true'],
		])('%j is a flag', async (raw, sent) => {
			const { requests } = await run(
				'zenviaSales',
				'prospect.getAll',
				{ filters: { withAgent: column } },
				value(raw),
			);
			expect(String(requests[0]?.query.withAgent)).toBe(sent);
		});

		it('that is no flag is refused', async () => {
			const { error, requests } = await run(
				'zenviaSales',
				'prospect.getAll',
				{ filters: { withAgent: column } },
				value('maybe'),
			);
			expect(error?.message).toContain(`'With Agent' is "maybe", which is neither yes nor no`);
			expect(requests).toEqual([]);
		});

		it('is refused by name where it stands for no value', async () => {
			const fields = { additionalFields: { comments: column } };
			const { error, requests } = await run(
				'zenviaSales',
				'lead.create',
				{ ...lead, ...fields },
				value('#N/A', 'NaN', '[object Object]', '#¡VALOR!'),
			);
			expect(error?.message).toContain("'Comments' is");
			expect(requests).toEqual([]);
		});

		it('of a moment is ISO text in a text field', async () => {
			const comments = '={{ new Date("2024-01-31T09:30:00Z") }}';
			const { error, requests } = await run(
				'zenviaSales',
				'lead.create',
				{ ...lead, additionalFields: { comments } },
				value(1),
			);
			expect(error).toBeUndefined();
			expect(requests[0]?.body).toMatchObject({ comments: '2024-01-31T09:30:00.000Z' });
		});

		it.each([1, 1.1])(
			'loses invisible characters around an e-mail in version %p',
			async (version) => {
				const parameters = { firstName: 'Ana', email: column };
				const good = await run(
					'saleswhale',
					'lead.create',
					parameters,
					value('\u200bana@example.com\u00ad'),
					version,
				);
				expect(good.requests[0]?.body).toMatchObject({ lead: { email: 'ana@example.com' } });
				const bad = await run(
					'saleswhale',
					'lead.create',
					parameters,
					value('a\u200bna@example.com'),
					version,
				);
				expect(bad.error?.message).toContain('invisible character inside (U+200B)');
				expect(bad.requests).toHaveLength(1);
			},
		);

		it('of a CPF has its zeros back, or is refused', async () => {
			const fields = { additionalFields: { nin: { number: [{ type: 'CPF', number: column }] } } };
			const parameters = { ...lead, ...fields };
			const good = await run('zenviaSales', 'lead.create', parameters, value(1234567890));
			expect(good.requests[0]?.body).toMatchObject({
				nin: [{ type: 'CPF', number: '01234567890' }],
			});
			const bad = await run('zenviaSales', 'lead.create', parameters, value(1234567891));
			expect(bad.error?.message).toContain('its check digits do not fit');
		});

		it('is skipped with its row where that holds nothing, and counted', async () => {
			const rows = [
				{ uuid: 'u-1', name: 'Ana' },
				{ uuid: '', name: '' },
				{ uuid: 'u-3', name: '' },
			];
			const { error, items, requests, hint } = await run(
				'convertalk',
				'lead.upsert',
				{
					uuid: '={{ $json.uuid }}',
					fields: { name: '={{ $json.name }}', email: 'a@example.com' },
				},
				rows,
			);
			expect(error).toBeUndefined();
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
			expect(requests).toHaveLength(2);
			expect(hint).toContain('Rows without any value were skipped (item 1)');
		});

		it('does not end a Loop Over Items where its row holds nothing', async () => {
			const { tested, credentials, sims } = setup();
			const parameters = {
				...{ resource: 'lead', operation: 'upsert', uuid: '={{ $json.uuid }}' },
				fields: { name: '={{ $json.name }}' },
			};
			const options = { node: 'convertalk', typeVersion: 1.1, parameters };
			const one = { type: 'n8n-nodes-base.splitInBatches', parameters: { batchSize: 1 } };
			const loop = { name: 'Loop', typeVersion: 3, ...one };
			const write = tested.node({ ...options, credential: credentials.convertalk }, 'Write');
			const rows = ['u-1', '', 'u-3'].map((uuid) => ({ json: { uuid, name: uuid && 'Ana' } }));
			const workflow = chain('An empty row in a loop', [manualTrigger, loop, write]);
			const back = [{ node: 'Loop', type: 'main', index: 0 }];
			const { nodes } = await tested.n8n.run({
				...workflow,
				connections: {
					Start: { main: [back] },
					Loop: { main: [[], [{ node: 'Write', type: 'main', index: 0 }]] },
					Write: { main: [back] },
				},
				pinData: { [manualTrigger.name]: rows },
			});
			expect(sims.convertalk.requests.map(({ body }) => body)).toEqual([
				expect.objectContaining({ uuid: 'u-1' }),
				expect.objectContaining({ uuid: 'u-3' }),
			]);
			expect(nodes.Loop?.at(-1)?.outputs[0]).toHaveLength(3);
		});

		it('with a bracket is a tag', async () => {
			const { error, requests } = await run(
				'convertalk',
				'lead.upsert',
				{ uuid: 'u-1', tags: column },
				value('[VIP] customer'),
			);
			expect(error).toBeUndefined();
			expect(requests[0]?.body).toMatchObject({ tags: ['[VIP] customer'] });
		});

		it('makes no quote of nothing but a quantity', async () => {
			const [prospectId] = setup().sims.zenviaSales.vendor.seedProspects(1);
			const { error, requests } = await run(
				'zenviaSales',
				'quote.create',
				{ prospectId, items: { item: [{ product: column, quantity: 1 }] } },
				value(''),
			);
			expect(error?.message).toContain("'Items' has a row without a value (row 1)");
			expect(requests).toEqual([]);
		});

		it('makes no attribute of an empty row', async () => {
			const { error, requests } = await run(
				'convertalk',
				'lead.upsert',
				{
					uuid: 'u-1',
					attributes: { attribute: [{ key: column, value: column }] },
				},
				value(''),
			);
			expect(error?.message).toContain("'Attribute Key' is empty");
			expect(requests).toEqual([]);
		});

		it.each([
			'https://m.linkedin.com/in/joão-conceição',
			'https://www.linkedin.com/comm/in/jo%C3%A3o-concei%C3%A7%C3%A3o?midToken=AQ',
			'https://www.linkedin.com/in/joão-conceição'.normalize('NFD'),
			'linkedin.com/in/joão-conceição,',
		])('%j is a profile', async (raw) => {
			const { error, requests } = await run(
				'salesflow',
				'contact.import',
				{ campaignId: { __rl: true, mode: 'id', value: '29854' }, linkedInUrl: column },
				value(raw),
			);
			expect(error).toBeUndefined();
			expect(requests[0]?.query.linkedInUrl).toBe(
				'https://linkedin.com/in/jo%C3%A3o-concei%C3%A7%C3%A3o',
			);
			expect(setup().violations()).toEqual([]);
		});

		it('of Sales Navigator says what to copy', async () => {
			const { error, requests } = await run(
				'salesflow',
				'contact.lookup',
				{ publicIdentifier: column },
				value('https://www.linkedin.com/sales/lead/ACwAAAJ1,NAME_SEARCH,x'),
			);
			expect(`${error?.message} ${error?.description}`).toContain("copy 'LinkedIn.com URL'");
			expect(requests).toEqual([]);
		});
	});
}
