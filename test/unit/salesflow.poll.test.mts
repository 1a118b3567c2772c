import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../../dev/kit/simulator.mts';
import { credentialData, vendorOf } from '../../dev/vendors.mts';
import salesflow, { type Salesflow } from '../../dev/vendors/salesflow/simulator/index.mts';
import { SalesflowPollTrigger } from '../../nodes/Salesflow/SalesflowPollTrigger.node.ts';
import { withDefaults } from './engine.credential.mts';
import { clock } from './month.mts';
import { PollHost } from './poll.setup.mts';

const vendor = vendorOf('salesflow');
const key = 'the-key-of-the-polls';
let sim: Simulator<Salesflow>;
let data: IDataObject;
let host: PollHost;
let ids: number[];

beforeAll(async () => {
	sim = await startSimulator(salesflow({ token: key }));
	data = withDefaults(vendor.credentialType, credentialData(vendor, key, sim.url)) as IDataObject;
});
afterAll(async () => await sim.close());
afterEach(() => void clock.back());
beforeEach(() => {
	sim.vendor.contacts.byId.clear();
	ids = [...sim.vendor.campaigns.keys()];
	sim.setFault(undefined);
});

/** A trigger with these parameters. */
const trigger = (parameters: IDataObject): PollHost =>
	(host = new PollHost(
		{ node: new SalesflowPollTrigger(), credential: vendor.credentialType },
		parameters,
		data,
	));
const added = (campaign: number): number => {
	const [contact] = sim.vendor.seedContacts(1, ids[campaign]);
	return contact?.MemberId ?? 0;
};
const members = (items: IDataObject[]) => items.map(({ MemberId }) => MemberId);

describe('Contact Added', () => {
	it('comes once for each contact of whatever campaign, be there some without any', async () => {
		trigger({ events: ['contactAdded'] });
		added(3);
		expect(await host.poll()).toEqual([]);
		const found = [added(1), added(3), added(8)];
		const items = await host.poll();
		expect(members(items)).toEqual(found);
		expect(items[2]).toMatchObject({
			...{ Event: 'contactAdded', EventId: expect.stringMatching(/^[\w-]{22}$/) },
			...{ CampaignId: ids[8], CampaignName: sim.vendor.campaigns.get(ids[8] ?? 0)?.CampaignName },
		});
		expect(await host.poll()).toEqual([]);
		sim.vendor.contacts.update(found[0], { Email: 'other@example.com' });
		expect(await host.poll()).toEqual([]);
		expect(sim.violations()).toEqual([]);
	});

	it('of a poll that was cut off half way comes with the next one', async () => {
		trigger({ events: ['contactAdded'] });
		added(0);
		await host.poll();
		const found = [added(1), added(2)];
		let asked = 0;
		sim.setFault(({ operationId }: { operationId?: string } = {}) => {
			if (operationId !== 'contact.getAll' || ++asked < 3) return undefined;
			const answer = { status: 403, body: { Status: 403, Message: 'Invalid token/account' } };
			return { kind: 'answer', when: 'before', answer, name: 'cut off' } as never;
		});
		await expect(host.poll()).rejects.toThrow('Invalid token/account');
		sim.setFault(undefined);
		expect(members(await host.poll())).toEqual(found);
	});

	it('goes on at the campaign at which the time of a poll ended', async () => {
		trigger({ events: ['contactAdded'] });
		[0, 5].map(added);
		await host.poll();
		const found = [added(5), added(2), added(9)];
		const begun = Date.now();
		clock.set(begun);
		sim.setFault(({ query }: { query?: Record<string, unknown> } = {}) => {
			if (String(query?.campaignId) === String(ids[2])) clock.set(begun + 270_000);
			return undefined;
		});
		const [first, from] = [await host.poll({ budgetMs: 300_000 }), sim.requests.length];
		expect(members(first)).toEqual([found[1]]);
		clock.set(begun + 300_000);
		sim.setFault(undefined);
		expect(members(await host.poll({ budgetMs: 300_000 })).sort()).toEqual([found[0], found[2]]);
		const [asked] = sim.requests.slice(from).filter(({ query }) => 'campaignId' in query);
		expect(String(asked?.query.campaignId)).not.toBe(String(ids[0]));
		expect(await host.poll()).toEqual([]);
	});

	it('of chosen campaigns asks these alone, and tells nothing old of one that is chosen later', async () => {
		trigger({ events: ['contactAdded'], campaigns: 'chosen', campaignIds: [`${ids[1]}`] });
		[1, 2].map(added);
		await host.poll();
		const [one] = [added(1), added(2)];
		const from = sim.requests.length;
		expect(members(await host.poll())).toEqual([one]);
		expect(sim.requests.slice(from).map(({ operationId }) => operationId)).toEqual([
			'contact.getAll',
		]);
		const both = { parameters: { campaignIds: [`${ids[1]}`, `${ids[2]}`] } };
		expect(await host.poll(both)).toEqual([]);
		const other = added(2);
		expect(members(await host.poll(both))).toEqual([other]);
	});

	it('names a chosen campaign that is gone, and loses nothing of the others', async () => {
		const chosen = { campaigns: 'chosen', campaignIds: ids.slice(0, 1) };
		trigger({ events: ['contactAdded'], ...chosen });
		expect(await host.poll()).toEqual([]);
		const found = added(0);
		const withOther = { ...chosen, campaignIds: [ids[0], 4242], events: ['contactAdded'] };
		await expect(host.poll({ parameters: withOther })).rejects.toThrow(
			/^Campaign 4242 could not be read\. .*'Campaign Names or IDs'/,
		);
		expect(members(await host.poll())).toEqual([found]);
	});

	it('names a campaign that is listed and cannot be read, with advice that its form allows', async () => {
		trigger({ events: ['contactAdded'] });
		await host.poll();
		const found = added(1);
		const refusing = async (status: number) => {
			sim.setFault(({ query }: { query?: Record<string, unknown> } = {}) => {
				if (String(query?.campaignId) !== String(ids[2])) return undefined;
				const answer = { status, body: { Status: status, Message: 'No' } };
				return { kind: 'answer', when: 'before', answer, name: 'refuse' } as never;
			});
			const thrown = await host.poll().catch((error: unknown) => error);
			return String((thrown as Error).message);
		};
		const named = `Campaign ${ids[2]} could not be read. Salesflow says: No`;
		expect(await refusing(404)).toBe(
			`${named}. Salesflow still lists it. If every poll fails like this, choose the others in 'Campaigns': nothing is lost of them.`,
		);
		expect(await refusing(422)).toContain(named);
		sim.setFault(undefined);
		expect(members(await host.poll())).toEqual([found]);
	});

	it('asks for campaigns where none is chosen, or what is chosen is none', async () => {
		trigger({ events: ['contactAdded'], campaigns: 'chosen' });
		await expect(host.poll()).rejects.toThrow('No campaign is chosen');
		const parameters = { campaignIds: ['12 or so'] };
		await expect(host.poll({ parameters })).rejects.toThrow('is not a valid campaign ID');
	});
});

describe('campaigns that an expression gives', () => {
	it.each([
		['a text', () => `${ids[1]}, ${ids[3]}`],
		['numbers', () => [ids[1], ids[3]]],
		['a number', () => ids[3]],
	])('are watched as %s', async (_, campaignIds) => {
		trigger({
			...{ events: 'contactAdded', campaigns: 'chosen' },
			campaignIds: campaignIds() as IDataObject[string],
		});
		expect(await host.poll()).toEqual([]);
		added(2);
		const found = added(3);
		expect(members(await host.poll())).toEqual([found]);
	});

	it.each([null, '', ' ', []])('are missed where they come out as %j', async (campaignIds) => {
		trigger({ events: ['contactAdded'], campaigns: 'chosen', campaignIds });
		await expect(host.poll()).rejects.toThrow('No campaign is chosen.');
	});
});

describe('a campaign', () => {
	const both = { events: ['campaignCreated', 'campaignStatusChanged'] };
	const told = (items: IDataObject[]) => items.map(({ Event, CampaignId }) => [Event, CampaignId]);

	it('is told when it is created, and each time that its status is another one', async () => {
		trigger(both);
		expect(await host.poll()).toEqual([]);
		const campaign = sim.vendor.createCampaign('New');
		expect(told(await host.poll())).toEqual([['campaignCreated', campaign.CampaignId]]);
		const seen = new Set<unknown>();
		for (const Status of ['CAMPAIGN_RUNNING', 'CAMPAIGN_PAUSED', 'CAMPAIGN_RUNNING'] as const) {
			const LastModifiedAt = new Date(Date.UTC(2026, 0, 1 + seen.size)).toISOString();
			Object.assign(campaign, { Status, LastModifiedAt });
			const items = await host.poll();
			expect(told(items)).toEqual([['campaignStatusChanged', campaign.CampaignId]]);
			expect(items[0]).toMatchObject({ Status, CampaignName: 'New' });
			seen.add(items[0]?.EventId);
		}
		expect(seen.size).toBe(3);
		campaign.LastModifiedAt = new Date().toISOString();
		expect(await host.poll()).toEqual([]);
		expect(await host.poll({ parameters: { events: ['campaignCreated'] } })).toEqual([]);
	});

	it('that is not chosen is not told', async () => {
		trigger({ ...both, campaigns: 'chosen', campaignIds: [`${ids[0]}`] });
		await host.poll();
		sim.vendor.createCampaign('Another');
		expect(await host.poll()).toEqual([]);
	});

	it('that is yet to be created cannot be chosen, which a test says', async () => {
		const chosen = { campaigns: 'chosen', campaignIds: [`${ids[0]}`] };
		for (const events of [both.events, ['campaignCreated'], ['contactAdded', 'campaignCreated']]) {
			trigger({ events, ...chosen });
			await expect(host.poll({ mode: 'manual' })).rejects.toThrow(
				"'Campaign Created' never comes from chosen campaigns",
			);
		}
		// What runs already goes on with its other events.
		expect(await host.poll()).toEqual([]);
		const contact = added(0);
		expect(members(await host.poll())).toEqual([contact]);
		trigger({ events: ['campaignStatusChanged'], ...chosen });
		expect(await host.poll({ mode: 'manual' })).toHaveLength(1);
	});

	it('is shown by a test in the editor, as is a contact', async () => {
		trigger(both);
		const [item, ...others] = await host.poll({ mode: 'manual' });
		expect(item).toMatchObject({ Event: 'campaignCreated', CampaignId: ids[0] });
		expect(others).toEqual([]);
		const contact = added(5);
		trigger({ events: ['contactAdded'] });
		expect(members(await host.poll({ mode: 'manual' }))).toEqual([contact]);
		expect(host.remembered()).not.toContain('contacts');
	});
});
