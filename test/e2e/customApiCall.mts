import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ForEachVendor } from '../../dev/simulators.mts';
import { vendorNames } from '../../dev/vendors.mts';
import type { VendorName } from '../../dev/kit/vendorKit.mts';
import { itemsOf } from '../../dev/n8n/execution.mts';
import { sideBySide } from '../../dev/n8n/workflow.mts';
import { newestOf } from '../unit/locators.mts';
import type { Vendors } from './vendors.setup.mts';

/** A read, and two writes that differ. */
interface Calls {
	read: object;
	write(n: number): object;
}

/** What becomes of requests that no operation knows, in a real n8n. */
export function describeCustomApiCalls(setup: () => Vendors): void {
	const calls = (): ForEachVendor<Calls> => {
		const { saleswhale, salesflow, zenviaSales } = setup().sims;
		const [lead] = saleswhale.vendor.seedLeads(1);
		const [contact] = salesflow.vendor.seedContacts(1);
		const [prospect] = zenviaSales.vendor.seedProspects(1);
		const type = {
			parameter: [
				{ name: 'type', value: 'lead' },
				{ name: 'page', value: '1' },
			],
		};
		return {
			saleswhale: {
				read: { path: '/team' },
				write: (n) => ({
					...{ method: 'PUT', path: `/leads/${lead}` },
					body: { lead: { first_name: `Ana ${n}` } },
				}),
			},
			salesflow: {
				read: { path: '/api/campaigns/list-campaigns' },
				write: (n) => ({
					...{ method: 'POST', path: `/api/members/${contact?.MemberId}` },
					body: { firstName: `Ana ${n}` },
				}),
			},
			convertalk: {
				read: { path: '/inbox/direct/chats', query: type },
				write: (n) => ({
					...{ method: 'PUT', path: '/inbox/direct/lead' },
					body: { uuid: 'uuid-1', name: `Ana ${n}` },
				}),
			},
			zenviaSales: {
				read: { path: '/groups' },
				write: (n) => ({
					...{ method: 'PATCH', path: `/prospect/${prospect}` },
					body: { firstName: `Ana ${n}` },
				}),
			},
		};
	};

	const nodeOf = (vendor: VendorName, title: string, parameters: object) =>
		setup().tested.node(
			{
				node: vendor,
				typeVersion: newestOf(vendor),
				parameters: { resource: 'customApiCall', operation: 'send', ...parameters },
				credential: setup().credentials[vendor],
			},
			`${vendor}, ${title}`,
		);

	describe('a custom API call', () => {
		beforeEach(() => {
			for (const sim of Object.values(setup().sims)) sim.setFault(undefined);
			setup().reset();
		});

		it('is sent again where its answer is lost if it reads, and if that was said', async () => {
			const all = calls();
			/** How often each request came: the first of each is done, and its answer lost. */
			const came = new Map<string, number>();
			for (const [name, sim] of Object.entries(setup().sims)) {
				sim.setFault(({ method, body }) => {
					const one = `${name} ${method} ${JSON.stringify(body ?? '')}`;
					came.set(one, (came.get(one) ?? 0) + 1);
					return came.get(one) === 1 ? { kind: 'drop', when: 'after' } : undefined;
				});
			}
			const nodes = vendorNames.flatMap((name) => [
				nodeOf(name, 'read', all[name].read),
				nodeOf(name, 'write', all[name].write(1)),
				nodeOf(name, 'repeated', { ...all[name].write(2), repeat: true }),
			]);
			const execution = await setup().tested.n8n.run(sideBySide('Custom API calls', nodes));
			const errors = nodes.map(({ name }) => itemsOf(execution, name)[0]?.json.error);
			expect(errors).toEqual(
				vendorNames.flatMap(() => [
					undefined,
					expect.stringContaining('This may have worked'),
					undefined,
				]),
			);
			for (const name of vendorNames) {
				const own = [...came].filter(([one]) => one.startsWith(`${name} `));
				expect([name, own.map(([, times]) => times)]).toEqual([name, [2, 1, 2]]);
			}
			expect(setup().violations()).toEqual([]);
		});

		it('leads to no other host and to no path but the one that was entered', async () => {
			const paths = ['https://example.com/leads', '//example.com/leads', '/leads/../team', ''];
			const nodes = vendorNames.flatMap((name) =>
				paths.map((path, n) => nodeOf(name, `path ${n}`, { path: `={{ '${path}' }}` })),
			);
			const { nodes: runs } = await setup().tested.n8n.run(sideBySide('Other paths', nodes));
			const said = nodes.map(({ name }) => runs[name]?.at(-1)?.outputs[0]?.[0]?.json.error);
			expect(said).toEqual(nodes.map(() => expect.stringMatching(/^'Path' (is|has) /)));
			for (const { requests } of Object.values(setup().sims)) expect(requests).toEqual([]);
		});
	});
}
