import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import axios from 'axios';
import { whileBusy } from '../../dev/n8n/busy.mts';
import { itemsOf } from '../../dev/n8n/execution.mts';
import { chain, type SavedCredential, type SavedWorkflow } from '../../dev/n8n/workflow.mts';
import salesflow, { type Salesflow } from '../../dev/vendors/salesflow/simulator/index.mts';
import { type Simulator, startSimulator } from '../../dev/kit/simulator.mts';
import { startTestN8n, type TestN8n } from '../../dev/n8n/harness.mts';

const token = 'token-that-nobody-may-see';
const campaigns = 40;
const events = ['memberConnected', 'replyDetected', 'invitationWithdrawn'];
/** n8n reads executions from its database; what has not started by then has not started. Milliseconds. */
const grace = 1500;

let sim: Simulator<Salesflow>;
let test: TestN8n;
let credential: SavedCredential;
/** What the credential holds. */
let data: Record<string, unknown>;

beforeAll(async () => {
	sim = await startSimulator(salesflow({ token, campaigns }));
	test = await startTestN8n();
	const urls = { baseUrl: sim.url, statisticsBaseUrl: sim.url };
	data = { token, accountId: '321', ...urls };
	credential = await test.credential('salesflowApi', data);
});

afterAll(async () => {
	await test?.close();
	await sim?.close();
});

/** Somebody else's webhook, attached like ours: nothing that happens here may touch it. */
let other: number;

beforeEach(() => {
	sim.setFault(undefined);
	sim.reset();
	const { webhooks } = sim.vendor;
	other = webhooks.create({
		Name: 'Other',
		Url: 'https://example.com/webhook?event=replyDetected',
	}).WebhookId;
	for (const id of sim.vendor.campaigns.keys()) webhooks.attach(other, id, 2);
});

const own = () =>
	[...sim.vendor.webhooks.byId.values()].filter(({ WebhookId }) => WebhookId !== other);

/** How many webhooks and attachments of ours there are; fails where the other's changed. */
function held(): [webhooks: number, attachments: number] {
	const others = sim.vendor.webhooks.byId.get(other)?.AttachedWebhookCampaigns;
	expect(others).toHaveLength(campaigns);
	const attachments = own().flatMap(({ AttachedWebhookCampaigns: list }) => list);
	return [own().length, attachments.length];
}

/** A trigger's webhooks outlive its deactivation by two seconds. */
async function untilNone(): Promise<void> {
	for (let tries = 0; own().length > 0 && tries < 300; tries++) await wait(100);
}

async function workflow(
	parameters: object = { events },
	typeVersion?: number,
): Promise<SavedWorkflow> {
	const trigger = test.node(
		{ node: 'salesflowTrigger', parameters: { ...parameters }, credential },
		'Trigger',
	);
	if (typeVersion !== undefined) trigger.typeVersion = typeVersion;
	const after = { name: 'After', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };
	return await test.n8n.createWorkflow(chain('Salesflow', [trigger, after]));
}

/** Runs `work` with an active trigger and takes it down again, whatever happens. */
async function active(
	parameters: object,
	work: (saved: SavedWorkflow) => Promise<void>,
	typeVersion?: number,
): Promise<void> {
	const saved = await workflow(parameters, typeVersion);
	await test.n8n.activate(saved.id);
	try {
		await work(saved);
	} finally {
		await test.n8n.deactivate(saved.id);
	}
	await untilNone();
	expect(held()).toEqual([0, 0]);
}

const post = async (url: string, body: unknown, headers = {}) =>
	await whileBusy(
		async () => await axios.post(url, body, { proxy: false, validateStatus: () => true, headers }),
	);

describe('the Salesflow trigger in n8n', () => {
	it('makes 3 webhooks and 120 attachments once, over activations and restarts, and none is left', async () => {
		await active({ events }, async (saved) => {
			expect(held()).toEqual([3, 120]);
			const urls = own().map(({ Url }) => Url);
			await test.n8n.activate(saved.id);
			expect(held()).toEqual([3, 120]);
			await test.n8n.restart();
			await test.n8n.setUpOwner();
			expect(held()).toEqual([3, 120]);
			expect(own().map(({ Url }) => Url)).toEqual(urls);
			const contact = sim.vendor.seedContacts(1)[0];
			const [delivery] = sim.vendor.reply(contact?.MemberId, 'Tell me more').slice(-1);
			await sim.vendor.sender.idle();
			expect(delivery?.state).toBe('acknowledged');
			await test.n8n.untilExecutions(saved.id, 1);
		});
		expect(sim.violations()).toEqual([]);
	});

	it('asks little, and leaves no gap, where a change concerns nothing at Salesflow', async () => {
		await active({ events }, async (saved) => {
			const ids = own().map(({ WebhookId }) => WebhookId);
			const before = sim.requests.length;
			await test.n8n.change(saved.id, ([node]) => {
				node!.parameters = { ...node!.parameters, options: { ignoreRepeats: false } };
			});
			await wait(2_500);
			expect(own().map(({ WebhookId }) => WebhookId)).toEqual(ids);
			expect(held()).toEqual([3, 120]);
			expect(sim.journal.entries('webhook.delete')).toEqual([]);
			expect(sim.requests.length - before).toBeLessThanOrEqual(4);
		});
	});

	it.each([
		[1.2, 41, 2],
		[1.1, 40, 1],
	])(
		'with version %s watches %i campaigns after an event, one of them created later',
		async (version, watched, looks) => {
			const work = async (saved: SavedWorkflow) => {
				const later = sim.vendor.createCampaign('Later').CampaignId;
				const [early] = sim.vendor.seedContacts(1);
				for (const text of ['Hello', 'And?']) sim.vendor.reply(early?.MemberId, text);
				await test.n8n.untilExecutions(saved.id, 2);
				for (let tries = 0; held()[1] < 41 && tries < 20; tries++) await wait(100);
				expect(held()).toEqual([1, watched]);
				const looked = sim.requests.filter(({ operationId }) => operationId === 'campaign.getAll');
				expect(looked).toHaveLength(looks);
				const [contact] = sim.vendor.seedContacts(1, later);
				sim.vendor.reply(contact?.MemberId, 'Hello');
				await test.n8n.untilExecutions(saved.id, watched === 41 ? 3 : 2);
			};
			await active({ events: ['replyDetected'] }, work, version);
			expect(sim.violations()).toEqual([]);
		},
	);

	it('leaves nothing behind when the 60th attachment is refused, and says why', async () => {
		const limit = campaigns + 59;
		sim.setFault(({ operationId }) =>
			operationId === 'webhook.attach' && sim.vendor.webhooks.attachments().length >= limit
				? {
						kind: 'answer',
						when: 'before',
						answer: { status: 200, body: { Status: 422, Message: 'Full' } },
					}
				: undefined,
		);
		const saved = await workflow();
		await expect(test.n8n.activate(saved.id)).rejects.toThrow(
			/could not be watched for .* Salesflow says: Full/,
		);
		expect(sim.journal.entries('webhook.attach').length).toBeGreaterThanOrEqual(limit);
		expect(held()).toEqual([0, 0]);
		await test.n8n.deactivate(saved.id);
		sim.setFault(undefined);
	});

	it('heals what an interruption left, and takes away what it does not want any more', async () => {
		await active(
			{ events: ['replyDetected'], campaigns: 'chosen', campaignIds: ['29854', '29855'] },
			async (saved) => {
				const [webhook] = own();
				expect(held()).toEqual([1, 2]);
				await test.n8n.deactivate(saved.id);
				// What a crash leaves: a webhook without its attachments, and one with a secret that is lost.
				const url = webhook?.Url ?? '';
				sim.vendor.webhooks.create({ Name: 'a', Url: url, DisableForMutedContacts: false });
				const lost = sim.vendor.webhooks.create({
					Name: 'b',
					Url: url.replace(/secret=.*/, 'secret=lost'),
				});
				sim.vendor.webhooks.attach(lost.WebhookId, 29856, 2);
				await test.n8n.activate(saved.id);
				expect(held()).toEqual([1, 2]);
				expect(own()[0]?.AttachedWebhookCampaigns.map(({ CampaignId }) => CampaignId)).toEqual([
					29854, 29855,
				]);
				// Somebody took a part away in Salesflow: what is gone does not keep the rest from going.
				sim.vendor.webhooks.detach(own()[0]?.AttachedWebhookCampaigns[0]?.WebhookCampaignId);
			},
		);
	});

	it('hands on the three events with usable types', async () => {
		await active({ events }, async (saved) => {
			const { MemberId: id } = sim.vendor.seedContacts(1)[0] ?? {};
			const happenings = [
				() => sim.vendor.connect(id),
				() => sim.vendor.reply(id, 'A < B & "C"'),
				() => sim.vendor.withdraw(id),
			];
			const seen = [];
			for (const [n, happen] of happenings.entries()) {
				happen();
				await sim.vendor.sender.idle();
				const [newest] = await test.n8n.untilExecutions(saved.id, n + 1);
				const execution = await test.n8n.execution(newest?.id ?? '');
				seen.push(itemsOf(execution, 'Trigger')[0]?.json ?? {});
			}
			expect(seen.map(({ Event }) => Event)).toEqual(events);
			expect(seen[0]).toMatchObject({
				MemberId: id,
				StatusNames: ['MEMBER_CONNECTED'],
				DateAdded: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
			});
			expect(seen[1]?.Messages).toEqual([
				expect.objectContaining({ Sender: 'Connection message', IsFromContact: false }),
				{
					Sender: 'Person 1',
					SentAt: expect.stringMatching(/Z$/),
					Text: 'A < B & "C"',
					IsFromContact: true,
				},
			]);
		});
	});

	it('reads a reply whatever stands before PM, and no day that does not exist', async () => {
		await active({ events: ['replyDetected'] }, async (saved) => {
			const { MemberId } = sim.vendor.seedContacts(1)[0] ?? {};
			const message = { Sender: 'Ada King', Text: 'Hello', IsFromContact: true };
			for (const [n, half] of ['\u202fPM', '\u00a0PM', 'PM', ' pm'].entries()) {
				const said = (date: string) => `<p>Ada King [${date} 4:33${half}]: Hello</p>`;
				const body = {
					...{ MemberId, FirstName: 'Ada ', LastName: 'King' },
					MemberActionsFormatted: said('2/18/2021') + said('2/30/2021'),
				};
				expect((await post(own()[0]?.Url ?? '', body)).status).toBe(200);
				const [newest] = await test.n8n.untilExecutions(saved.id, n + 1);
				const [item] = itemsOf(await test.n8n.execution(newest?.id ?? ''), 'Trigger');
				expect(item?.json['Messages']).toEqual([
					{ ...message, SentAt: '2021-02-18T16:33:00.000Z' },
					{ ...message, SentAt: null },
				]);
			}
		});
	});

	it('takes what Salesflow delivers while the trigger is still being registered, and after that with a new token', async () => {
		const { MemberId } = sim.vendor.seedContacts(1)[0] ?? {};
		let early: Promise<{ status: number }> | undefined;
		let attachments = 0;
		sim.change({ latencyMs: 200 });
		sim.setFault(({ operationId }) => {
			const url = own()[0]?.Url;
			if (operationId === 'webhook.attach' && ++attachments === 15 && url)
				early = post(url, { MemberId });
			return undefined;
		});
		await active({ events: ['replyDetected'] }, async (saved) => {
			sim.change({ latencyMs: 0 });
			expect((await early)?.status).toBe(200);
			await test.n8n.untilExecutions(saved.id, 1);
			const url = own()[0]?.Url;
			sim.vendor.token = 'another-token';
			await test.n8n.updateCredential(credential, { ...data, token: sim.vendor.token });
			const [another] = sim.vendor.seedContacts(1);
			const [delivery] = sim.vendor.reply(another?.MemberId, 'Hello').slice(-1);
			await sim.vendor.sender.idle();
			expect(delivery).toMatchObject({ state: 'acknowledged', url });
			await test.n8n.untilExecutions(saved.id, 2);
		}).finally(async () => await test.n8n.updateCredential(credential, data));
	});

	it('has a Poll Trigger beside it, which tells once of a contact that was added and of a campaign', async () => {
		const seldom = { pollTimes: { item: [{ mode: 'everyX', unit: 'hours', value: 12 }] } };
		const watched = [...sim.vendor.campaigns.keys()].slice(0, 2);
		const polled = test.node(
			{
				node: 'salesflowPollTrigger',
				parameters: {
					...{ events: ['contactAdded', 'campaignStatusChanged'], ...seldom },
					...{ campaigns: 'chosen', campaignIds: watched.map(String) },
				},
				credential,
			},
			'Trigger',
		);
		const after = { name: 'After', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };
		const { id } = await test.n8n.createWorkflow(chain('Polled', [polled, after]));
		sim.vendor.seedContacts(1, watched[1]);
		// n8n polls at each activation, and keeps what the node remembers in between.
		const poll = async () => {
			await test.n8n.activate(id);
			await test.n8n.deactivate(id);
		};
		await poll();
		const [added] = sim.vendor.seedContacts(1, watched[1]);
		const campaign = sim.vendor.campaigns.get(watched[0] ?? 0);
		const before = campaign?.Status;
		const Status = before === 'CAMPAIGN_PAUSED' ? 'CAMPAIGN_RUNNING' : 'CAMPAIGN_PAUSED';
		Object.assign(campaign ?? {}, { Status });
		await poll();
		const [one] = await test.n8n.untilExecutions(id, 1);
		const items = itemsOf(await test.n8n.untilEnded(one?.id ?? ''), 'Trigger');
		expect(items.map(({ json }) => json)).toMatchObject([
			{ Event: 'contactAdded', MemberId: added?.MemberId, CampaignId: watched[1] },
			{ Event: 'campaignStatusChanged', CampaignId: watched[0], Status },
		]);
		await poll();
		expect(await test.n8n.executions(id)).toHaveLength(1);
		expect(sim.violations()).toEqual([]);
	});

	it('refuses 25 forged deliveries with 401, and starts nothing', async () => {
		await active({ events: ['replyDetected'] }, async (saved) => {
			const { MemberId: id } = sim.vendor.seedContacts(1)[0] ?? {};
			const right = own()[0]?.Url ?? '';
			const secret = new URL(right).searchParams.get('secret') ?? '';
			const secrets = [
				'',
				'x',
				secret.slice(0, -1),
				`${secret}x`,
				secret.toUpperCase(),
				secret.toLowerCase(),
				` ${secret}`,
				`${secret}\n`,
				[...secret].reverse().join(''),
				'undefined',
				'null',
				'0',
				'[object Object]',
				'x'.repeat(43),
				'x'.repeat(10_000),
				token,
				'../',
				'%00',
				`${secret}${secret}`,
				'{}',
			];
			const forged = [
				...secrets.map(
					(one) => `${right.replace(/secret=.*/, '')}secret=${encodeURIComponent(one)}`,
				),
				right.replace(/\?.*/, ''),
				right.replace(/secret=.*/, ''),
				`${right}&secret=other`,
				right.replace('secret=', 'secret[]='),
				right.replace('secret=', 'secret[a]='),
			];
			expect(forged).toHaveLength(25);
			const body = { MemberId: id, secret };
			for (const url of forged) {
				expect([url.slice(-60), (await post(url, body, { 'x-secret': secret })).status]).toEqual([
					url.slice(-60),
					401,
				]);
			}
			for (const broken of ['[]', '{', 'null', '{"a":1}']) {
				const { status } = await post(right, broken, { 'content-type': 'text/plain' });
				expect(status).toBe(400);
			}
			await wait(grace);
			expect(await test.n8n.executions(saved.id)).toEqual([]);
		});
	});

	it('starts one execution for the same delivery five times', async () => {
		await active({ events: ['replyDetected'] }, async (saved) => {
			const { MemberId: id } = sim.vendor.seedContacts(1)[0] ?? {};
			const [delivery] = sim.vendor.reply(id, 'Hello').slice(-1);
			await sim.vendor.sender.idle();
			await test.n8n.untilExecutions(saved.id, 1);
			const body: unknown = JSON.parse(delivery?.body ?? '');
			const again = await Promise.all(
				[1, 2, 3, 4].map(async () => await post(delivery?.url ?? '', body)),
			);
			expect(again.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
			await wait(grace);
			expect(await test.n8n.executions(saved.id)).toHaveLength(1);
			sim.vendor.reply(id, 'Hello again');
			await test.n8n.untilExecutions(saved.id, 2);
		});
	});

	it('leaves muted contacts out where asked to', async () => {
		const parameters = { events: ['memberConnected'], options: { skipMutedContacts: true } };
		await active(parameters, async (saved) => {
			const [muted, heard] = sim.vendor.seedContacts(2);
			Object.assign(muted ?? {}, { isMuted: true });
			expect(sim.vendor.connect(muted?.MemberId)).toEqual([]);
			const { status } = await post(own()[0]?.Url ?? '', { MemberId: 1, IsMuted: true });
			expect(status).toBe(200);
			sim.vendor.connect(heard?.MemberId);
			await test.n8n.untilExecutions(saved.id, 1);
			await wait(grace);
			expect(await test.n8n.executions(saved.id)).toHaveLength(1);
		});
	});

	it('listens for a test beside the production webhooks, and takes only its own away', async () => {
		await active({ events: ['replyDetected'] }, async (saved) => {
			const production = own().map(({ Url }) => Url);
			const { execution } = await test.n8n.listenForTest(saved);
			expect(held()).toEqual([2, 80]);
			const { MemberId: id } = sim.vendor.seedContacts(1)[0] ?? {};
			const listening = own().find(({ Url }) => !production.includes(Url));
			const body = { MemberId: id, FirstName: 'Ada' };
			expect((await post(listening?.Url ?? '', body)).status).toBe(200);
			expect((await execution()).mode).toBe('manual');
			for (let tries = 0; own().length > 1 && tries < 50; tries++) await wait(100);
			expect(own().map(({ Url }) => Url)).toEqual(production);
			expect(held()).toEqual([1, 40]);
		});
	});

	it.each([
		[{ events: [] }, "'Trigger On' is empty"],
		[{ events, campaigns: 'chosen', campaignIds: [] }, 'No campaign is chosen'],
		[{ events, campaigns: 'chosen', campaignIds: ['all'] }, '"all" is not a valid campaign ID'],
	])('refuses %j before it asks for anything', async (parameters, sentence) => {
		const saved = await workflow(parameters);
		await expect(test.n8n.activate(saved.id)).rejects.toThrow(sentence);
		// n8n takes down what a refused activation may have left, which reads the list of webhooks.
		const asked = sim.requests.map(({ operationId }) => operationId);
		expect(asked.filter((name) => name !== 'webhook.getAll')).toEqual([]);
		await test.n8n.deactivate(saved.id);
	});
});
