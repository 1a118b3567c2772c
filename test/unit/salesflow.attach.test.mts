import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import axios from 'axios';
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { SalesflowApi } from '../../credentials/SalesflowApi.credentials.ts';
import salesflow, {
	type Salesflow as Account,
} from '../../dev/vendors/salesflow/simulator/index.mts';
import { type Simulator, startSimulator } from '../../dev/kit/simulator.mts';
import { Salesflow } from '../../nodes/Salesflow/Salesflow.node.ts';
import { SalesflowTrigger } from '../../nodes/Salesflow/SalesflowTrigger.node.ts';
import { webhookSecret } from '../../nodes/Salesflow/trigger/ownWebhooks.ts';
import { run } from './engine.mts';
import { deliver, instance, type Reply, webhookUrl } from '../../dev/n8n/webhookContext.mts';

const campaigns = 7;
let sim: Simulator<Account>;

beforeAll(async () => {
	sim = await startSimulator(salesflow({ campaigns }));
});
afterAll(async () => await sim.close());
beforeEach(() => {
	sim.setFault(undefined);
	sim.reset();
});

const credential = () => ({
	token: 'salesflow-token',
	accountId: '321',
	baseUrl: sim.url,
	statisticsBaseUrl: sim.url,
});

const asked = (operationId: string) =>
	sim.requests.filter((request) => request.operationId === operationId);

/** Answers a call about one campaign, or of one operation, with a refusal. */
function refuse(operationId: string, status: number, campaignId?: number): void {
	sim.setFault((call) =>
		call.operationId === operationId &&
		(campaignId === undefined || String(call.query.campaignId) === String(campaignId))
			? {
					kind: 'answer',
					when: 'before',
					answer: { status, body: { Status: status, Message: 'No' } },
				}
			: undefined,
	);
}

describe('Attach to All Campaigns', () => {
	const attachToAll = async (webhookId: number, items: IDataObject[] = [], more: object = {}) =>
		await run(
			{ node: new Salesflow(), credential: new SalesflowApi() },
			{
				parameters: {
					resource: 'webhook',
					operation: 'attachToAll',
					webhookId: { __rl: true, mode: 'id', value: String(webhookId) },
					runOn: 2,
					...more,
				},
				credential: credential(),
				...(items.length > 0 && { items }),
			},
		);
	it('in a dry run says what it would do, and attaches nothing', async () => {
		const { WebhookId } = sim.vendor.webhooks.create({
			Name: 'CRM',
			Url: 'https://example.com/crm',
		});
		const runs = async (webhookId: number, dryRun: boolean) => {
			const { items, error } = await attachToAll(webhookId, [], { options: { dryRun } });
			return [error?.message ?? items.map(({ json }) => json), asked('webhook.attach').length];
		};
		const would = `attach webhook to all campaigns that lack it: webhook ${WebhookId}, Reply Detected`;
		expect(await runs(WebhookId, true)).toEqual([[{ dryRun: true, would }], 0]);
		expect(await runs(1, true)).toEqual([expect.stringMatching(/^There is no webhook 1 /), 0]);
		await runs(WebhookId, false);
		expect(await runs(WebhookId, true)).toEqual([
			[{ dryRun: true, would: 'change nothing' }],
			campaigns,
		]);
	});

	const webhook = () =>
		sim.vendor.webhooks.create({ Name: 'CRM', Url: 'https://example.com/crm' }).WebhookId;
	const resultsOf = ({ items }: Awaited<ReturnType<typeof attachToAll>>) =>
		items.map(({ json }) => json.Result);

	it('says of each campaign whether it was attached, was there or was refused', async () => {
		const id = webhook();
		const [first = 0, second = 0] = sim.vendor.campaigns.keys();
		const { WebhookCampaignId: there } = sim.vendor.webhooks.attach(id, first, 2);
		// For another event it counts as none.
		sim.vendor.webhooks.attach(id, second, 1);
		refuse('webhook.attach', 422, second);
		const result = await attachToAll(id);
		expect(result.error).toBeUndefined();
		expect(resultsOf(result)).toEqual([
			'wasThere',
			'refused',
			...Array.from({ length: campaigns - 2 }, () => 'attached'),
		]);
		expect(result.items[0]?.json).toEqual({
			CampaignId: first,
			CampaignName: 'Sales 1',
			WebhookId: id,
			RunOn: 2,
			Result: 'wasThere',
			WebhookCampaignId: there,
			Message: null,
		});
		expect(result.items[1]?.json).toMatchObject({
			WebhookCampaignId: null,
			Message: 'Salesflow says: No',
		});
		expect(sim.violations()).toEqual([]);
	});

	it('can be run again: the second time all were there, and a new campaign is attached', async () => {
		const id = webhook();
		expect(new Set(resultsOf(await attachToAll(id)))).toEqual(new Set(['attached']));
		sim.vendor.createCampaign('Later');
		const again = resultsOf(await attachToAll(id));
		expect(again.filter((one) => one === 'wasThere')).toHaveLength(campaigns);
		expect(again.at(-1)).toBe('attached');
		expect(sim.vendor.webhooks.attachments()).toHaveLength(campaigns + 1);
	});

	it('attaches once where two items ask for the same', async () => {
		const id = webhook();
		const results = resultsOf(await attachToAll(id, [{}, {}]));
		expect(results.filter((one) => one === 'attached')).toHaveLength(campaigns);
		expect(results.filter((one) => one === 'wasThere')).toHaveLength(campaigns);
		expect(asked('webhook.attach')).toHaveLength(campaigns);
	});

	it('takes a refusal for there, where the list of webhooks has it', async () => {
		const id = webhook();
		const [first = 0] = sim.vendor.campaigns.keys();
		sim.setFault((call) => {
			if (call.operationId !== 'campaign.getAll') return undefined;
			// Somebody else is faster.
			sim.vendor.webhooks.attach(id, first, 2);
			return undefined;
		});
		const result = await attachToAll(id);
		expect(resultsOf(result)[0]).toBe('wasThere');
		expect(asked('webhook.attach')).toHaveLength(campaigns);
	});

	it('names a webhook that is not there, and a fault, in place of refusing each campaign', async () => {
		expect((await attachToAll(99)).error?.message).toContain(
			'There is no webhook 99 in this account',
		);
		expect(asked('webhook.attach')).toEqual([]);
		refuse('webhook.attach', 500);
		expect((await attachToAll(webhook())).error?.message).toBe('Salesflow says: No');
	});
});

describe('a trigger on all campaigns', () => {
	const node = new SalesflowTrigger();
	let count = 0;
	let workflow = '';
	let memory: IDataObject = {};

	beforeEach(() => {
		workflow = `later-${++count}`;
		memory = {};
	});

	/** Requests that were sent, and those without an answer yet. */
	const traffic = { sent: 0, underWay: 0 };
	const send = async (_type: string, { qs, url, method, body }: IHttpRequestOptions) => {
		const { token, accountId } = credential();
		const params = { ...qs, token, accountId };
		traffic.sent++;
		traffic.underWay++;
		const { status, headers, data } = await axios
			.request({ ...{ url, method, params, data: body, validateStatus: () => true, proxy: false } })
			.finally(() => traffic.underWay--);
		return { statusCode: status, headers, body: data as unknown };
	};

	/** What goes on behind the answer is over when nothing is sent any more. */
	async function untilQuiet(): Promise<void> {
		let before: number;
		do {
			before = traffic.sent;
			await new Promise((resolve) => setTimeout(resolve, 150));
		} while (traffic.underWay > 0 || traffic.sent !== before);
	}

	const secret = async () =>
		await webhookSecret({
			getCredentials: async () => credential(),
			getInstanceId: () => instance,
			getNode: () => ({ id: 'node' }),
			getNodeParameter: () => ({}),
			getWorkflow: () => ({ id: workflow }),
			getWorkflowStaticData: () => ({}),
		} as never);

	/** The trigger's webhook, as publishing makes it. */
	async function registered() {
		const url = `${webhookUrl}?event=replyDetected&secret=${await secret()}`;
		const { WebhookId } = sim.vendor.webhooks.create({ Name: 'n8n', Url: url });
		for (const id of sim.vendor.campaigns.keys()) sim.vendor.webhooks.attach(WebhookId, id, 2);
	}

	let last = 0;
	const event = async (more: object = {}): Promise<Reply> => {
		const reply = await deliver(node, {
			workflow,
			typeVersion: 1.2,
			credential: credential(),
			parameters: { events: ['replyDetected'] },
			query: { event: 'replyDetected', secret: await secret() },
			body: { MemberId: ++last },
			memory,
			helpers: { httpRequestWithAuthentication: send },
			...more,
		});
		await untilQuiet();
		return reply;
	};
	const attachments = () => sim.vendor.webhooks.attachments().length;

	it('attaches those that were created later when an event comes, at most once an hour', async () => {
		await registered();
		sim.vendor.createCampaign('Later');
		expect((await event()).item).toBeDefined();
		expect(attachments()).toBe(campaigns + 1);
		sim.vendor.createCampaign('Later still');
		await event();
		expect(attachments()).toBe(campaigns + 1);
		expect(asked('campaign.getAll')).toHaveLength(1);
		expect(sim.violations()).toEqual([]);
	});

	it('knows after a restart, by n8n’s memory, that it looked within the hour', async () => {
		await registered();
		memory.lookedAt = Date.now() - 3_000_000;
		sim.vendor.createCampaign('Later');
		await event();
		expect(asked('campaign.getAll')).toHaveLength(0);
		memory.lookedAt = Date.now() - 3_700_000;
		await event();
		expect(attachments()).toBe(campaigns + 1);
	});

	it.each([
		['of an earlier version', { typeVersion: 1.1 }],
		['on chosen campaigns', { parameters: { events: ['replyDetected'], campaigns: 'chosen' } }],
		['for a forged delivery', { query: { event: 'replyDetected', secret: 'x' } }],
	])('does not: %s', async (_, more) => {
		await registered();
		sim.vendor.createCampaign('Later');
		await event(more);
		expect(attachments()).toBe(campaigns);
		expect(asked('webhook.attach')).toEqual([]);
	});

	it('makes no webhook where it is unpublished meanwhile, and hands on while Salesflow is down', async () => {
		sim.vendor.createCampaign('Later');
		expect((await event()).item).toBeDefined();
		expect(sim.vendor.webhooks.byId.size).toBe(0);
		workflow = `later-${++count}`;
		memory = {};
		refuse('campaign.getAll', 403);
		expect((await event()).item).toBeDefined();
	});
});
