import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import convertalk, { type Convertalk } from '../../dev/vendors/convertalk/simulator/index.mts';
import { type Simulator, startSimulator } from '../../dev/kit/simulator.mts';
import { ConvertalkApi } from '../../credentials/ConvertalkApi.credentials.ts';
import { ConvertalkTrigger } from '../../nodes/Convertalk/ConvertalkTrigger.node.ts';
import { PollHost, type PollSetting } from './poll.setup.mts';

let sim: Simulator<Convertalk>;

beforeEach(async () => {
	sim = await startSimulator(convertalk({ pageSize: 5 }));
});
afterEach(async () => await sim.close());

/** The trigger in n8n. */
class Host extends PollHost {
	constructor() {
		const subject = { node: new ConvertalkTrigger(), credential: new ConvertalkApi() };
		const data = {
			...{ token: 'convertalk-token', botId: 'bot-1', customerId: 'customer-1' },
			...{ authentication: 'tokenHeaders', baseUrl: sim.url },
		};
		super(subject, { events: ['leadCreated', 'leadUpdated'], options: {} }, data);
	}

	async told(setting?: PollSetting): Promise<unknown[]> {
		return (await this.poll(setting)).map(({ event }) => event);
	}

	get own() {
		return this.memory('convertalkTrigger');
	}
}

describe('a poll', () => {
	it('works without a budget, and within one', async () => {
		for (const budgetMs of [undefined, 60_000]) {
			sim.reset();
			const host = new Host();
			sim.vendor.leads.addMany(7);
			expect(await host.told({ budgetMs })).toEqual([]);
			sim.vendor.leads.addMany(1);
			expect(await host.told({ budgetMs })).toEqual(['leadCreated']);
		}
	});

	it('stops reading before the budget is used up, and goes on in the next poll', async () => {
		const host = new Host();
		sim.vendor.leads.addMany(50);
		await host.told();
		for (const { uuid } of sim.vendor.leads.list('lead')) {
			sim.vendor.leads.change(uuid, (lead) => (lead.status = 'CLOSED'));
		}
		sim.change({ latencyMs: 200 });
		const started = Date.now();
		const first = await host.told({ budgetMs: 1500 });
		expect(Date.now() - started).toBeLessThan(1500);
		expect(first.length).toBeGreaterThan(0);
		expect(first.length).toBeLessThan(50);
		sim.change({ latencyMs: 0 });
		const second = await host.told();
		expect(first.length + second.length).toBe(50);
	});

	it('says that nothing is lost when an answer takes longer than the budget', async () => {
		const host = new Host();
		sim.vendor.leads.addMany(1);
		sim.change({ latencyMs: 200 });
		await expect(host.told({ budgetMs: 100 })).rejects.toThrow('in the time of a poll');
		expect(host.own).toBeUndefined();
	});

	it('lets one that began while it runs go by', async () => {
		const host = new Host();
		await host.told();
		sim.vendor.leads.addMany(1);
		sim.change({ latencyMs: 50 });
		const both = await Promise.all([host.told(), host.told()]);
		expect(both.flat()).toEqual(['leadCreated']);
	});

	it('begins anew for another bot, and for a list that it did not read before', async () => {
		const host = new Host();
		sim.vendor.leads.addMany(3);
		sim.vendor.leads.add();
		await host.told();
		const all = ['leadCreated', 'leadUpdated', 'chatStarted'];
		expect(await host.told({ parameters: { events: all } })).toEqual([]);
		sim.vendor.leads.add();
		expect(await host.told({ parameters: { events: all } })).toEqual(['chatStarted']);
		const scope = host.own?.scope;
		expect(scope).toBeDefined();
		await expect(host.told({ data: { botId: 'bot-2' } })).rejects.toThrow('Unauthorized');
		expect(host.own?.scope).toBe(scope);
	});

	it('hands on the events that were chosen only', async () => {
		const host = new Host();
		const [lead] = sim.vendor.leads.addMany(1);
		const parameters = { events: ['leadUpdated'] };
		await host.told({ parameters });
		sim.vendor.leads.addMany(1);
		expect(await host.told({ parameters })).toEqual([]);
		sim.vendor.leads.change(String(lead?.uuid), ({ profile }) =>
			profile.userDetails.tags.push('x'),
		);
		expect(await host.told({ parameters })).toEqual(['leadUpdated']);
		await expect(host.told({ parameters: { events: [] } })).rejects.toThrow(
			"'Trigger On' is empty",
		);
	});

	it('gives contact data under the names that Create or Update takes', async () => {
		const host = new Host();
		await host.told();
		const account = { botId: 'bot-1', customerId: 'customer-1' };
		const data = {
			name: 'Nathan',
			email: 'n@example.com',
			dialCode: '+55',
			phone: '119',
			status: 'REVIEW',
			agentId: 'agent-1',
			tags: ['a'],
			attributes: [{ key: 'plan', value: 'Pro' }],
			notes: [{ title: 'Hi', description: 'there' }],
			picture: 'https://example.com/n.png',
		};
		sim.vendor.leads.upsert({ uuid: 'uuid-1', ...account, ...data });
		const [item] = await host.poll();
		expect(item).toMatchObject({ event: 'leadCreated', uuid: 'uuid-1', ...data });
	});

	it('says in a test where there is nothing what leads to something, for each event', async () => {
		const test = { mode: 'manual', parameters: { events: ['chatStarted'] } };
		sim.vendor.leads.addMany(1);
		const refusal = await new Host().poll(test).catch((thrown: unknown) => thrown);
		expect(refusal).toMatchObject({
			message: 'There is nothing in Convertalk yet to show',
			description: expect.stringContaining('for Chat Started, leave none'),
		});
		sim.vendor.leads.add();
		expect(await new Host().told(test)).toEqual(['chatStarted']);
	});

	it('remembers the same when its node is renamed, and lets no other node inherit it', async () => {
		const host = new Host();
		sim.vendor.leads.addMany(3);
		await host.told();
		sim.vendor.leads.addMany(1);
		host.name = 'Renamed';
		expect(await host.told()).toEqual(['leadCreated']);
		host.name = 'Trigger';
		expect(await host.told()).toEqual([]);
		expect(host.kept['node:Trigger']).toEqual({});
	});

	it('takes over what an earlier version kept, and tells no old lead as new', async () => {
		const host = new Host();
		const [changed, touched] = sim.vendor.leads.addMany(12);
		await host.told();
		const { scope } = host.own ?? {};
		const times = sim.vendor.leads.list('lead');
		const latest = {
			createdAt: Math.max(...times.map(({ createdAt }) => Date.parse(createdAt))),
			updatedAt: Math.max(...times.map(({ updatedAt }) => Date.parse(updatedAt))),
		};
		const ledgers = [{ count: 12, ids: 40, versions: 40, code: 'AAAA' }];
		const lead = { ledgers, latest, newestFirst: true, movesUp: true, sinceWhole: 3 };
		host.kept = { 'node:Trigger': { memory: { form: 1, scope, lists: { lead } } } };
		const later = (ms: number) => latest.updatedAt + ms;
		sim.vendor.leads.change(String(changed?.uuid), (one) => (one.status = 'CLOSED'), later(1000));
		sim.vendor.leads.visit(String(touched?.uuid));
		sim.vendor.leads.addMany(1, () => ({ createdAt: later(2000), updatedAt: later(2000) }));
		expect(await host.told()).toEqual(['leadUpdated', 'leadCreated']);
		expect(await host.told()).toEqual([]);
		expect(host.kept['node:Trigger']).toEqual({});
	});

	it('is remembered in the cursor where n8n keeps one, also what was kept before it did', async () => {
		const host = new Host();
		sim.vendor.leads.addMany(3);
		await host.told();
		// n8n makes the cursor of the node's memory.
		host.cursor = {};
		sim.vendor.leads.addMany(1);
		expect(await host.told()).toEqual(['leadCreated']);
		expect(host.own).toBeUndefined();
		// What is not in the cursor is not saved where nothing is handed on.
		host.kept = {};
		sim.vendor.leads.addMany(1);
		expect(await host.told()).toEqual(['leadCreated']);
	});
});
