import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type IDataObject, type IPollFunctions, ObservableObject } from 'n8n-workflow';
import convertalk, { type Convertalk } from '../../dev/vendors/convertalk/simulator/index.mts';
import { type Simulator, startSimulator } from '../../dev/kit/simulator.mts';
import { ConvertalkApi } from '../../credentials/ConvertalkApi.credentials.ts';
import { poll } from '../../nodes/engine/polling/poll.ts';
import { convertalkTrigger } from '../../nodes/Convertalk/trigger/poll.ts';

let sim: Simulator<Convertalk>;

beforeEach(async () => {
	sim = await startSimulator(convertalk({ pageSize: 5 }));
});
afterEach(async () => await sim.close());

interface Setting {
	mode?: string;
	parameters?: Record<string, unknown>;
	botId?: string;
	budgetMs?: number;
}

/** As much of n8n as a poll sees; without a budget, as in 1.x. */
class Host {
	/** What n8n keeps with the workflow: of all, and of each node by its name. */
	kept: Record<string, IDataObject> = {};
	/** What n8n 2.x with durable cursors keeps in place of the node's memory, and saves after each poll. */
	cursor: IDataObject | undefined;
	name = 'Trigger';

	context({
		mode = 'trigger',
		parameters = {},
		botId = 'bot-1',
		budgetMs,
	}: Setting = {}): IPollFunctions {
		const data = {
			token: 'convertalk-token',
			botId,
			customerId: 'customer-1',
			authentication: 'tokenHeaders',
			baseUrl: sim.url,
		};
		const all: Record<string, unknown> = {
			events: ['leadCreated', 'leadUpdated'],
			options: {},
			...parameters,
		};
		const { authenticate } = new ConvertalkApi();
		const context = {
			getWorkflow: () => ({ id: 'w' }),
			getNode: () => ({
				id: 'n',
				name: this.name,
				type: 't',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			}),
			getMode: () => mode,
			getNodeParameter: (name: string, fallback: unknown) => all[name] ?? fallback,
			getCredentials: async () => data,
			getCredentialsProperties: () => [],
			getWorkflowStaticData: (type: string) => {
				if (type === 'node' && this.cursor) return this.cursor;
				const kept = (this.kept[type === 'global' ? type : `node:${this.name}`] ??= {});
				return ObservableObject.create(kept);
			},
			...(budgetMs !== undefined && { getPollBudgetMs: () => budgetMs }),
			helpers: {
				httpRequestWithAuthentication: async (
					_type: string,
					options: { url: string; qs: object },
				) => {
					const signed = await (
						authenticate as (
							c: object,
							o: object,
						) => Promise<typeof options & { headers: Record<string, string> }>
					)(data, options);
					const query = new URLSearchParams(signed.qs as Record<string, string>);
					const answer = await fetch(`${signed.url}?${query}`, { headers: signed.headers });
					return { statusCode: answer.status, headers: {}, body: await answer.json() };
				},
			},
		};
		return context as unknown as IPollFunctions;
	}

	/** What the trigger remembers. */
	get memory() {
		return this.kept.global?.['convertalkTrigger n'] as { scope: string } | undefined;
	}

	async told(setting?: Setting): Promise<unknown[]> {
		const items = await poll(this.context(setting), convertalkTrigger);
		return items?.[0]?.map(({ json }) => json.event) ?? [];
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
		expect(host.memory).toBeUndefined();
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
		const scope = host.memory?.scope;
		expect(scope).toBeDefined();
		await expect(host.told({ botId: 'bot-2' })).rejects.toThrow('Unauthorized');
		expect(host.memory?.scope).toBe(scope);
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
		const items = await poll(host.context(), convertalkTrigger);
		expect(items?.[0]?.[0]?.json).toMatchObject({ event: 'leadCreated', uuid: 'uuid-1', ...data });
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
		const { scope } = host.memory ?? {};
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
		expect(host.memory).toBeUndefined();
		// What is not in the cursor is not saved where nothing is handed on.
		host.kept = {};
		sim.vendor.leads.addMany(1);
		expect(await host.told()).toEqual(['leadCreated']);
	});
});
