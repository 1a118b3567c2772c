import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import type { RunOptions } from './engine.mts';
import { SalesflowSetup } from './salesflow.setup.mts';

const salesflow = new SalesflowSetup();

type More = Partial<RunOptions> & { set?: INodeParameters };

/** Imports each profile into a campaign, the first if none is said. */
const importAll = async (
	ifExists: string | undefined,
	who: readonly string[],
	{ set, ...more }: More = {},
) =>
	await salesflow.run(
		{
			resource: 'contact',
			operation: 'import',
			campaignId: { __rl: true, mode: 'id', value: String(salesflow.campaignId) },
			linkedInUrl: '={{ $json.who }}',
			additionalFields: { firstName: '={{ "Ana" + $itemIndex }}' },
			...(ifExists !== undefined && { ifExists }),
			...set,
		},
		{ typeVersion: 1.1, items: who.map((one) => ({ who: one })), ...more },
	);

const profile = (identifier: string) => `https://www.linkedin.com/in/${identifier}/`;
const asked = (operationId: string) =>
	salesflow.sim.requests.filter((one) => one.operationId === operationId).length;

describe('a profile that the account has', () => {
	it('is imported once more, as before, where nothing is chosen', async () => {
		salesflow.sim.vendor.seedContacts(1);
		await importAll(undefined, [profile('person-1')]);
		expect([asked('contact.lookup'), asked('contact.import')]).toEqual([0, 1]);
	});

	it('is skipped, 20 looked up with a request', async () => {
		salesflow.sim.vendor.seedContacts(50);
		const who = Array.from({ length: 100 }, (_, n) => profile(`Person-${n + 1}`));
		const { items, error } = await importAll('skip', who);
		expect(error).toBeUndefined();
		expect(items.filter(({ json }) => json.skipped)).toHaveLength(50);
		expect(items[0]?.json).toEqual({
			skipped: true,
			reason: 'There is a contact with "Person-1".',
			MemberId: 46875434,
		});
		expect(items[99]?.json).toMatchObject({ PublicIdentifier: 'Person-100' });
		expect([asked('contact.lookup'), asked('contact.import')]).toEqual([5, 50]);
		expect(salesflow.sim.violations()).toEqual([]);
	});

	it('is skipped where several campaigns have it', async () => {
		const [first = 0, second = 0] = salesflow.sim.vendor.campaigns.keys();
		for (const campaign of [first, second])
			salesflow.sim.vendor.contacts.import(campaign, 'twice', {});
		const { items } = await importAll('skip', [profile('twice')]);
		expect(items[0]?.json).toMatchObject({ skipped: true });
		const { error } = await importAll('update', [profile('twice')]);
		expect(error?.message).toContain('which several contacts have: 46875434, 46875435.');
		expect(error?.message).toContain('Change one of them with Contact: Update');
	});

	it('is updated, and what cannot be is named', async () => {
		salesflow.sim.vendor.seedContacts(1);
		const { items, error } = await importAll('update', [profile('person-1'), profile('new')], {
			set: { additionalFields: { firstName: 'Ana', custom1: 'Webinar' } },
		});
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({
			FirstName: 'Ana',
			LastName: '1',
			updated: true,
			warning: 'Salesflow cannot update these fields of a contact: custom1.',
		});
		expect(items[1]?.json).not.toHaveProperty('updated');
		expect(items[1]?.json).toMatchObject({ PublicIdentifier: 'new', FirstName: 'Ana' });
	});

	it('is named in a dry run, with what cannot be updated, and nothing is imported', async () => {
		salesflow.sim.vendor.seedContacts(1);
		const [campaign] = salesflow.sim.vendor.campaigns.keys();
		const who = [profile('person-1'), profile('new'), profile('new')];
		const { items, error } = await importAll('update', who, {
			set: {
				options: { dryRun: true },
				additionalFields: { firstName: 'Ana', custom1: 'Webinar' },
			},
		});
		expect(error).toBeUndefined();
		const warning = 'Salesflow cannot update these fields of a contact: custom1.';
		const would = (what: string) => ({ dryRun: true, would: what });
		expect(items.map(({ json }) => json)).toEqual([
			{ ...would('update contact person-1'), warning },
			would(`add contact to campaign ${campaign}: https://linkedin.com/in/new`),
			{ ...would('update contact new'), warning },
		]);
		expect([asked('contact.lookup'), asked('contact.import'), asked('contact.update')]).toEqual([
			1, 0, 0,
		]);
	});

	it('is skipped where there is nothing to change', async () => {
		salesflow.sim.vendor.seedContacts(1);
		const { items } = await importAll('update', [profile('person-1')], {
			set: { additionalFields: {} },
		});
		expect(items[0]?.json).toMatchObject({
			skipped: true,
			reason: 'There is a contact with "person-1", and nothing of it is to be changed.',
		});
		expect(asked('contact.update')).toBe(0);
	});

	it('is skipped with a word on what cannot be changed, where that is all that the item has', async () => {
		salesflow.sim.vendor.seedContacts(1);
		const warning = 'Salesflow cannot update these fields of a contact: custom1.';
		for (const dryRun of [true, false]) {
			const { items } = await importAll('update', [profile('person-1')], {
				set: { additionalFields: { custom1: 'Webinar' }, options: { dryRun } },
			});
			const reason = 'There is a contact with "person-1", and nothing of it is to be changed.';
			expect(items[0]?.json).toMatchObject({ reason, warning });
		}
	});

	it('is told by the letters that people read', async () => {
		salesflow.sim.vendor.contacts.import(salesflow.campaignId, 'jo%C3%A3o', {});
		const { items } = await importAll('skip', [profile('joão'), profile('jo%C3%A3o')]);
		expect(items.map(({ json }) => json.reason)).toEqual([
			'There is a contact with "joão".',
			'There is a contact with "joão".',
		]);
	});

	it('fails all rows before the first is sent', async () => {
		salesflow.sim.vendor.seedContacts(1);
		const { error } = await importAll('fail', [profile('new'), profile('person-1')]);
		expect(error?.message).toContain(
			`'LinkedIn URL' is "person-1", which contact 46875434 has. Choose Skip or Update`,
		);
		expect(error?.description).toContain('Nothing has been sent.');
		expect(asked('contact.import')).toBe(0);
	});

	it('is not taken for one that is not there where the look-up is refused', async () => {
		salesflow.sim.vendor.token = 'another';
		const { error } = await importAll('skip', [profile('new')]);
		expect(error?.description).toContain('a token gives access to its own account only');
		expect(asked('contact.import')).toBe(0);
	});
});

describe('a profile that comes several times', () => {
	const spellings = ['ana', 'ANA', 'ana'].map(profile);

	it.each(['skip', 'update', 'fail'])('in one list is imported once (%s)', async (ifExists) => {
		const { items } = await importAll(ifExists, [...spellings, profile('bea')], {
			onError: 'continueRegularOutput',
		});
		expect(asked('contact.import')).toBe(2);
		expect(asked('contact.lookup')).toBe(1);
		const mark = { skip: 'skipped', update: 'updated', fail: 'error' }[ifExists] ?? '';
		expect(items.map(({ json }) => json[mark] !== undefined)).toEqual([false, true, true, false]);
		const last = ifExists === 'update' ? 'Ana2' : 'Ana0';
		expect(salesflow.sim.vendor.contacts.withIdentifier('ana')[0]?.FirstName).toBe(last);
	});

	it('in one list is imported again in the order of the rows, one at a time', async () => {
		const began: number[] = [];
		salesflow.sim.setFault(({ operationId }) => {
			if (operationId === 'contact.import') began.push(Date.now());
			return undefined;
		});
		salesflow.sim.change({ latencyMs: 40 });
		const { error } = await importAll(undefined, spellings);
		salesflow.sim.change({ latencyMs: 0 });
		expect(error).toBeUndefined();
		expect(began).toHaveLength(spellings.length);
		const gaps = began.slice(1).map((at, n) => at - (began[n] ?? 0));
		expect(Math.min(...gaps)).toBeGreaterThanOrEqual(35);
	});

	it('in two runs at once is imported once', async () => {
		const who = Array.from({ length: 30 }, (_, n) => profile(`p-${n % 15}`));
		await Promise.all([importAll('skip', who), importAll('skip', [...who].reverse())]);
		expect(salesflow.sim.vendor.contacts.byId.size).toBe(15);
		await importAll('skip', who);
		expect(salesflow.sim.vendor.contacts.byId.size).toBe(15);
	});
});

describe('1,000 rows of 400 people, 200 of whom were there before', () => {
	const who = Array.from({ length: 1000 }, (_, n) => profile(`person-${(n % 400) + 1}`));

	it('make 200 contacts, also when the run is cut off half way and runs again', async () => {
		salesflow.sim.vendor.seedContacts(200);
		const ending = new AbortController();
		salesflow.sim.setFault(({ operationId }) => {
			if (operationId === 'contact.import' && asked('contact.import') > 100) ending.abort();
			return undefined;
		});
		const set = { options: { mostItems: who.length } };
		await importAll('skip', who, { cancel: ending.signal, set });
		expect(salesflow.sim.vendor.contacts.byId.size).toBeGreaterThan(300);
		expect(salesflow.sim.vendor.contacts.byId.size).toBeLessThan(400);
		expect(asked('contact.lookup')).toBe(20);
		salesflow.sim.setFault(undefined);
		const { items, error } = await importAll('skip', who, { set });
		expect(error).toBeUndefined();
		expect(salesflow.sim.vendor.contacts.byId.size).toBe(400);
		expect(asked('contact.lookup')).toBe(40);
		const identifiers = [...salesflow.sim.vendor.contacts.byId.values()].map(
			(one) => one.PublicIdentifier,
		);
		expect(new Set(identifiers).size).toBe(400);
		expect(items).toHaveLength(1000);
		const wrong = items.filter(({ json }, n) => {
			const [contact] = salesflow.sim.vendor.contacts.withIdentifier(`person-${(n % 400) + 1}`);
			return json.MemberId !== contact?.MemberId;
		});
		expect(wrong).toEqual([]);
	});
});
