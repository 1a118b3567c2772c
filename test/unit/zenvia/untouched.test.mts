import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodePropertyCollection } from 'n8n-workflow';
import { propertyOf, run } from './context.mts';

/** A row as n8n's form adds it: with the default of every field. */
function untouchedRow(resource: string, operation: string, name: string): IDataObject {
	const [row] = propertyOf(resource, operation, name)?.options as INodePropertyCollection[];
	return Object.fromEntries(row?.values.map((one) => [one.name, one.default]) ?? []) as IDataObject;
}

describe('what an interaction and a product hold by name', () => {
	const event = {
		...{ resource: 'interaction', operation: 'create', type: 'message', content: 'Hello' },
		prospectId: '507f191e810c19729de860ea',
	};
	const lead = { resource: 'lead', operation: 'create', leadType: 'retail', utmSource: 'google' };
	const url = 'https://example.com/a.pdf';

	it.each([1, 1.1])('has no invisible characters around it in version %p', async (typeVersion) => {
		const additionalFields = { attachmentUrl: `\u200b${url}\u200b`, recipient: '+5511\u200e' };
		const { requests } = await run({ parameters: { ...event, additionalFields }, typeVersion });
		expect(requests[0]?.body).toMatchObject({ attachment: { url }, recipient: '+5511' });
		const hidden = { attachmentUrl: url.replace('a', 'a\u200b') };
		const refused = await run({
			parameters: { ...event, additionalFields: hidden },
			typeVersion,
		});
		expect(refused.error?.message).toContain('has an invisible character inside (U+200B)');
		expect(refused.requests).toEqual([]);
	});

	it('is refused where a spreadsheet cut its digits off', async () => {
		const parameters = { ...lead, emails: 'ana@example.com', product: { sku: '7,89123E+12' } };
		const { error, requests } = await run({ parameters });
		expect(error?.message).toContain('\'SKU\' is "7,89123E+12", which a spreadsheet turned into');
		expect(requests).toEqual([]);
	});
});

describe('what nobody filled in stays out', () => {
	it('of a quote: a price', async () => {
		const row = untouchedRow('quote', 'create', 'items');
		const items = {
			item: [
				{ ...row, product: 'Tyre' },
				{ ...row, price: 0, concept: 'Gift' },
			],
		};
		const { requests, error } = await run({
			parameters: {
				resource: 'quote',
				operation: 'create',
				prospectId: 'a'.repeat(24),
				status: 'pending',
				items,
			},
		});
		expect(error).toBeUndefined();
		expect(requests[0]?.body).toEqual({
			status: 'pending',
			items: [
				{ product: 'Tyre', quantity: 1 },
				{ quantity: 1, price: 0, concept: 'Gift' },
			],
		});
	});

	it('of a quote: nothing goes out where all of a row did', async () => {
		const items = { item: [untouchedRow('quote', 'create', 'items')] };
		const create = { resource: 'quote', operation: 'create', prospectId: 'a'.repeat(24), items };
		const { requests, error } = await run({ parameters: create });
		expect(error?.message).toContain(
			'has a row without a value (row 1). Fill it in, or remove it.',
		);
		expect(requests).toEqual([]);
		const old = await run({ parameters: create, typeVersion: 1 });
		expect(old.requests[0]?.body).toEqual({ status: 'pending', items: [{ quantity: 1 }] });
	});

	it('of a lead: national identification numbers without a number', async () => {
		const create = {
			resource: 'lead',
			operation: 'create',
			leadType: 'retail',
			utmSource: 'google',
			emails: 'ana@example.com',
		};
		const bodies = ['', null, '  ', '01234567890'].map(async (number) => {
			const nin = { number: [{ type: 'CPF', number }] };
			const { requests } = await run({
				parameters: { ...create, additionalFields: { nin } },
			});
			return (requests[0]?.body as IDataObject | undefined)?.nin;
		});
		expect(await Promise.all(bodies)).toEqual([
			undefined,
			undefined,
			undefined,
			[{ type: 'CPF', number: '01234567890' }],
		]);
	});
});
