import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import cryptoJs from 'crypto-js';
import saleswhale from '../../dev/vendors/saleswhale/simulator/index.mts';
import type { Saleswhale } from '../../dev/vendors/saleswhale/simulator/index.mts';
import { startSimulator } from '../../dev/kit/simulator.mts';
import type { Simulator } from '../../dev/kit/simulator.mts';
import { clientOf, createLead, enrol, KEY, OTHER_RUNNING, RUNNING } from './saleswhale.client.mts';

const BASE_WAIT_MS = 40;

interface Received {
	time: number;
	query: URLSearchParams;
	headers: IncomingHttpHeaders;
	body: string;
}

interface Event {
	event_name: string;
	event_time: string;
	event_payload: Record<string, Record<string, unknown>>;
}

describe('Saleswhale simulator: webhooks', () => {
	let simulator: Simulator<Saleswhale>;
	let receiver: Server;
	let received: Received[];
	/** What the receiver answers, in turn; then 200. 0 hangs up. */
	let answers: number[];

	beforeEach(async () => {
		received = [];
		answers = [];
		receiver = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const { searchParams: query } = new URL(request.url ?? '/', 'http://localhost');
				const body = Buffer.concat(chunks).toString();
				received.push({ time: performance.now(), query, headers: request.headers, body });
				const status = answers.shift() ?? 200;
				if (status === 0) request.socket.destroy();
				else response.writeHead(status).end();
			});
		});
		await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
		const { port } = receiver.address() as AddressInfo;
		const webhookUrl = `http://127.0.0.1:${port}/hook?secret=1`;
		simulator = await startSimulator(saleswhale({ webhookUrl, webhookBaseWaitMs: BASE_WAIT_MS }));
	});
	afterEach(async () => {
		receiver.closeAllConnections();
		receiver.close();
		await simulator.close();
	});

	async function events(name: string): Promise<Event[]> {
		await simulator.vendor.webhooks.idle();
		return received
			.map(({ body }) => JSON.parse(body) as Event)
			.filter(({ event_name }) => event_name === name);
	}

	it('signs each delivery over its timestamp and raw body, both in the query', async () => {
		simulator.vendor.seedConversations(3);
		await simulator.vendor.webhooks.idle();
		expect(received).toHaveLength(3);
		for (const { query, body, headers } of received) {
			const timestamp = query.get('timestamp') ?? '';
			const expected = cryptoJs.HmacSHA256(`${timestamp}.${body}`, KEY).toString();
			expect(query.get('signature')).toBe(expected);
			expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(5);
			expect(query.get('secret')).toBe('1');
			expect(headers['content-type']).toBe('application/json');
		}
	});

	it('tells of sent emails when a lead is enrolled', async () => {
		const api = clientOf(simulator);
		const { conversation_id } = await enrol(api, RUNNING, await createLead(api));
		const [event] = await events('email.sent');
		const to = ['myah.harber@kihn.info'];
		expect(event?.event_payload['email']).toMatchObject({ to, conversation_id });
	});

	it('tells of ended conversations with the statuses asked for, all or some', async () => {
		const ids = simulator.vendor.seedConversations(4);
		simulator.vendor.endConversations({ statuses: ['qualified', 'bounced'], count: 3 });
		simulator.vendor.endConversations({ statuses: ['human_review'], ids: ids.slice(3) });
		const ended = (await events('conversation.ended'))
			.map(({ event_payload: { conversation } }) => [
				conversation?.['id'],
				conversation?.['status'],
			])
			.sort();
		expect(ended).toEqual([
			[ids[0], 'qualified'],
			[ids[1], 'bounced'],
			[ids[2], 'qualified'],
			[ids[3], 'human_review'],
		]);
		const { handover_rep } = simulator.vendor.engagements.conversations.get(ids[0] ?? 0) ?? {};
		expect(handover_rep).toEqual({ id: expect.any(Number), type: 'sales_rep' });
	});

	it('tells of a conversation that is canceled over the API', async () => {
		const [id] = simulator.vendor.seedConversations(1);
		await clientOf(simulator).post(`/conversations/${id}/cancel`);
		const [event] = await events('conversation.ended');
		expect(event?.event_payload['conversation']).toMatchObject({ id, status: 'canceled' });
	});

	it('shows all leads of a conversation that a colleague was brought into', async () => {
		const [id] = simulator.vendor.seedConversations(1);
		const [colleague] = simulator.vendor.seedLeads(1);
		simulator.vendor.engagements.addLead(id, colleague);
		simulator.vendor.endConversations();
		const [event] = await events('conversation.ended');
		expect(event?.event_payload['conversation']?.['leads']).toMatchObject([
			{ is_main: false, is_original: true },
			{ id: colleague, is_main: true, is_original: false },
		]);
	});

	it('tells of a lead marked as Do Not Contact, who cannot be enrolled any more', async () => {
		const api = clientOf(simulator);
		const lead = await createLead(api, { crm_type: 'salesforce' });
		simulator.vendor.markDoNotContact(lead);
		const [event] = await events('lead.marked_do_not_contact');
		expect(event?.event_payload['lead']).toMatchObject({ id: lead, do_not_contact: true });
		expect(event?.event_payload['lead']).not.toHaveProperty('crm_type');
		expect((await enrol(api, OTHER_RUNNING, lead))['state']).toBe('invalidated');
	});

	it('delivers again with growing waits until a 200 exactly, each time signed anew', async () => {
		answers = [500, 201, 204, 0];
		simulator.vendor.seedConversations(1);
		await simulator.vendor.webhooks.idle();
		const [delivery] = simulator.vendor.webhooks.deliveries;
		expect(delivery?.state).toBe('acknowledged');
		expect(delivery?.attempts.map(({ status }) => status)).toEqual([500, 201, 204, 0, 200]);
		expect(delivery?.attempts[3]?.error).toEqual(expect.any(String));
		expect(new Set(received.map(({ body }) => body)).size).toBe(1);
		for (let index = 1; index < received.length; index++) {
			const waited = (received[index]?.time ?? 0) - (received[index - 1]?.time ?? 0);
			// A timer may fire a millisecond early.
			expect(waited).toBeGreaterThanOrEqual(BASE_WAIT_MS * 2 ** (index - 1) - 2);
		}
	});

	it('gives up after five deliveries', async () => {
		answers = Array.from({ length: 9 }, () => 503);
		simulator.vendor.seedConversations(1);
		await simulator.vendor.webhooks.idle();
		const [delivery] = simulator.vendor.webhooks.deliveries;
		expect(delivery?.state).toBe('given up');
		expect(received).toHaveLength(5);
	});

	it('sends nothing without a Target URL, and nothing more after it was closed', async () => {
		simulator.vendor.webhookUrl = undefined;
		simulator.vendor.seedConversations(1);
		expect(simulator.vendor.webhooks.deliveries).toEqual([]);
		const { port } = receiver.address() as AddressInfo;
		simulator.vendor.webhookUrl = `http://127.0.0.1:${port}/`;
		answers = [500, 500, 500];
		simulator.vendor.endConversations();
		const { webhooks } = simulator.vendor;
		simulator.reset();
		await webhooks.idle();
		expect(webhooks.deliveries.map(({ state }) => state)).toEqual(['given up']);
		expect(webhooks.deliveries[0]?.attempts.length).toBeLessThan(3);
		expect(received.length).toBeLessThan(3);
	});
});
