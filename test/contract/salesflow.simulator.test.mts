import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import axios, { type AxiosInstance } from 'axios';
import salesflow, {
	type Salesflow,
	type SalesflowOptions,
} from '../../dev/vendors/salesflow/simulator/index.mts';
import { type Simulator, startSimulator } from '../../dev/kit/simulator.mts';

const RUNNING = 29854;
const PAUSED = 29855;
const STOPPED = 29856;

const clientOf = ({ url }: Simulator, params: object = {}): AxiosInstance =>
	axios.create({
		baseURL: `${url}/api`,
		params: { token: 'salesflow-token', accountId: 321, ...params },
		validateStatus: () => true,
		proxy: false,
	});

let sim: Simulator<Salesflow>;
let api: AxiosInstance;

beforeAll(async () => {
	sim = await startSimulator(salesflow());
	api = clientOf(sim);
});
beforeEach(() => sim.reset());
afterAll(async () => await sim.close());

const importOne = async (who: string, campaignId = STOPPED) =>
	(
		await api.get('/members/Import', {
			params: { campaignId, linkedInUrl: `https://linkedin.com/in/${who}`, firstName: 'John' },
		})
	).data as { MemberId: number };
const statusOf = async (id: number) =>
	((await api.get(`/members/${id}`)).data as { Status: string }).Status;

describe('the Salesflow simulator', () => {
	it('refuses a wrong token and a wrong account with 403', async () => {
		for (const wrong of [{ token: 'x' }, { accountId: 322 }]) {
			const { status, data } = await clientOf(sim, wrong).get('/campaigns/list-campaigns');
			expect([status, data]).toEqual([403, { Status: 403, Message: 'Invalid token/account' }]);
		}
	});

	it('lists accounts, one blocked, and takes accountId there for a violation', async () => {
		const { data } = await clientOf(sim, { accountId: undefined }).get('/accounts/list');
		expect((data as Array<{ Status: string }>).map(({ Status }) => Status)).toEqual([
			'ACCOUNT_ACTIVE',
			'ACCOUNT_BLOCKED',
		]);
		expect(sim.violations()).toEqual([]);
		expect((await api.get('/accounts/list')).status).toBe(422);
		expect(sim.violations()).toHaveLength(1);
	});

	it('starts a campaign once, and only with contacts', async () => {
		const start = async (campaignId: number) =>
			(await api.post('/campaigns/start', {}, { params: { campaignId } })).status;
		expect([await start(RUNNING), await start(STOPPED), await start(1)]).toEqual([409, 422, 404]);
		await importOne('a');
		expect([await start(STOPPED), await start(STOPPED)]).toEqual([200, 409]);
	});

	it('marks duplicates, updates in any case, deletes', async () => {
		const { MemberId: first } = await importOne('a');
		const { MemberId: second } = await importOne('A', PAUSED);
		expect([await statusOf(first), await statusOf(second)]).toEqual([
			'MEMBER_IMPORTED',
			'MEMBER_IMPORTED, MEMBER_DUPLICATE',
		]);
		await api.post(`/members/${first}`, { lastName: 'Doe', FirstName: 'Jane' });
		expect((await api.get(`/members/${first}`)).data).toMatchObject({
			FirstName: 'Jane',
			LastName: 'Doe',
		});
		expect((await api.delete(`/members/${first}`)).data).toEqual({ Status: 204, Message: null });
		expect((await api.get(`/members/${first}`)).status).toBe(404);
	});

	it('finds at most 20 identifiers at once and leaves unknown ones out', async () => {
		await importOne('a');
		const look = async (PublicIdentifiers: string[]) =>
			await api.post('/members/list-contacts', { PublicIdentifiers });
		expect((await look(['b', 'a'])).data).toHaveLength(1);
		expect((await look(Array.from({ length: 21 }, (_, n) => `p${n}`))).status).toBe(422);
		expect((await look([])).status).toBe(422);
	});

	it('attaches a webhook up to three times to a campaign, each time for another event', async () => {
		const { data } = await api.post('/webhooks/create', { Name: 'a', Url: 'https://example.com' });
		const { WebhookId: webhookId } = data as { WebhookId: number };
		const attach = async (runOn: number) =>
			(
				await api.post(
					'/webhooks/attach',
					{},
					{ params: { webhookId, campaignId: RUNNING, runOn } },
				)
			).status;
		expect([
			await attach(1),
			await attach(2),
			await attach(7),
			await attach(2),
			await attach(3),
		]).toEqual([200, 200, 200, 409, 422]);
	});

	it('tells refusals in the body alone, where asked to', async () => {
		const options: SalesflowOptions = { refusals: 'body' };
		const quiet = await startSimulator(salesflow(options));
		try {
			const { status, data } = await clientOf(quiet).get('/members/1');
			expect([status, data]).toEqual([200, { Status: 404, Message: 'Member not found' }]);
		} finally {
			await quiet.close();
		}
	});
});

describe('its deliveries', () => {
	let server: Server;
	let url: string;
	let received: Array<Record<string, unknown>>;

	beforeAll(async () => {
		server = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				received.push(JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>);
				response.end();
			});
		});
		await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
	});
	beforeEach(() => {
		received = [];
	});
	afterAll(async () => await new Promise((closed) => server.close(closed)));

	it('go to what is attached for the event, and not for muted contacts', async () => {
		const { webhooks, sender } = sim.vendor;
		const [contact, muted] = sim.vendor.seedContacts(2);
		Object.assign(muted ?? {}, { isMuted: true });
		const all = webhooks.create({ Name: 'all', Url: url });
		const careful = webhooks.create({ Name: 'careful', Url: url, DisableForMutedContacts: true });
		for (const runOn of [1, 2, 7]) webhooks.attach(all.WebhookId, RUNNING, runOn);
		webhooks.attach(careful.WebhookId, RUNNING, 1);
		sim.vendor.connect(contact?.MemberId);
		sim.vendor.connect(muted?.MemberId);
		sim.vendor.reply(contact?.MemberId, 'Hello');
		sim.vendor.reply(muted?.MemberId, 'Hello');
		sim.vendor.withdraw(contact?.MemberId);
		await sender.idle();
		const count = (name: string) =>
			received.filter(({ IntegrationRunOn }) => IntegrationRunOn === `INTEGRATION_RUN_ON_${name}`)
				.length;
		expect([count('CONNECTED'), count('REPLY_DETECTED'), count('INVITATION_WITHDRAWN')]).toEqual([
			3, 1, 1,
		]);
	});
});
