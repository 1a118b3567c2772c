import { beforeEach, describe, expect, it } from '@jest/globals';
import { chain, manualTrigger } from '../../dev/n8n/workflow.mts';
import { allFilters } from '../unit/filters.mts';
import type { VendorName } from '../../dev/kit/vendorKit.mts';
import type { Vendors } from './vendors.setup.mts';

/** What comes of a filter whose expression finds nothing, in a real n8n. */
export function describeEmptyFilters(setup: () => Vendors): void {
	/** A workflow's node of a vendor, with its credential. */
	const node = (vendor: string, parameters: Record<string, unknown>, name: string) => {
		const credential = setup().credentials[vendor as VendorName];
		const onError = 'continueRegularOutput' as const;
		return setup().tested.node({ node: vendor, parameters, credential, onError }, name);
	};

	const run = async (nodes: Parameters<typeof chain>[1], items: object[]) =>
		await setup().tested.n8n.run({
			...chain('Filters', [manualTrigger, ...nodes]),
			pinData: { [manualTrigger.name]: items.map((json) => ({ json })) },
		});

	describe('a filter that came out empty', () => {
		beforeEach(() => setup().reset());

		it('finds nobody, so that nobody is deleted', async () => {
			const { vendor } = setup().sims.zenviaSales;
			vendor.seedProspects(5);
			const list = {
				resource: 'prospect',
				operation: 'getAll',
				returnAll: true,
				filters: { phoneNumber: '={{ $json.phone }}' },
			};
			const remove = { resource: 'prospect', operation: 'delete', prospectId: '={{ $json.id }}' };
			await run(
				[node('zenviaSales', list, 'Get Many'), node('zenviaSales', remove, 'Delete')],
				[{ phone: '' }],
			);
			expect(vendor.prospects.byId.size).toBe(5);
		});

		it('is refused by name, whichever it is, and nothing is sent', async () => {
			const filters = allFilters();
			const nodes = filters.map(({ node: vendor, title, put }) =>
				node(vendor, put('={{ $json.none }}'), title),
			);
			const { nodes: runs } = await run(nodes, [{ email: 'ana@example.com' }]);
			const said = filters.map(({ title }) => [
				title,
				runs[title]?.at(-1)?.outputs[0]?.[0]?.json.error,
			]);
			expect(said).toEqual(
				filters.map(({ title, property, found }) => [
					title,
					expect.stringMatching(
						new RegExp(`^'?${property.displayName}'? is empty, which would find every ${found}\\.`),
					),
				]),
			);
			for (const { requests } of Object.values(setup().sims)) expect(requests).toEqual([]);
		});
	});
}
