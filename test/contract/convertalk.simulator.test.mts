import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import convertalk, { type Convertalk } from '../../dev/vendors/convertalk/simulator/index.mts';
import { type Simulator, startSimulator } from '../../dev/kit/simulator.mts';

const token = 'convertalk-token';
const account = { botId: 'bot-1', customerId: 'customer-1' };

let sim: Simulator<Convertalk>;

beforeAll(async () => {
	sim = await startSimulator(convertalk({ pageSize: 4 }));
});
afterAll(async () => await sim.close());
beforeEach(() => sim.reset());

interface Answered {
	status: number;
	body: { success: boolean; data: Array<Record<string, unknown> & string> };
}

async function ask(path: string, init: RequestInit = {}): Promise<Answered> {
	const answer = await fetch(`${sim.url}${path}`, init);
	return { status: answer.status, body: (await answer.json()) as Answered['body'] };
}

async function page(
	number: number,
	query: object = {},
	headers: object = { 'x-bot-token': token },
) {
	const all = new URLSearchParams({ ...account, page: String(number), type: 'lead', ...query });
	return await ask(`/inbox/direct/chats?${all}`, { headers: headers as Record<string, string> });
}

const put = async (body: object, headers: object = { 'x-bp-token': token }) =>
	await ask('/inbox/direct/lead', {
		method: 'PUT',
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify(body),
	});

describe('the lists', () => {
	it('come in pages without a total, and the last one is empty', async () => {
		sim.vendor.leads.addMany(6);
		sim.vendor.leads.add();
		const pages = [await page(1), await page(2), await page(3)];
		expect(pages.map(({ body }) => body.data.length)).toEqual([4, 2, 0]);
		expect(Object.keys(pages[0]?.body ?? {}).sort()).toEqual([
			'code',
			'data',
			'message',
			'success',
		]);
		expect((await page(1, { type: 'non-lead' })).body.data).toHaveLength(1);
		expect(sim.violations()).toEqual([]);
	});

	it('can change while their pages are read', async () => {
		sim.vendor.leads.addMany(6);
		sim.vendor.leads.beforePage = (_type, number) => {
			if (number === 2) sim.vendor.leads.addMany(1);
		};
		const first = (await page(1)).body.data.map(({ uuid }) => uuid);
		const second = (await page(2)).body.data.map(({ uuid }) => uuid);
		expect(second[0]).toBe(first.at(-1));
	});

	it('are sorted as they are told to be', async () => {
		const [lead] = sim.vendor.leads.addMany(3, (n) => ({
			createdAt: n * 1000,
			updatedAt: (9 - n) * 1000,
		}));
		sim.vendor.actions.sortBy?.({ order: 'updatedDescending' });
		expect((await page(1)).body.data[0]?.uuid).toBe(lead?.uuid);
		sim.vendor.actions.sortBy?.({ order: 'createdDescending' });
		expect((await page(1)).body.data.at(-1)?.uuid).toBe(lead?.uuid);
	});
});

describe('the token', () => {
	it('is read from the header that is documented for the endpoint, or as Bearer', async () => {
		const bearer = { authorization: `Bearer ${token}`, authtype: 'Key' };
		expect((await page(1)).status).toBe(200);
		expect((await page(1, {}, bearer)).status).toBe(200);
		expect((await put({ uuid: 'u', ...account })).status).toBe(200);
		expect((await put({ uuid: 'u', ...account }, bearer)).status).toBe(200);
	});

	it('is refused with 401 elsewhere, wrong, or for another bot', async () => {
		const refused = [
			await page(1, {}, {}),
			await page(1, {}, { 'x-bp-token': token }),
			await page(1, {}, { 'x-bot-token': 'wrong' }),
			await page(1, {}, { authorization: `Bearer ${token}` }),
			await page(1, { botId: 'other' }),
			await put({ uuid: 'u', ...account, customerId: 'other' }),
		];
		expect(refused.map(({ status }) => status)).toEqual(Array(6).fill(401));
	});
});

describe('an update', () => {
	it('keeps lists as lists and answers no lead', async () => {
		const notes = [{ title: 'a', description: 'b' }];
		const answer = await put({ uuid: 'u', ...account, email: 'a@example.com', notes, tags: ['x'] });
		expect(answer.body).toEqual({ success: true, message: 'ok', code: 200 });
		const [lead] = (await page(1)).body.data;
		expect(lead).toMatchObject({ uuid: 'u', profile: { notes, userDetails: { tags: ['x'] } } });
	});

	it('says in data what is wrong', async () => {
		const { status, body } = await put({ uuid: 'u', ...account, status: 'DONE', notes: 'text' });
		expect(status).toBe(400);
		expect(body.data).toHaveLength(2);
		expect(body.data.every((sentence) => typeof sentence === 'string')).toBe(true);
	});
});
