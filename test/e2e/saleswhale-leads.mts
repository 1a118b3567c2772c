import { beforeAll, describe, expect, it } from '@jest/globals';
import { conversationEnded, Hook } from './saleswhale-deliveries.mts';
import { key, events, sim, publish } from './saleswhale-trigger.setup.mts';

/** Leads that come with their event. */
export function describeIncludeLeads(): void {
	describe('The Saleswhale trigger in n8n', () => {
		describe('with Include Leads', () => {
			let full: Hook;
			beforeAll(async () => {
				full = await publish({ events, options: { includeLeads: true } });
			});

			const leadsOf = ([json]: Array<Record<string, unknown>>) =>
				(json?.conversation as { leads: object[] } | undefined)?.leads;

			it('fetches every field of the leads', async () => {
				const [id] = sim.vendor.seedLeads(1);
				const lead = sim.vendor.leads.byId.get(id ?? 0);
				const truncated = { id, email: lead?.email, is_main: true, is_original: true };
				await full.post(conversationEnded('qualified', [truncated]), { key });
				expect(leadsOf(await full.started(key))).toEqual([{ ...lead, ...truncated }]);
			});

			it('hands the event on, with a warning, where a lead cannot be fetched', async () => {
				const [id] = sim.vendor.seedLeads(1);
				const email = sim.vendor.leads.byId.get(id ?? 0)?.email;
				const leads = [
					{ id: 999_999, email: 'gone@example.com' },
					{ id, email },
				];
				expect((await full.post(conversationEnded('qualified', leads), { key })).status).toBe(200);
				expect(leadsOf(await full.started(key))).toEqual([
					{
						...leads[0],
						warning: expect.stringContaining('could not be fetched: Saleswhale says'),
					},
					expect.objectContaining({ id, first_name: 'Seed' }),
				]);
			});

			it.each([
				['is out of order', { kind: 'answer', when: 'before', answer: { status: 503 } }],
				['does not answer', { kind: 'stall', when: 'before', ms: 20_000 }],
			] as const)(
				'answers before the vendor gives up, also where the API %s',
				async (_how, fault) => {
					sim.setFault(() => fault);
					const before = Date.now();
					const leads = [{ id: 7, email: 'slow@example.com' }];
					expect((await full.post(conversationEnded('qualified', leads), { key })).status).toBe(
						200,
					);
					sim.setFault(undefined);
					expect(Date.now() - before).toBeLessThan(9_000);
					expect(leadsOf(await full.started(key))).toEqual([
						{ ...leads[0], warning: expect.stringContaining('could not be fetched') },
					]);
				},
			);
		});
	});
}
