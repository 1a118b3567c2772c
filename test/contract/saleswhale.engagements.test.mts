import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import saleswhale from '../../dev/vendors/saleswhale/simulator/index.mts';
import type { Saleswhale } from '../../dev/vendors/saleswhale/simulator/index.mts';
import { startSimulator } from '../../dev/kit/simulator.mts';
import type { Simulator } from '../../dev/kit/simulator.mts';
import {
	clientOf,
	createLead,
	ENDED,
	enrol,
	KEY,
	LEAD_SOURCE,
	OTHER_RUNNING,
	RUNNING,
	SCHEDULED,
} from './saleswhale.client.mts';

describe('Saleswhale simulator: lists, enrolments, conversations', () => {
	let simulator: Simulator<Saleswhale>;
	let api: AxiosInstance;

	beforeAll(async () => {
		simulator = await startSimulator(saleswhale());
		api = clientOf(simulator);
	});
	beforeEach(() => simulator.reset());
	afterAll(() => simulator.close());

	describe('lists', () => {
		it('never lists drafts, and filters campaigns by status and time', async () => {
			const all = (await api.get('/campaigns', { params: { per_page: 100 } })).data.campaigns;
			expect(all).toHaveLength(54);
			const filter = 'status[]=scheduled&status[]=running&per_page=100';
			const open = (await api.get(`/campaigns?${filter}`)).data.campaigns;
			expect(open).toHaveLength(30);
			expect(new Set(open.map(({ status }: { status: string }) => status))).toEqual(
				new Set(['scheduled', 'running']),
			);
			const params = { updated_at__is_after: all[3].updated_at };
			expect((await api.get('/campaigns', { params })).data.campaigns).toEqual(all.slice(0, 3));
			expect((await api.get('/campaigns', { params: { 'status[]': 'draft' } })).status).toBe(422);
		});

		it('pages campaigns with meta', async () => {
			const first = (await api.get('/campaigns', { params: { per_page: 20 } })).data;
			expect(first.meta).toEqual({
				current_page: 1,
				next_page: 2,
				prev_page: null,
				total_pages: 3,
				total_count: 54,
			});
			const last = (await api.get('/campaigns', { params: { per_page: 20, page: 3 } })).data;
			expect(last.campaigns).toHaveLength(14);
			expect(last.meta).toMatchObject({ next_page: null, prev_page: 2 });
			expect((await api.get('/campaigns', { params: { page: 0 } })).status).toBe(422);
		});

		it('lists sales reps and custom attributes whole, and a sales rep by email', async () => {
			const { data } = await api.get('/sales_reps');
			expect(data.sales_reps).toHaveLength(30);
			expect(data.meta).toBeUndefined();
			const params = { email: 'rep3@example.co' };
			const [rep, ...others] = (await api.get('/sales_reps', { params })).data.sales_reps;
			expect(others).toEqual([]);
			expect((await api.get(`/sales_reps/${rep.id}`)).data.sales_rep).toEqual(rep);
			const attributes = (await api.get('/custom_attributes')).data.custom_attributes;
			expect(attributes.length).toBeGreaterThan(3);
			expect(attributes[1]).toEqual({
				id: LEAD_SOURCE,
				name: 'lead_source',
				fallback_value: '',
				attr_type: 'lead',
			});
		});

		it('lists conversations in decreasing id, by status, in pages', async () => {
			const ids = simulator.vendor.seedConversations(12);
			const statuses = ['qualified', 'not_interested', 'bounced'];
			simulator.vendor.endConversations({ statuses, count: 9 });
			const { data } = await api.get('/conversations', { params: { per_page: 5, page: 2 } });
			const idsOf = (list: Array<{ id: number }>): number[] => list.map(({ id }) => id);
			expect(idsOf(data.conversations)).toEqual([...ids].reverse().slice(5, 10));
			expect(data.meta).toMatchObject({ total_count: 12, total_pages: 3 });
			const some = (await api.get('/conversations?status[]=qualified&status[]=bounced')).data;
			expect(some.meta.total_count).toBe(6);
			expect(idsOf(some.conversations)).toEqual(idsOf(some.conversations).sort((a, b) => b - a));
		});
	});

	describe('enrolments', () => {
		it('processes one in a running campaign, and tells why the next are invalidated', async () => {
			const lead = await createLead(api);
			const first = await enrol(api, RUNNING, lead);
			expect(first).toMatchObject({ state: 'processed', status: 'processed', errors: null });
			expect(first['conversation_id']).toEqual(expect.any(Number));
			const again = { state: 'invalidated', status: 'error', conversation_id: null };
			expect(await enrol(api, RUNNING, lead)).toMatchObject({
				...again,
				errors: ['Lead already engaged', 'Lead was in this campaign'],
			});
			expect(await enrol(api, OTHER_RUNNING, lead)).toMatchObject({
				...again,
				errors: ['Lead already engaged'],
			});
			simulator.vendor.endConversations();
			expect(await enrol(api, RUNNING, lead)).toMatchObject({
				...again,
				errors: ['Lead was in this campaign'],
			});
			expect(await enrol(api, OTHER_RUNNING, lead)).toMatchObject({ state: 'processed' });
			expect(await enrol(api, ENDED, await createLead(api, { email: 'b@b.co' }))).toMatchObject(
				again,
			);
		});

		it('keeps one in a scheduled campaign pending until that starts', async () => {
			const { id, state, conversation_id } = await enrol(api, SCHEDULED, await createLead(api));
			expect({ state, conversation_id }).toEqual({ state: 'pending', conversation_id: null });
			simulator.vendor.engagements.startCampaign(SCHEDULED);
			expect((await api.get(`/enrolments/${id}`)).data.enrolment.state).toBe('processed');
		});

		it('cancels a pending one, not a processed one', async () => {
			const lead = await createLead(api);
			const pending = await enrol(api, SCHEDULED, lead);
			const { data } = await api.post(`/enrolments/${pending['id']}/cancel`);
			expect(data.enrolment).toMatchObject({
				state: 'canceled',
				status: 'error',
				errors: null,
				conversation_id: null,
			});
			const processed = await enrol(api, RUNNING, lead);
			expect((await api.post(`/enrolments/${processed['id']}/cancel`)).status).toBe(422);
			const listed = (await api.get('/enrolments')).data.enrolments;
			expect(listed.map(({ state }: { state: string }) => state)).toEqual([
				'processed',
				'canceled',
			]);
		});

		it('goes through planned and scheduled where asked to', async () => {
			const stepwise = await startSimulator(saleswhale({ stepwiseEnrolments: true }));
			const [lead = 0] = stepwise.vendor.seedLeads(1);
			const enrolment = stepwise.vendor.engagements.enrol(RUNNING, lead);
			const second = stepwise.vendor.engagements.enrol(RUNNING, lead);
			const states = [[enrolment.state, second.state]];
			for (let step = 0; step < 2; step++) {
				stepwise.vendor.engagements.advance();
				states.push([enrolment.state, second.state]);
			}
			await stepwise.close();
			expect(states).toEqual([
				['planned', 'planned'],
				['scheduled', 'scheduled'],
				['processed', 'invalidated'],
			]);
		});
	});

	describe('conversations', () => {
		it('cancels an ongoing one once', async () => {
			const [id] = simulator.vendor.seedConversations(1);
			const { data } = await api.post(`/conversations/${id}/cancel`, { token: KEY });
			expect(data.conversation).toMatchObject({ id, status: 'canceled', handover_rep: null });
			expect((await api.post(`/conversations/${id}/cancel`)).status).toBe(422);
		});

		it("answers a lead's conversations as one object, or as a list where asked to", async () => {
			const lead = await createLead(api);
			const path = `/leads/${lead}/conversations/`;
			expect((await api.get(path)).data).toEqual({ conversation: null });
			await enrol(api, RUNNING, lead);
			simulator.vendor.endConversations();
			const { conversation_id } = await enrol(api, OTHER_RUNNING, lead);
			expect((await api.get(path)).data.conversation.id).toBe(conversation_id);

			const listing = await startSimulator(saleswhale({ conversationsOfLead: 'many' }));
			listing.vendor.seedConversations(1);
			const [id] = listing.vendor.leads.byId.keys();
			const { data } = await clientOf(listing).get(`/leads/${id}/conversations/`);
			await listing.close();
			expect(data.conversations).toHaveLength(1);
		});
	});
});
