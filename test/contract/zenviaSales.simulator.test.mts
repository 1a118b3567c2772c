import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startSimulator } from '../../dev/kit/simulator.mts';
import type { Simulator } from '../../dev/kit/simulator.mts';
import zenviaSales from '../../dev/vendors/zenviaSales/simulator/index.mts';
import type { ZenviaSales } from '../../dev/vendors/zenviaSales/simulator/index.mts';

interface Got<T> {
	status: number;
	headers: Headers;
	body: T;
}

const DAY_MS = 86_400_000;
const lead = {
	utmSource: 'test',
	firstName: 'Ana',
	phones: ['+54 9 11 4552 0371'],
	emails: ['ana@example.com'],
};
let simulator: Simulator<ZenviaSales>;

async function ask<T = Record<string, unknown>>(
	method: string,
	path: string,
	body?: object,
	key = 'zenvia-key',
): Promise<Got<T>> {
	const url = new URL(`${simulator.url}/api/v1${path}`);
	url.searchParams.set('api-key', key);
	const isForm = body instanceof FormData;
	const response = await fetch(url, {
		method,
		...(body && { body: isForm ? body : JSON.stringify(body) }),
		...(body && !isForm && { headers: { 'content-type': 'application/json' } }),
	});
	const text = await response.text();
	return {
		status: response.status,
		headers: response.headers,
		body: (text === '' ? undefined : JSON.parse(text)) as T,
	};
}

const createLead = async () => (await ask<{ id: string }>('POST', '/lead/retail', lead)).body.id;

beforeAll(async () => {
	simulator = await startSimulator(zenviaSales());
});
beforeEach(() => {
	simulator.reset();
	simulator.change({ limit: undefined });
});
afterAll(async () => await simulator.close());

describe('leads', () => {
	test('join the prospect that shares a phone number or an e-mail', async () => {
		const first = await ask<{ id: string; merged: boolean; leads: object[] }>(
			'POST',
			'/lead/retail',
			lead,
		);
		const byPhone = await ask<typeof first.body>('POST', '/lead/vehicle', {
			utmSource: 'other',
			phones: ['5491145520371'],
		});
		const byEmail = await ask<typeof first.body>('POST', '/lead/retail', {
			utmSource: 'other',
			emails: ['ANA@example.com'],
		});
		const stranger = await ask<typeof first.body>('POST', '/lead/retail', {
			utmSource: 'other',
			emails: ['bob@example.com'],
		});
		expect(first.body.merged).toBe(false);
		expect([byPhone.body.id, byEmail.body.id]).toEqual([first.body.id, first.body.id]);
		expect(byEmail.body.merged).toBe(true);
		expect(byEmail.body.leads).toHaveLength(3);
		expect(stranger.body.id).not.toBe(first.body.id);
		expect(simulator.counts.violations).toBe(0);
	});

	test('need a phone number or an e-mail', async () => {
		const answer = await ask('POST', '/lead/retail', { utmSource: 'test' });
		expect(answer.status).toBe(400);
		expect(simulator.counts.violations).toBe(1);
	});
});

describe('lists', () => {
	const list = async (query: string) =>
		await ask<Array<{ id: string; createdAt: string }>>('GET', `/prospects/interactions?${query}`);
	const span = (from: number, to: number) =>
		`createdAfter=${new Date(from).toISOString()}&createdBefore=${new Date(to).toISOString()}`;

	test('refuse more than 31 days, and a start after the end', async () => {
		const now = Date.now();
		expect((await list(span(now - 31 * DAY_MS, now))).status).toBe(200);
		expect((await list(span(now - 31 * DAY_MS - 1, now))).status).toBe(400);
		expect((await list(span(now, now - DAY_MS))).status).toBe(400);
		expect((await list(`createdAfter=${new Date(now - 32 * DAY_MS).toISOString()}`)).status).toBe(
			400,
		);
		expect((await list(`createdAfter=${new Date(now - 30 * DAY_MS).toISOString()}`)).status).toBe(
			200,
		);
	});

	test('give the last 31 days where nothing is said, and 5,000 at most', async () => {
		simulator.vendor.seedInteractions({ count: 12_000 });
		const bare = (await list('')).body;
		expect(bare.every(({ createdAt }) => Date.parse(createdAt) > Date.now() - 32 * DAY_MS)).toBe(
			true,
		);
		expect(bare.length).toBeGreaterThan(900);
		expect((await list('limit=9000')).body).toHaveLength(5_000);
		expect((await list('limit=10')).body).toHaveLength(10);
	});

	test('page backwards by cursor: a year of 100,000, none twice, none missing', async () => {
		const started = performance.now();
		simulator.vendor.seedInteractions({ count: 100_000 });
		expect(performance.now() - started).toBeLessThan(100);
		const ids: string[] = [];
		for (let query = 'limit=5000'; ; query = `limit=5000&before=${ids.at(-1) ?? ''}`) {
			const { body } = await list(query);
			if (body.length === 0) break;
			for (const { id } of body) ids.push(id);
		}
		expect(new Set(ids).size).toBe(100_000);
		expect(ids).toEqual([...ids].sort().reverse());
	});

	test('are the same by windows of 31 days', async () => {
		const now = Date.now();
		simulator.vendor.seedInteractions({ count: 5_000 });
		const ids = new Set<string>();
		for (let end = now; end > now - 366 * DAY_MS; end -= 31 * DAY_MS) {
			for (const { id } of (await list(span(end - 31 * DAY_MS, end))).body) ids.add(id);
		}
		expect(ids.size).toBe(5_000);
	});

	test('filter by via, status and cursor', async () => {
		simulator.vendor.seedInteractions({
			count: 50,
			from: new Date(Date.now() - DAY_MS).toISOString(),
		});
		const emails = (await list('via=email&limit=100')).body;
		expect(emails).toHaveLength(10);
		expect((await list('via=email,whatsApp&limit=100')).body).toHaveLength(30);
		const third = emails[2]?.id ?? '';
		expect((await list(`via=email&limit=100&after=${third}`)).body).toEqual(emails.slice(0, 2));
	});

	test('find prospects by additional data and agent', async () => {
		const id = await createLead();
		await ask('PATCH', `/prospect/${id}/additionalData`, { finance: 12 });
		const find = async (query: string) =>
			(await ask<object[]>('GET', `/prospects?${query}`)).body.length;
		expect(await find('additionalData[]=finance>=12')).toBe(1);
		expect(await find('additionalData[]=finance>12')).toBe(0);
		expect(await find('withAgent=true')).toBe(0);
		expect(await find('search=ana')).toBe(1);
	});
});

describe('keys', () => {
	test('without the scope are refused, and named it', async () => {
		const [, sales] = simulator.vendor.groups;
		if (!sales) throw new Error('no group');
		simulator.vendor.keys.add({ key: 'reader', group: sales, scopes: ['prospects:read'] });
		const refused = await ask('POST', '/lead/retail', lead, 'reader');
		expect(refused.status).toBe(403);
		expect(refused.body['message']).toContain('need leads:write');
		simulator.vendor.keys.grant('reader', 'leads:write');
		const { status, body } = await ask('POST', '/lead/retail', lead, 'reader');
		expect(status).toBe(200);
		expect(body).not.toHaveProperty('additionalData');
		expect((await ask('GET', '/integration', undefined, 'wrong')).status).toBe(403);
	});

	test('without an acting user are in conflict', async () => {
		const id = await createLead();
		const [, sales] = simulator.vendor.groups;
		if (!sales) throw new Error('no group');
		simulator.vendor.keys.add({ key: 'nobody', group: sales });
		const archive = { archivingReason: 'inactive' };
		expect((await ask('POST', `/prospect/${id}/as-user/archive`, archive, 'nobody')).status).toBe(
			409,
		);
		const done = await ask('POST', `/prospect/${id}/as-user/archive`, archive);
		expect(done.body).toMatchObject({ status: 'archived', archivingReason: 'inactive' });
	});

	test('are held to the limit, with the three headers', async () => {
		simulator.change({
			limit: { kind: 'fixed', requests: 2, windowMs: 60_000, rateLimitHeaders: true },
		});
		const answers = [
			await ask('GET', '/groups'),
			await ask('GET', '/groups'),
			await ask('GET', '/groups'),
		];
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
		const headers = answers[2]?.headers;
		expect(headers?.get('x-ratelimit-limit')).toBe('2');
		expect(headers?.get('x-ratelimit-remaining')).toBe('0');
		expect(Number(headers?.get('x-ratelimit-reset'))).toBeGreaterThan(Date.now() / 1000);
	});
});

describe('messages', () => {
	test('are free for 24 hours after the contact wrote; templates go at any time', async () => {
		const id = await createLead();
		const hello = { content: 'Hello' };
		const closed = await ask('POST', `/prospect/${id}/messaging/whatsapp`, hello);
		expect(closed.status).toBe(400);
		const template = await ask<Array<{ output: { message: { content: string } } }>>(
			'POST',
			`/prospect/${id}/messaging/whatsapp/notification`,
			{ key: 'welcome' },
		);
		expect(template.body[0]?.output.message.content).toBe(
			'Hello Ana, thank you for writing to us.',
		);
		simulator.vendor.receiveMessage(id, { content: 'Hi' });
		expect((await ask('POST', `/prospect/${id}/messaging/whatsapp`, hello)).status).toBe(200);
		expect((await ask('POST', `/prospect/${id}/messaging/facebook`, hello)).status).toBe(400);
		simulator.vendor.prospects.get(id).whatsAppDueAt = new Date(Date.now() - 1).toISOString();
		expect((await ask('POST', `/prospect/${id}/messaging/whatsapp`, hello)).status).toBe(400);
	});

	test('need the variables of their template, without line breaks', async () => {
		const id = await createLead();
		const path = `/prospect/${id}/messaging/whatsapp/notification`;
		const send = async (parameters: object) =>
			await ask('POST', path, { key: 'appointment', parameters });
		expect((await send({ date: 'Monday' })).status).toBe(400);
		expect((await send({ date: 'Monday', place: 'our\nshop' })).status).toBe(400);
		expect((await send({ date: 'Monday', place: 'our shop' })).status).toBe(200);
		expect((await ask('POST', path, { key: 'unknown' })).status).toBe(404);
	});

	test('keep the bytes of files', async () => {
		const id = await createLead();
		simulator.vendor.receiveMessage(id);
		const bytes = Buffer.from([0, 1, 2, 255, 13, 10]);
		const form = new FormData();
		form.append('file', new File([bytes], 'photo.jpg', { type: 'image/jpeg' }));
		const sent = await ask<object[]>('POST', `/prospect/${id}/messaging/whatsapp/send-file`, form);
		expect(sent.status).toBe(200);
		expect(simulator.vendor.messages.files).toEqual([
			{ prospectId: id, channel: 'whatsapp', name: 'photo.jpg', type: 'image/jpeg', bytes },
		]);
	});
});

test('an unknown prospect is 404, with an empty body where a note is added', async () => {
	const unknown = 'a'.repeat(24);
	expect((await ask('GET', `/prospect/${unknown}`)).body).toHaveProperty('code', 'NOT_FOUND');
	const note = await ask('POST', `/prospect/${unknown}/interactions`, {
		type: 'note',
		content: 'x',
	});
	expect(note).toMatchObject({ status: 404, body: undefined });
	expect((await ask('GET', '/prospect/short')).status).toBe(400);
});

test('every operation of a prospect, group and list answers within the contract', async () => {
	const id = await createLead();
	const [, sales] = simulator.vendor.groups;
	const agent = simulator.vendor.agents.get(sales?.id ?? '')?.[1];
	const quote = (
		await ask<{ id: string }>('POST', `/prospect/${id}/quotes`, {
			items: [{ quantity: 2, price: 10 }],
		})
	).body;
	const note = (
		await ask<Array<{ id: string }>>('POST', `/prospect/${id}/interactions`, {
			type: 'note',
			content: 'A note',
		})
	).body[0];
	const calls: Array<[string, string, object?]> = [
		['GET', `/prospect/${id}`],
		['PATCH', `/prospect/${id}`, { lastName: 'Díaz', label: 'hot' }],
		['GET', `/prospect/${id}/prospectAdditionalFields`],
		['GET', `/prospect-by?email=ana@example.com`],
		['POST', `/prospect/${id}/transfer`, { group: sales?.id }],
		['POST', `/prospect/${id}/as-user/transfer`, { user: agent?.id }],
		['POST', `/prospect/${id}/as-user/label`, { label: 'warm' }],
		['POST', `/prospect/${id}/csat`, { result: 5 }],
		['GET', `/prospect/${id}/orders`],
		['GET', `/contacts/selection/s1?offset=0&limit=10`],
		['GET', `/prospect/${id}/interactions`],
		['GET', `/prospect/${id}/interaction/${note?.id ?? ''}`],
		['PUT', `/prospect/${id}/interaction/${note?.id ?? ''}`, { type: 'message', status: 'read' }],
		['GET', '/messaging/channels'],
		['GET', `/prospect/${id}/messaging/channels`],
		['GET', '/prospects/quotes'],
		['GET', `/prospect/${id}/quotes`],
		['GET', `/prospect/${id}/quote/${quote.id}`],
		['PUT', `/prospect/${id}/quote/${quote.id}`, { status: 'accepted' }],
		['GET', '/groups'],
		['GET', `/group/${sales?.id ?? ''}`],
		['GET', `/group/${sales?.id ?? ''}/agents/online?availableAgents=true`],
		['GET', `/groups/${sales?.id ?? ''}/is-working`],
		['POST', `/groups/${sales?.id ?? ''}/response-time`],
		['GET', `/agents?group=${sales?.id ?? ''}`],
		['GET', `/agents/${agent?.id ?? ''}/is-working`],
		['POST', `/agents/${agent?.id ?? ''}/response-time`],
		['GET', '/as-user/transfer'],
		['GET', '/checkCredentials'],
		['GET', '/integration'],
		['GET', '/integrations'],
		['GET', '/notifications/topics'],
		['GET', '/as-user/archiving-reasons'],
		['GET', '/archiving-reasons?agent=a'],
		['GET', '/as-user/labels'],
		['GET', '/leads/categories'],
		['GET', '/leads/defaults'],
		['GET', '/industries'],
		['DELETE', `/prospect/${id}`],
	];
	const statuses: Record<string, number> = {};
	for (const [method, path, body] of calls)
		statuses[`${method} ${path}`] = (await ask(method, path, body)).status;
	expect(Object.entries(statuses).filter(([, status]) => status !== 200)).toEqual([]);
	expect(simulator.violations()).toEqual([]);
	expect(simulator.defects).toEqual([]);
});
