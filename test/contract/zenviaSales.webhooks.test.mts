import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startSimulator } from '../../dev/kit/simulator.mts';
import type { Simulator } from '../../dev/kit/simulator.mts';
import zenviaSales, { AppCaller } from '../../dev/vendors/zenviaSales/simulator/index.mts';
import type { ZenviaSales } from '../../dev/vendors/zenviaSales/simulator/index.mts';

interface Received {
	topic: string;
	type: string;
	prospect: unknown;
	interaction?: { id: string };
	operationId: string;
	subscriptionId: string;
}

let simulator: Simulator<ZenviaSales>;
let receiver: Server;
let callbackUrl: string;
let received: Received[] = [];
let answers: number[] = [];

const subscriptions = () => simulator.vendor.subscriptions;
const idle = async () => await subscriptions().webhooks.idle();

async function subscribe(
	topics: string[],
	url = callbackUrl,
): Promise<{ status: number; id: string }> {
	const response = await fetch(
		`${simulator.url}/api/v1/notifications/subscriptions?api-key=zenvia-key`,
		{
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ topics, callbackUrl: url }),
		},
	);
	const { id } = (await response.json()) as { id: string };
	return { status: response.status, id };
}

beforeAll(async () => {
	simulator = await startSimulator(zenviaSales({ notifications: { baseWaitMs: 1 } }));
	receiver = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			received.push(JSON.parse(Buffer.concat(chunks).toString()) as Received);
			response.writeHead(answers.shift() ?? 200).end();
		});
	});
	await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
	callbackUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});

afterAll(async () => {
	receiver.close();
	await simulator.close();
});

beforeEach(() => {
	simulator.reset();
	subscriptions().settings.copies = 1;
	subscriptions().settings.envelope = 'real';
	received = [];
	answers = [];
});

describe('subscriptions', () => {
	test('are one to a group: a second one ends the first without a word', async () => {
		const first = await subscribe(['interactions']);
		const second = await subscribe(['prospects'], `${callbackUrl}/second`);
		expect([first.status, second.status]).toEqual([201, 201]);
		expect(subscriptions().active.map(({ id }) => id)).toEqual([second.id]);
	});

	test('of an unknown topic or no URL are refused', async () => {
		expect((await subscribe(['weather'])).status).toBe(400);
		expect((await subscribe(['interactions'], 'nowhere')).status).toBe(400);
		expect(subscriptions().active).toEqual([]);
	});
});

describe('notifications', () => {
	test('tell of what was subscribed to, in both envelopes', async () => {
		await subscribe(['interactions']);
		const [id = ''] = simulator.vendor.seedProspects(1);
		simulator.vendor.receiveMessage(id, { content: 'Hi' });
		await idle();
		expect(received).toMatchObject([{ topic: 'interactions', type: 'created', prospect: { id } }]);
		subscriptions().settings.envelope = 'documented';
		simulator.vendor.receiveMessage(id, { content: 'Hi' });
		await idle();
		expect(received[1]).toMatchObject({ prospect: [{ id }] });
		expect(simulator.defects).toEqual([]);
	});

	test('come again until they are taken, as one and the same', async () => {
		answers = [500, 404, 302];
		await subscribe(['prospects']);
		simulator.vendor.seedProspects(1);
		await idle();
		expect(received).toHaveLength(3);
		expect(new Set(received.map(({ operationId }) => operationId)).size).toBe(1);
	});

	test('come in several copies at once where that is asked for', async () => {
		await subscribe(['interactions']);
		subscriptions().settings.copies = 20;
		const [id = ''] = simulator.vendor.seedProspects(1);
		simulator.vendor.receiveMessage(id, { content: 'Hi' });
		await idle();
		expect(received).toHaveLength(20);
		expect(new Set(received.map(({ interaction }) => interaction?.id)).size).toBe(1);
	});

	test('of transfers, quotes and leads follow the contract', async () => {
		await subscribe(['prospects', 'quotes', 'agents', 'interactions']);
		const { vendor } = simulator;
		const [id = ''] = vendor.seedProspects(1);
		const prospect = vendor.prospects.get(id);
		const quote = vendor.quotes.create(prospect, [{ quantity: 1, price: 2 }]);
		vendor.quotes.update(prospect, quote.id, 'accepted');
		const agent = [...vendor.agents.values()][1]?.[0];
		vendor.prospects.transfer(prospect, { user: agent?.id ?? '' });
		await idle();
		const told = received.map(({ topic, type }) => `${topic} ${type}`).sort();
		expect(told).toEqual([
			'agents updated',
			'prospects created',
			'prospects updated',
			'quotes created',
			'quotes updated',
		]);
		expect(simulator.defects).toEqual([]);
	});
});

test('extension points are signed over the address without the signature', () => {
	const app = new AppCaller({
		url: 'https://x.io/app',
		appId: 'a',
		appSecret: 's',
		privateKey: 'key',
		apiKey: 'k',
	});
	// Reckoned apart, by: printf 'https://x.io/app?range=today' | openssl dgst -sha256 -hmac key
	expect(app.signed({ range: 'today' })).toBe(
		'https://x.io/app?range=today&signature=d222df0d96960d305915c9f3164928849b4c6c2d58e6d2900d9613ee14ec4d3a',
	);
});
