import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import axios from 'axios';
import type { AxiosInstance, AxiosResponse } from 'axios';
import saleswhale from '../../dev/vendors/saleswhale/simulator/index.mts';
import type { Saleswhale } from '../../dev/vendors/saleswhale/simulator/index.mts';
import { startSimulator } from '../../dev/kit/simulator.mts';
import type { Simulator } from '../../dev/kit/simulator.mts';
import {
	clientOf,
	createLead,
	enrol,
	HANDOFF_REP,
	KEY,
	LEAD_SOURCE,
	messages,
	OTHER_REP,
	RUNNING,
} from './saleswhale.client.mts';

describe('Saleswhale simulator', () => {
	let simulator: Simulator<Saleswhale>;
	let api: AxiosInstance;

	beforeAll(async () => {
		simulator = await startSimulator(saleswhale());
		api = clientOf(simulator);
	});
	beforeEach(() => simulator.reset());
	afterAll(() => simulator.close());

	describe('authentication', () => {
		it('takes the key in the query and in the body', async () => {
			const lead = { first_name: 'Myah', email: 'myah@kihn.info' };
			expect((await api.get('/team')).data).toEqual({ team: { id: 91233, name: 'The Best Team' } });
			const anonymous = axios.create({ baseURL: `${simulator.url}/api/v2`, proxy: false });
			expect((await anonymous.post('/leads', { token: KEY, lead })).status).toBe(201);
			expect(simulator.violations()).toEqual([]);
		});

		it("answers 401 in the vendor's shape to a wrong key and to none", async () => {
			for (const token of ['wrong', '']) {
				const { status, data } = await clientOf(simulator, token).get('/team');
				expect(status).toBe(401);
				const error = {
					id: expect.any(String),
					message: expect.any(String),
					status: 'unauthorized',
				};
				expect(data).toEqual({ errors: [error] });
			}
		});
	});

	describe('leads', () => {
		it('creates a lead with an owner and custom attributes', async () => {
			const id = await createLead(api, {
				lead_owner: { id: HANDOFF_REP, type: 'sales_rep' },
				crm_object_id: '005UK',
				crm_object_type: 'Contact',
				crm_type: 'salesforce',
				custom_attribute_values: [{ custom_attribute_id: LEAD_SOURCE, value: 'Email' }],
			});
			const { data } = await api.get(`/leads/${id}`);
			expect(data.lead).toMatchObject({
				id,
				lead_owner: { id: HANDOFF_REP, type: 'sales_rep' },
				crm_object_type: 'Contact',
				do_not_contact: false,
				custom_attribute_values: [
					{
						custom_attribute_id: LEAD_SOURCE,
						custom_attribute_name: 'lead_source',
						value: 'Email',
					},
				],
			});
		});

		it('drops an owner who is no handoff rep without a word', async () => {
			const id = await createLead(api, { lead_owner: { id: OTHER_REP, type: 'sales_rep' } });
			expect((await api.get(`/leads/${id}`)).data.lead.lead_owner).toBeNull();
		});

		it('refuses a second lead with the same email, whatever its case', async () => {
			await createLead(api);
			const lead = { first_name: 'M', email: 'MYAH.harber@kihn.info' };
			const answer = await api.post('/leads', { lead });
			expect(answer.status).toBe(422);
			expect(messages(answer)).toEqual(['Email has already been taken']);
			expect(answer.data.errors[0].status).toBe('unprocessable_entity');
			expect(simulator.journal.entries('lead.create')).toHaveLength(1);
		});

		it('refuses to change an email into one that is taken', async () => {
			await createLead(api);
			const other = await createLead(api, { email: 'other@kihn.info' });
			const change = { lead: { email: 'myah.harber@kihn.info' } };
			expect((await api.put(`/leads/${other}`, change)).status).toBe(422);
			const same = { lead: { email: 'other@kihn.info', job_title: 'CTO' } };
			expect((await api.put(`/leads/${other}`, same)).data.lead.job_title).toBe('CTO');
		});

		it('restores an archived lead with its email and updates it', async () => {
			const id = await createLead(api, { job_title: 'Manager' });
			expect((await api.delete(`/leads/${id}`)).status).toBe(204);
			expect((await api.get(`/leads/${id}`)).status).toBe(422);
			expect(await createLead(api, { first_name: 'Mya' })).toBe(id);
			const { lead } = (await api.get(`/leads/${id}`)).data;
			expect(lead).toMatchObject({ first_name: 'Mya', job_title: 'Manager' });
			expect(simulator.journal.entries('lead.restore')).toHaveLength(1);
		});

		it('answers 400 where properties are missing', async () => {
			const withoutName = await api.post('/leads', { lead: { email: 'a@b.co' } });
			expect(withoutName.status).toBe(400);
			expect(messages(withoutName)[0]).toContain('first_name');
			expect((await api.post('/leads', {})).status).toBe(400);
			expect((await api.post('/enrolments', { enrolment: { lead_id: 1 } })).status).toBe(400);
		});

		it('answers 422 to a wrong email, a wrong type and an unknown custom attribute', async () => {
			const wrong = [
				{ email: 'nobody' },
				{ crm_object_type: 'Account' },
				{ job_title: 5 },
				{ first_name: ' ' },
				{ custom_attribute_values: [{ custom_attribute_id: 1, value: 'x' }] },
			];
			for (const fields of wrong) {
				const lead = { first_name: 'A', email: 'a@b.co', ...fields };
				expect((await api.post('/leads', { lead })).status).toBe(422);
			}
			expect(simulator.journal.entries('lead.create')).toEqual([]);
		});

		it('refuses to delete a lead in a conversation unless forced, then cancels that', async () => {
			const id = await createLead(api);
			const { conversation_id } = await enrol(api, RUNNING, id);
			for (const data of [undefined, {}, { force: false }]) {
				expect((await api.delete(`/leads/${id}`, { data })).status).toBe(422);
			}
			expect((await api.delete(`/leads/${id}`, { data: { force: true } })).status).toBe(204);
			const { conversation } = (await api.get(`/conversations/${conversation_id}`)).data;
			expect(conversation.status).toBe('canceled');
		});
	});

	it('answers 422 to every unknown id', async () => {
		const paths = [
			'/leads/7',
			'/leads/7/conversations/',
			'/sales_reps/7',
			'/enrolments/7',
			'/conversations/7',
		];
		for (const path of paths) {
			const answer = await api.get(path);
			expect(answer.status).toBe(422);
			expect(messages(answer)[0]).toMatch(/ 7 does not exist\.$/);
		}
		const posts = ['/enrolments/7/cancel', '/conversations/7/cancel'];
		for (const path of posts) expect((await api.post(path)).status).toBe(422);
		const lead = await createLead(api);
		for (const enrolment of [
			{ lead_id: 7, campaign_id: RUNNING },
			{ lead_id: lead, campaign_id: 7 },
		]) {
			expect((await api.post('/enrolments', { enrolment })).status).toBe(422);
		}
		expect(simulator.violations()).toEqual([]);
	});

	it('names stray fields and unknown paths as breaches of the contract', async () => {
		const lead = { first_name: 'A', email: 'a@b.co', nickname: 'x' };
		expect((await api.post('/leads', { lead })).status).toBe(201);
		expect((await api.get('/team', { params: { verbose: 1 } })).status).toBe(200);
		expect((await api.get('/leads')).status).toBe(404);
		expect((await api.get('/leads/..%2Fteam')).status).toBe(422);
		const found = simulator
			.violations()
			.map(({ path, violations }) => [
				path,
				violations.map(({ where, keyword }) => `${where} ${keyword}`),
			]);
		expect(found).toEqual([
			['/api/v2/leads', ['body additionalProperties']],
			['/api/v2/team', ['query additionalProperties']],
			['/api/v2/leads', ['route route']],
			['/api/v2/leads/..%2Fteam', ['path type']],
		]);
	});

	it('lets 5 requests a second through where the documented limit is on', async () => {
		const limited = await startSimulator(saleswhale(), { limit: 'documented' });
		const client = clientOf(limited);
		const answers = await Promise.all(Array.from({ length: 8 }, () => client.get('/team')));
		const refused = answers.filter(({ status }) => status === 429);
		expect(refused).toHaveLength(3);
		expect(refused[0]?.headers['retry-after']).toBeUndefined();
		expect(messages(refused[0] as AxiosResponse)).toHaveLength(1);
		await limited.close();
	});
});
