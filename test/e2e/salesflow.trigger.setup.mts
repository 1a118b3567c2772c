import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import axios from 'axios';
import { whileBusy } from '../../dev/n8n/busy.mts';
import { chain, type SavedCredential, type SavedWorkflow } from '../../dev/n8n/workflow.mts';
import salesflow, { type Salesflow } from '../../dev/vendors/salesflow/simulator/index.mts';
import { type Simulator, startSimulator } from '../../dev/kit/simulator.mts';
import { startTestN8n, type TestN8n } from '../../dev/n8n/harness.mts';

/** The token that Salesflow takes. */
export const token = 'token-that-nobody-may-see';
/** How many campaigns the account has. */
export const campaigns = 40;
/** What the trigger listens for, unless a test says otherwise. */
export const events = ['memberConnected', 'replyDetected', 'invitationWithdrawn'];

/** The vendor, which each test finds as new. */
export let sim: Simulator<Salesflow>;
/** A real n8n. */
export let test: TestN8n;
/** The credential of the account. */
export let credential: SavedCredential;
/** What the credential holds. */
export let data: Record<string, unknown>;

/** Somebody else's webhook, attached like ours: nothing that happens here may touch it. */
let other: number;

/** Is called where a file's tests are described: starts Salesflow and n8n before them; each test finds what others have. */
export function withSalesflow(): void {
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
}

/** The webhooks that the trigger has at Salesflow. */
export const own = () =>
	[...sim.vendor.webhooks.byId.values()].filter(({ WebhookId }) => WebhookId !== other);

/** How many webhooks and attachments of ours there are; fails where the other's changed. */
export function held(): [webhooks: number, attachments: number] {
	const others = sim.vendor.webhooks.byId.get(other)?.AttachedWebhookCampaigns;
	expect(others).toHaveLength(campaigns);
	const attachments = own().flatMap(({ AttachedWebhookCampaigns: list }) => list);
	return [own().length, attachments.length];
}

/** A trigger's webhooks outlive its deactivation by two seconds. */
async function untilNone(): Promise<void> {
	for (let tries = 0; own().length > 0 && tries < 300; tries++) await wait(100);
}

/** A workflow with the trigger, which is not published. */
export async function workflow(
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
export async function active(
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

/** Delivers, as Salesflow would. */
export const post = async (url: string, body: unknown, headers = {}) =>
	await whileBusy(
		async () => await axios.post(url, body, { proxy: false, validateStatus: () => true, headers }),
	);
