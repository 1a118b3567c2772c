import { isDeepStrictEqual } from 'node:util';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { itemsOf } from '../../dev/n8n/execution.mts';
import { until as found } from '../../dev/n8n/until.mts';
import { chain, type SavedCredential, type SavedWorkflow } from '../../dev/n8n/workflow.mts';
import type { Call, Fault } from '../../dev/kit/simulator.mts';
import { AppCaller } from '../../dev/vendors/zenviaSales/simulator/index.mts';
import { startTestN8n, type TestN8n } from '../../dev/n8n/harness.mts';
import { appSecrets, campaigns, CrashSetup, until } from './crash.setup.mts';

/**
 * How long n8n 2.x leaves an activation alone that another process may be busy with, by default 2 minutes;
 * it gives up after 0.7 of it, and a start after a crash takes as long anyway.
 */
const leaseSeconds = '20';
/** n8n is killed long before a request that is held back ends. Milliseconds. */
const holdMs = 600_000;
const salesflowEvents = ['memberConnected', 'replyDetected', 'invitationWithdrawn'];
/** Number of attachments after which n8n is killed. */
const halfWay = 5;
const leads = 25;
const freshLeads = 3;
const conversations = 60;
const redeliveryMs = 2_000;

let tested: TestN8n;
let setup: CrashSetup;
/** Zenvia's, two of Salesflow's and Convertalk's: they ask the vendor when they are activated. */
let asking: Record<'zenvia' | 'created' | 'attached' | 'polled', SavedWorkflow>;
/** Saleswhale's and that of a Zenvia app: a person enters their URLs, once and for all. */
let told: Record<'whale' | 'app', SavedWorkflow>;

const hookIdOf = ({ nodes }: SavedWorkflow) => String(nodes[0]?.['webhookId']);
const urlOf = (workflow: SavedWorkflow, path = 'webhook') =>
	`${tested.n8n.url}/webhook/${hookIdOf(workflow)}/${path}`;

async function workflow(
	node: string,
	parameters: object,
	credential: SavedCredential,
): Promise<SavedWorkflow> {
	const trigger = tested.node({ node, parameters: { ...parameters }, credential }, 'Trigger');
	const after = { name: 'After', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };
	return await tested.n8n.createWorkflow(chain(node, [trigger, after]));
}

beforeAll(async () => {
	tested = await startTestN8n({
		N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: leaseSeconds,
		N8N_WORKFLOW_PUBLICATION_OUTBOX_POLL_INTERVAL_MS: '500',
	});
	setup = await CrashSetup.start(tested, 5);
	const { saleswhale, zenviaSales, salesflow, convertalk } = setup.credentials;
	const flow = async () =>
		await workflow('salesflowTrigger', { events: salesflowEvents }, salesflow);
	const pollTimes = { item: [{ mode: 'everyX', unit: 'hours', value: 12 }] };
	asking = {
		zenvia: await workflow(
			'zenviaSalesTrigger',
			{ topics: ['interactions'], onConflict: 'stop' },
			zenviaSales,
		),
		created: await flow(),
		attached: await flow(),
		polled: await workflow('convertalkTrigger', { pollTimes, events: ['leadCreated'] }, convertalk),
	};
	const app = await tested.credential('zenviaSalesAppApi', appSecrets);
	// Of what a call brings, only settings that are named here are kept.
	const changed = { events: ['settingsChanged'], defaultSettings: { language: 'en' } };
	told = {
		whale: await workflow('saleswhaleTrigger', { events: ['conversation.ended'] }, saleswhale),
		app: await workflow('zenviaSalesAppTrigger', changed, app),
	};
	for (const { id } of Object.values(told)) await tested.n8n.activate(id);
	setup.sims.convertalk.vendor.leads.addMany(leads);
});

afterAll(async () => {
	await tested?.close();
	await setup?.close();
});

const webhooksOf = (one: SavedWorkflow) =>
	[...setup.sims.salesflow.vendor.webhooks.byId.values()].filter(({ Url }) =>
		Url.includes(hookIdOf(one)),
	);
const attachmentsOf = (one: SavedWorkflow) =>
	webhooksOf(one).flatMap(({ AttachedWebhookCampaigns: attachments }) => attachments);

/** What the vendors hold for the triggers that register. */
const held = () => ({
	zenvia: setup.sims.zenviaSales.vendor.subscriptions.active.map(
		({ callbackUrl }) => callbackUrl.split('?')[0],
	),
	created: [webhooksOf(asking.created).length, attachmentsOf(asking.created).length],
	attached: [webhooksOf(asking.attached).length, attachmentsOf(asking.attached).length],
	all: setup.sims.salesflow.vendor.webhooks.byId.size,
});
const nothing = { zenvia: [], created: [0, 0], attached: [0, 0], all: 0 };
const exactly = () => ({
	zenvia: [urlOf(asking.zenvia)],
	created: [3, 3 * campaigns],
	attached: [3, 3 * campaigns],
	all: 6,
});

/** Begins all activations and kills n8n when each is held at its request, not done by the vendor or just done. */
async function killWhileActivating(when: 'before' | 'after'): Promise<void> {
	const reached = new Set<string>();
	const holdAt = (name: string): Fault => {
		reached.add(name);
		return { kind: 'stall', when, ms: holdMs };
	};
	setup.sims.zenviaSales.setFault(({ operationId }) =>
		operationId === 'subscription.create' ? holdAt('zenvia') : undefined,
	);
	setup.sims.convertalk.setFault(({ operationId, query }) =>
		operationId === 'lead.getAll' && Number(query['page']) === 2 ? holdAt('polled') : undefined,
	);
	setup.sims.salesflow.setFault((call) => {
		if (isCreating(call)) return holdAt('created');
		return isAttachingHalfWay(call) ? holdAt('attached') : undefined;
	});
	const begun = Object.values(asking).map(
		async ({ id, versionId }) =>
			await tested.n8n.rest.post(`/workflows/${id}/activate`, { versionId }).catch(String),
	);
	await until(() => reached.size === Object.keys(asking).length, 'every activation is held');
	await tested.n8n.kill();
	await Promise.all(begun);
	for (const simulator of setup.all) simulator.setFault(undefined);
}

const isCreating = ({ operationId, body }: Call) =>
	operationId === 'webhook.create' && JSON.stringify(body).includes(hookIdOf(asking.created));

function isAttachingHalfWay({ operationId, query, body }: Call): boolean {
	if (operationId !== 'webhook.attach' || attachmentsOf(asking.attached).length < halfWay)
		return false;
	const given = JSON.stringify([query, body]);
	return webhooksOf(asking.attached).some(({ WebhookId }) => given.includes(String(WebhookId)));
}

/** A registration outlives its trigger by two seconds, in case that n8n publishes it anew. */
async function deactivateAll(): Promise<void> {
	for (const { id } of Object.values(asking)) await tested.n8n.deactivate(id);
	await until(() => isDeepStrictEqual(held(), nothing), 'nothing is registered', 15_000).catch(
		() => {},
	);
	expect(held()).toEqual(nothing);
}

/** n8n 2.x may take a half-done activation for a whole one, so a person switches it off and on again. */
async function activateAnew(): Promise<void> {
	await tested.n8n.restart();
	await tested.n8n.setUpOwner();
	await deactivateAll();
	for (const { id } of Object.values(asking)) await tested.n8n.activate(id);
	expect(held()).toEqual(exactly());
}

const executionsOf = async ({ id }: SavedWorkflow) =>
	await Promise.all(
		(await tested.n8n.executions(id)).map(async (one) => await tested.n8n.execution(one.id)),
	);

it('killed before the vendors have done it: the next activation registers each trigger once', async () => {
	await killWhileActivating('before');
	expect(held()).toMatchObject({ zenvia: [], created: [0, 0] });
	expect(attachmentsOf(asking.attached).length).toBeGreaterThanOrEqual(halfWay);
	expect(attachmentsOf(asking.attached).length).toBeLessThan(3 * campaigns);
	await activateAnew();
	// What was in Convertalk when the trigger was first activated starts nothing, also at the second try.
	expect(await tested.n8n.executions(asking.polled.id)).toEqual([]);
});

it('killed after they have done it: none is registered twice, and no event comes twice', async () => {
	await deactivateAll();
	const fresh = setup.sims.convertalk.vendor.leads.addMany(freshLeads);
	const app = new AppCaller({ ...appSecrets, url: urlOf(told.app, 'app'), apiKey: 'instance-key' });
	await app.changeSettings({ language: 'pt' });
	await tested.n8n.untilExecutions(told.app.id, 1);
	await killWhileActivating('after');
	expect(held().zenvia).toEqual([urlOf(asking.zenvia)]);
	expect(held().created[0]).toBe(1);
	await activateAnew();

	await tested.n8n.untilExecutions(asking.polled.id, 1);
	const handedOn = (await executionsOf(asking.polled)).flatMap((one) => itemsOf(one, 'Trigger'));
	expect(handedOn.map(({ json }) => json['uuid']).sort()).toEqual(
		fresh.map(({ uuid }) => uuid).sort(),
	);
	const [contact] = setup.sims.salesflow.vendor.seedContacts(1);
	setup.sims.salesflow.vendor.reply(contact?.MemberId, 'Still there?');
	const [prospect = ''] = setup.sims.zenviaSales.vendor.seedProspects(1);
	setup.sims.zenviaSales.vendor.receiveMessage(prospect, { content: 'Still there?' });
	for (const one of [asking.zenvia, asking.created, asking.attached]) {
		expect(await tested.n8n.untilExecutions(one.id, 1)).toHaveLength(1);
	}
	expect((await app.askSettings()).body).toMatchObject({ language: 'pt' });
});

it('killed while events come in: none is lost, and none that was acknowledged runs twice', async () => {
	const { vendor } = setup.sims.saleswhale;
	vendor.webhookUrl = undefined;
	const ids = vendor.seedConversations(conversations);
	vendor.webhookUrl = urlOf(told.whale);
	vendor.endConversations();
	const acknowledged = () =>
		vendor.webhooks.deliveries.filter(({ state }) => state === 'acknowledged');
	await until(() => acknowledged().length > conversations / 4, 'some deliveries are acknowledged');
	await tested.n8n.kill();
	const killed = Date.now();
	await wait(100);
	const before = acknowledged().map(({ body }) => conversationIn(body));
	const open = vendor.webhooks.deliveries.filter(
		(one) => !before.includes(conversationIn(one.body)),
	);
	expect(open.length).toBeGreaterThan(0);
	await tested.n8n.restart();
	await tested.n8n.setUpOwner();
	// Right after its start n8n may refuse a delivery, so each is sent, as a vendor does, until it is taken.
	await found(
		async () => {
			const taken = acknowledged().map(({ body }) => conversationIn(body));
			const missing = open.filter(({ body }) => !taken.includes(conversationIn(body)));
			for (const { url, event, body } of missing)
				vendor.webhooks.deliver(url, event, JSON.parse(body));
			await wait(redeliveryMs);
			return missing.length === 0 || undefined;
		},
		() => 'Not every event was acknowledged',
	);
	// n8n answers once it has stored the execution, so none is lost: it has run, or shows as crashed.
	const started = await found(
		async () => {
			const all = await executionsOf(told.whale);
			const conversations = all.map(({ raw }) => conversationIn(JSON.stringify(raw)));
			return ids.every((id) => conversations.includes(id)) ? all : undefined;
		},
		() => 'Not every event has an execution',
	);
	// What n8n had stored and not yet acknowledged when it was killed is delivered again, and may have run, or be run
	// at n8n's next start (2.41.1: EnqueuedExecutionRecoveryService): nothing else runs twice.
	const whole = started.filter(({ status }) => status !== 'crashed');
	const idsOf = (runs: typeof whole) => runs.map(({ raw }) => conversationIn(JSON.stringify(raw)));
	const twiceIn = (ran: number[]) => ran.filter((id, n) => ran.indexOf(id) !== n);
	const isEarlier = ({ createdAt }: (typeof whole)[number]) => Date.parse(createdAt) < killed;
	expect(whole.map(({ createdAt }) => Date.parse(createdAt)).filter(Number.isNaN)).toEqual([]);
	expect(twiceIn(idsOf(whole)).filter((id) => before.includes(id))).toEqual([]);
	expect(twiceIn(idsOf(whole.filter(isEarlier)))).toEqual([]);
	expect(twiceIn(idsOf(whole.filter((one) => !isEarlier(one))))).toEqual([]);
	for (const { id } of Object.values(told)) await tested.n8n.deactivate(id);
	await deactivateAll();
});

const conversationIn = (json: string): number =>
	Number(/"conversation":\{"id":(\d+)/.exec(json)?.[1]);
