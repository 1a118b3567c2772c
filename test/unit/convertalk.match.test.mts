import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import { ConvertalkApi } from '../../credentials/ConvertalkApi.credentials.ts';
import { type Simulator, startSimulator } from '../../dev/kit/simulator.mts';
import convertalk, {
	type Convertalk as Account,
} from '../../dev/vendors/convertalk/simulator/index.mts';
import { Convertalk } from '../../nodes/Convertalk/Convertalk.node.ts';
import { storedPhone } from '../../nodes/Convertalk/resources/leadPhone.ts';
import { run, type RunOptions } from './engine.mts';
import { answer, closeServers, serve } from './server.mts';

let sim: Simulator<Account>;

beforeAll(async () => {
	sim = await startSimulator(convertalk({ pageSize: 10 }));
});
afterAll(async () => await sim.close());
beforeEach(() => {
	sim.setFault(undefined);
	sim.reset();
});

/** Writes the item's `name` to the lead that has what is in its `who`. */
const write = async (
	by: string,
	rows: Array<{ who: string; name: string }>,
	{ set, ...more }: Partial<RunOptions> & { set?: INodeParameters } = {},
) =>
	await run(
		{ node: new Convertalk(), credential: new ConvertalkApi() },
		{
			typeVersion: 1.1,
			parameters: {
				resource: 'lead',
				operation: 'upsert',
				matchBy: by,
				[by === 'email' ? 'matchEmail' : 'matchPhone']: '={{ $json.who }}',
				fields: { name: '={{ $json.name }}' },
				...set,
			},
			credential: {
				token: 'convertalk-token',
				botId: 'bot-1',
				customerId: 'customer-1',
				baseUrl: sim.url,
			},
			items: rows,
			...more,
		},
	);

const asked = (operationId: string) =>
	sim.requests.filter((one) => one.operationId === operationId);
const pagesRead = () => asked('lead.getAll').map(({ query }) => Number(query.page));

/** A lead whose phone is stored as the vendor may store it. */
function withPhone(number: string, prefix: string): string {
	const { uuid } = sim.vendor.leads.add({ name: 'Ana' });
	sim.vendor.leads.change(uuid, ({ profile }) => {
		profile.userDetails.contact.phone = { number, prefix };
	});
	return uuid;
}

it('A lead that is open counts before a closed one whose phone is spelled as it was entered', async () => {
	const closed = withPhone('5511987654321', '');
	sim.vendor.leads.change(closed, (lead) => (lead.status = 'CLOSED'));
	const open = withPhone('551187654321', '');
	const { items, error } = await write('phone', [{ who: '+55 11 98765-4321', name: 'Bea' }]);
	expect(error).toBeUndefined();
	expect(items[0]?.json).toMatchObject({ uuid: open });
});

describe('a lead told by its e-mail', () => {
	it('is written to, each page read once for all items, in their order', async () => {
		const leads = sim.vendor.leads.addMany(35);
		const rows = [
			{ who: 'LEAD3@example.com', name: 'First' },
			{ who: 'lead30@example.com', name: 'Other' },
			{ who: 'lead3@example.com', name: 'Last' },
		];
		const { items, error } = await write('email', rows);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json)).toEqual([
			{ uuid: leads[2]?.uuid, success: true, matchedBy: 'lead3@example.com' },
			{ uuid: leads[29]?.uuid, success: true, matchedBy: 'lead30@example.com' },
			{ uuid: leads[2]?.uuid, success: true, matchedBy: 'lead3@example.com' },
		]);
		const names = sim.vendor.leads.byUuid.get(leads[2]?.uuid ?? '')?.profile.userDetails.name;
		expect(names).toBe('Last');
		expect(pagesRead()).toEqual([1, 2, 3, 4, 5]);
		expect(asked('lead.getAll').every(({ query }) => query.type === 'lead')).toBe(true);
		expect(sim.violations()).toEqual([]);
	});

	it('is found where somebody writes while the list is read, which moves what changes to its front', async () => {
		const leads = sim.vendor.leads.addMany(35, (n) => ({ createdAt: Date.now() - 60_000 - n }));
		const [behind, last] = [leads[25], leads[34]].map((lead) => String(lead?.uuid));
		sim.vendor.leads.beforePage = (_type, page) => {
			if (page !== 2 && page !== 4) return;
			sim.vendor.leads.change(String(page === 2 ? behind : last), (lead) => (lead.status = 'OPEN'));
			if (page === 4) sim.vendor.leads.beforePage = undefined;
		};
		const rows = [
			{ who: 'lead26@example.com', name: 'Moved' },
			{ who: 'lead35@example.com', name: 'Moved, too' },
			{ who: 'lead1@example.com', name: 'Other' },
		];
		const { items, error } = await write('email', rows);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.uuid)).toEqual([behind, last, leads[0]?.uuid]);
		// To the empty page after the last, and the front of the list once more.
		expect(pagesRead()).toEqual([1, 2, 3, 4, 5, 1]);
	});

	it('that nobody has stops all before the first is sent, or is skipped', async () => {
		sim.vendor.leads.addMany(1);
		const rows = ['lead1@example.com', 'nobody@example.com'].map((who) => ({ who, name: 'Bea' }));
		const { error } = await write('email', rows);
		expect(error?.message).toContain(
			`'Email to Match' is "nobody@example.com", which no lead has.`,
		);
		expect(asked('lead.upsert')).toEqual([]);
		const { items } = await write('email', rows, { set: { ifNotFound: 'skip' } });
		expect(items[0]?.json).toMatchObject({ success: true });
		expect(items[1]?.json).toEqual({
			skipped: true,
			reason: 'No lead has "nobody@example.com".',
		});
		expect(sim.vendor.leads.byUuid.size).toBe(1);
	});

	it('is none of several whose chats are open, and the open one of others', async () => {
		const [first, second] = [1, 2].map((n) =>
			sim.vendor.leads.add({ name: `Ana ${n}`, email: 'ana@example.com' }),
		);
		const row = [{ who: 'ana@example.com', name: 'Bea' }];
		const { error } = await write('email', row);
		expect(error?.message).toContain('which several leads have');
		for (const lead of [first, second]) expect(error?.message).toContain(lead?.uuid);
		expect(error?.message).toContain('(Ana 1, OPEN)');
		expect(error?.message).toContain("set 'Match By' to Chat ID");
		expect(asked('lead.upsert')).toEqual([]);
		sim.vendor.leads.change(first?.uuid ?? '', (lead) => (lead.status = 'CLOSED'));
		const { items } = await write('email', row);
		expect(items[0]?.json.uuid).toBe(second?.uuid);
	});

	it.each([
		['', 'is empty'],
		['ana', 'is "ana", which is not a valid e-mail address'],
	])('%j is refused before anything is asked', async (who, why) => {
		const { error } = await write('email', [{ who, name: 'Bea' }]);
		expect(error?.message).toContain(`'Email to Match' ${why}`);
		expect(sim.requests).toEqual([]);
	});

	it('cannot be read where the list is refused, which says what to look at', async () => {
		const { error } = await write('email', [{ who: 'ana@example.com', name: 'Bea' }], {
			credential: { token: 'no', botId: 'bot-1', customerId: 'customer-1', baseUrl: sim.url },
		});
		expect(error?.description).toContain('check Token, Bot ID and Customer ID');
		expect(asked('lead.upsert')).toEqual([]);
	});
});

describe('a lead told by its phone', () => {
	it.each([
		['as it is', '11987654321', '55'],
		['with its own plus', '+5511987654321', '55'],
		['with its own plus and nothing beside it', '+5511987654321', ''],
		['without the ninth digit', '1187654321', '+55'],
		['with the national 0', '011987654321', '55'],
	])('is found where it is stored %s', async (_, number, prefix) => {
		sim.vendor.leads.addMany(3);
		const uuid = withPhone(number, prefix);
		const { items, error } = await write('phone', [{ who: '+55 (11) 98765-4321', name: 'Bea' }]);
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ uuid, success: true });
	});

	it('may be entered without its country code where a country is chosen', async () => {
		const uuid = withPhone('11987654321', '55');
		const { items } = await write('phone', [{ who: '(11) 98765-4321', name: 'Bea' }], {
			set: { defaultCountry: 'BR' },
		});
		expect(items[0]?.json).toMatchObject({ uuid, matchedBy: '+5511987654321' });
	});

	it('is refused without one', async () => {
		const { error } = await write('phone', [{ who: '07911 123456', name: 'Bea' }]);
		expect(error?.message).toContain("'Phone to Match' holds");
		expect(sim.requests).toEqual([]);
	});
});

describe('a stored phone', () => {
	it.each([
		['5511987654321', '+55', '+5511987654321'],
		['07911123456', '44', '+447911123456'],
		['+33612345678', '44', '+33612345678'],
		['', '55', undefined],
		[undefined, undefined, undefined],
		['12345', '', undefined],
	])('%s with %s is %s', (number, prefix, e164) => {
		expect(storedPhone(prefix, number)).toBe(e164);
	});
});

describe('a lead told by its chat', () => {
	it('is written to as before, without a look', async () => {
		const [lead] = sim.vendor.leads.addMany(1);
		const { items } = await write('chatId', [{ who: '', name: 'Bea' }], {
			set: { uuid: lead?.uuid ?? '' },
		});
		expect(items[0]?.json).toEqual({ uuid: lead?.uuid, success: true });
		expect(sim.requests).toHaveLength(1);
	});

	it.each([
		'n/a',
		'-',
		'0',
		'FALSE',
		'unknown',
		'Ana Souza',
		'ana@example.com',
		"'u-1'",
		'[u-1]',
		'{u-1}',
	])('of which a column says %p makes no lead out of three people', async (who) => {
		const rows = ['Ana', 'Bea', 'Zoe'].map((name) => ({ who, name }));
		const set = { uuid: { __rl: true, mode: 'id', value: '={{ $json.who }}' } };
		const { error } = await write('chatId', rows, { set });
		expect(error?.message).toBe(`'Chat' is "${who}", which is not a valid ID (items 0, 1 and 2)`);
		expect(sim.requests).toEqual([]);
	});
});

describe('a retry', () => {
	afterEach(closeServers);

	/** Each token has a lead with the same e-mail address in each bot: its UUID, by their numbers. */
	const uuidOf = (token: unknown, bot: unknown) =>
		`chat-${String(token).slice('token-'.length)}-${String(bot).slice('bot-'.length)}`;

	it.each([
		['bots', { token: 'token-1', botId: '={{ $json.bot }}' }],
		['keys', { token: '={{ $json.token }}', botId: 'bot-1' }],
	])('shares no look-up between %s', async (_, own) => {
		const refused = new Set<string>();
		const written: unknown[] = [];
		const server = await serve((received, response, { headers }) => {
			const token = headers['x-bot-token'];
			if (received.method === 'PUT') {
				const { uuid, botId } = received.body as { uuid: string; botId: string };
				written.push([uuid, uuidOf(token, botId)]);
				return { success: true };
			}
			const uuid = uuidOf(token, received.query.get('botId'));
			// The first item's list is not to be had in the first try, so that n8n makes another one.
			if (uuid === uuidOf('token-1', 'bot-1') && !refused.has(uuid)) {
				refused.add(uuid);
				return answer(403, { message: 'Not now' })(received, response, {} as never);
			}
			const contact = { email: 'ana@example.com' };
			const lead = { _id: uuid, uuid, status: 'OPEN', profile: { userDetails: { contact } } };
			return { success: true, data: received.query.get('page') === '1' ? [lead] : [] };
		});
		const isOfBots = own.token === 'token-1';
		const rows = [1, 2].map((n) => ({
			...{ who: 'ana@example.com', name: 'Ana' },
			...(isOfBots ? { bot: `bot-${n}` } : { token: `token-${n}` }),
		}));
		const { items } = await write('email', rows, {
			credential: { ...own, customerId: 'customer-1', baseUrl: server.url },
			...{ onError: 'continueRegularOutput', maxTries: 2 },
		});
		const [first, second] = isOfBots
			? [uuidOf('token-1', 'bot-1'), uuidOf('token-1', 'bot-2')]
			: [uuidOf('token-1', 'bot-1'), uuidOf('token-2', 'bot-1')];
		expect([...refused]).toEqual([first]);
		expect(items.map(({ json }) => json.success)).toEqual([true, true]);
		expect(written).toEqual([
			[second, second],
			[first, first],
		]);
	});
});
