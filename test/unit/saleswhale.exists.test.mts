import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import { SaleswhaleApi } from '../../credentials/SaleswhaleApi.credentials.ts';
import { type Simulator, startSimulator } from '../../dev/kit/simulator.mts';
import saleswhale, {
	type Saleswhale as Account,
} from '../../dev/vendors/saleswhale/simulator/index.mts';
import { Saleswhale } from '../../nodes/Saleswhale/Saleswhale.node.ts';
import { run, type RunOptions } from './engine.mts';

let sim: Simulator<Account>;

beforeAll(async () => {
	sim = await startSimulator(saleswhale());
});
afterAll(async () => await sim.close());
beforeEach(() => {
	sim.setFault(undefined);
	sim.reset();
});

type More = Partial<RunOptions> & { set?: INodeParameters };

const lead = async (operation: string, items: RunOptions['items'], { set, ...more }: More = {}) =>
	await run(
		{ node: new Saleswhale(), credential: new SaleswhaleApi() },
		{
			parameters: { resource: 'lead', operation, email: '={{ $json.email }}', ...set },
			credential: { apiKey: 'saleswhale-key', baseUrl: sim.url, requestsPerSecond: 1000 },
			items,
			...more,
		},
	);

const find = async (emails: string[], more?: More) =>
	await lead(
		'findByEmail',
		emails.map((email) => ({ email })),
		more,
	);

const create = async (ifExists: string, rows: Array<[email: string, name: string]>, more?: More) =>
	await lead(
		'create',
		rows.map(([email, name]) => ({ email, name })),
		{ ...more, set: { firstName: '={{ $json.name }}', ifExists, ...more?.set } },
	);

const asked = (operationId: string) =>
	sim.requests.filter((one) => one.operationId === operationId);
const pagesRead = () => asked('conversation.getAll').map(({ query }) => query.page);
const made = () => sim.journal.entries('lead.create');

describe('a dry run', () => {
	it('cannot know whether a lead exists that Saleswhale alone refuses, and says so', async () => {
		const rows: Array<[string, string]> = [['a@example.com', 'A']];
		const { items } = await create('skip', rows, { set: { options: { dryRun: true } } });
		const would = 'create lead a@example.com, or skip it if it is there';
		expect(items.map(({ json }) => json)).toEqual([{ dryRun: true, would }]);
		expect(made()).toEqual([]);
	});
});

describe('a lead found by its e-mail', () => {
	it('comes whole, in any case of its letters, and each item says whether it was found', async () => {
		sim.vendor.seedConversations(3);
		const { items, error } = await find(['SEED2@Example.com', 'nobody@example.com']);
		expect(error).toBeUndefined();
		expect(items.map(({ json, pairedItem }) => [json, pairedItem])).toEqual([
			[
				expect.objectContaining({
					found: true,
					first_name: 'Seed',
					last_name: '2',
					matchedBy: 'seed2@example.com',
				}),
				{ item: 0 },
			],
			[
				{
					found: false,
					email: 'nobody@example.com',
					reason:
						'No lead has "nobody@example.com". Saleswhale names only leads that are or were in a conversation.',
				},
				{ item: 1 },
			],
		]);
		expect(sim.violations()).toEqual([]);
	});

	it('costs each page once, however many are looked for, and at most one behind the last of them', async () => {
		sim.vendor.seedConversations(450);
		const emails = Array.from({ length: 60 }, (_, n) => `seed${450 - n * 5}@example.com`);
		const { items } = await find([...emails, ...emails]);
		expect(items.every(({ json }) => json.found)).toBe(true);
		expect(pagesRead()).toEqual([1, 2, 3, 4]);
	});

	it('is looked for as far as was chosen, and what was not looked at is said', async () => {
		sim.vendor.seedConversations(250);
		const { items } = await find(['seed250@example.com', 'seed1@example.com'], {
			set: { mostPages: 2 },
		});
		expect(items.map(({ json }) => json.found)).toEqual([true, false]);
		expect(items[1]?.json.reason).toContain(
			"The first 2 pages were read, and there are more: raise 'Most Pages'.",
		);
		expect(pagesRead()).toEqual([1, 2]);
		const all = await find(['nobody@example.com'], { set: { mostPages: 3 } });
		expect(all.items[0]?.json.reason).not.toContain('Most Pages');
	});

	it('was perhaps deleted since', async () => {
		sim.vendor.seedConversations(1);
		const [one] = sim.vendor.leads.byId.values();
		if (one) sim.vendor.leads.archive(one);
		const { items } = await find(['seed1@example.com']);
		expect(items[0]?.json).toEqual({
			found: false,
			reason: 'The lead with this e-mail address was deleted.',
			matchedBy: 'seed1@example.com',
		});
	});

	it('is not missing where a page cannot be read', async () => {
		sim.vendor.seedConversations(250);
		sim.setFault(({ path, query }) =>
			path.endsWith('/conversations') && query.page === 2
				? { kind: 'answer', when: 'before', answer: { status: 401, body: {} } }
				: undefined,
		);
		const { items, failed } = await find(['seed250@example.com', 'seed1@example.com', 'no@x.org'], {
			onError: 'continueErrorOutput',
		});
		expect(items.map(({ json }) => json.found)).toEqual([true]);
		expect(failed.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 2 }]);
		expect(pagesRead().filter((page) => page === 2)).toHaveLength(1);
	});

	it('is not looked for where an address is none', async () => {
		const { error } = await find(['seed1@example.com', 'no address']);
		expect(error?.message).toContain(
			'\'Email\' is "no address", which is not a valid e-mail address',
		);
		expect(sim.requests).toEqual([]);
	});
});

describe('a lead whose e-mail is taken', () => {
	const known = 'seed1@example.com';

	it('fails as before where nothing is chosen', async () => {
		sim.vendor.seedLeads(1);
		const { error } = await create('fail', [[known, 'Ana']]);
		expect(error?.message).toContain('Email has already been taken');
		expect(error?.description).toContain("set 'If It Exists' to Skip or Update");
	});

	it('is skipped, and asked for no more', async () => {
		sim.vendor.seedLeads(1);
		const { items, error } = await create('skip', [
			[known, 'Ana'],
			['new@example.com', 'Bea'],
			[known.toUpperCase(), 'Ana'],
			['NEW@example.com', 'Bea'],
		]);
		expect(error).toBeUndefined();
		const id = items[1]?.json.id;
		expect(items.map(({ json }) => json)).toEqual([
			{ skipped: true, reason: `There is a lead with "${known}".` },
			expect.objectContaining({ email: 'new@example.com' }),
			{ skipped: true, reason: `There is a lead with "${known.toUpperCase()}".` },
			{ skipped: true, reason: 'There is a lead with "NEW@example.com".', id },
		]);
		expect(asked('lead.create')).toHaveLength(2);
		expect(pagesRead()).toEqual([]);
	});

	it('keeps the warning about a lead owner to those who were created', async () => {
		sim.vendor.seedLeads(1);
		const { items } = await create('skip', [[known, 'Ana']], {
			set: { additionalFields: { leadOwnerId: { __rl: true, mode: 'id', value: '4430' } } },
		});
		expect(items[0]?.json).not.toHaveProperty('warning');
	});

	it('is found in the conversations and updated, in the order of the items', async () => {
		sim.vendor.seedConversations(120);
		const { items, error } = await create('update', [
			[known, 'First'],
			['new@example.com', 'Bea'],
			[known, 'Second'],
			['new@example.com', 'Cleo'],
			[known, 'Last'],
		]);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => [json.first_name, json.updated])).toEqual([
			['First', true],
			['Bea', undefined],
			['Second', true],
			['Cleo', true],
			['Last', true],
		]);
		expect(sim.vendor.leads.byId.get(Number(items[0]?.json.id))?.first_name).toBe('Last');
		expect(asked('lead.create')).toHaveLength(2);
		expect(pagesRead()).toEqual([1, 2]);
		expect(sim.violations()).toEqual([]);
	});

	it('and was in no conversation cannot be updated, which is said', async () => {
		sim.vendor.seedLeads(1);
		const { error } = await create('update', [[known, 'Ana']], { set: { mostPages: 1 } });
		expect(error?.message).toContain(
			`'Email' is "${known}", which a lead has whose ID was not found.`,
		);
		expect(error?.message).toContain('only leads that are or were in a conversation');
		expect(error?.message).toContain('Update it by its ID.');
	});

	it('is what the vendor says, and nothing else that it refuses', async () => {
		sim.setFault(() => ({
			kind: 'answer',
			when: 'before',
			answer: {
				status: 422,
				body: { errors: [{ id: '1', message: 'CRM object has already been taken', status: 'x' }] },
			},
		}));
		const { error } = await create('skip', [['a@example.com', 'Ana']]);
		expect(error?.message).toContain('CRM object has already been taken');
	});

	it('is created once by two runs at once, and by a list that runs again', async () => {
		const rows = Array.from({ length: 12 }, (_, n): [string, string] => [
			`p${n % 6}@example.com`,
			'Ana',
		]);
		const both = await Promise.all([create('skip', rows), create('skip', [...rows].reverse())]);
		await create('skip', rows);
		expect(both.map(({ error }) => error)).toEqual([undefined, undefined]);
		expect(made()).toHaveLength(6);
	});

	it('is created once where nobody knows whether it was', async () => {
		let count = 0;
		sim.setFault(({ operationId }) =>
			operationId === 'lead.create' && count++ === 0 ? { kind: 'drop', when: 'after' } : undefined,
		);
		const rows: Array<[string, string]> = [
			['a@example.com', 'Ana'],
			['a@example.com', 'Ana'],
		];
		const { items } = await create('skip', rows, { onError: 'continueRegularOutput' });
		expect(items[0]?.json.error).toContain('may have worked');
		expect(items[1]?.json).toMatchObject({ skipped: true });
		expect(made()).toHaveLength(1);
	});
});

describe('1,000 rows of 400 people, 200 of whom were there before', () => {
	const rows = Array.from({ length: 1000 }, (_, n): [string, string] => [
		`seed${(n % 400) + 1}@example.com`,
		'Ana',
	]);

	it('make 200 leads, also when the run is cut off half way and runs again', async () => {
		sim.vendor.seedLeads(200);
		const ending = new AbortController();
		sim.setFault(({ operationId }) => {
			if (operationId === 'lead.create' && asked('lead.create').length > 300) ending.abort();
			return undefined;
		});
		await create('skip', rows, { cancel: ending.signal });
		// Those on their way when it was cut off may still arrive.
		expect(made().length).toBeLessThan(400);
		sim.setFault(undefined);
		const { items, error } = await create('skip', rows);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1000);
		expect(made()).toHaveLength(400);
		expect(sim.vendor.leads.byId.size).toBe(400);
		const before = asked('lead.create').length;
		const again = await create('skip', rows);
		expect(again.items.every(({ json }) => json.skipped)).toBe(true);
		expect(asked('lead.create').length - before).toBe(400);
		expect(pagesRead()).toEqual([]);
	});
});
