import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axios from 'axios';
import { EditorPage, launchBrowser } from '../../dev/n8n/page.mts';
import { QueueCluster } from '../../dev/n8n/queue.mts';
import { until } from '../../dev/n8n/until.mts';
import { chain, manualTrigger, type SavedCredential } from '../../dev/n8n/workflow.mts';
import saleswhale, { type Saleswhale } from '../../dev/vendors/saleswhale/simulator/index.mts';
import { type Simulator, startSimulator } from '../../dev/kit/simulator.mts';
import { version } from '../../dev/n8n/harness.mts';
import { Deliverer } from '../../dev/vendors/saleswhale/deliverer.mts';
import { describeAsking } from './queue.ask.mts';
import { Hook, LeadLists, noOp, ownNode, webhookNode } from '../../dev/n8n/queueWorkflows.mts';

const apiKey = 'queue-key';
const perSecond = 5;
/** n8n sees after a minute and a half that a worker is gone; here after seconds. Milliseconds. */
const soon = {
	QUEUE_WORKER_LOCK_DURATION: '5000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '1000',
	QUEUE_WORKER_STALLED_INTERVAL: '2000',
};

/** What has not started this long after the last delivery does not start any more. Milliseconds. */
const quiet = 2_000;

/** For axios: a refusal is an answer, too. */
const anyStatus = { proxy: false, validateStatus: () => true } as const;

let sim: Simulator<Saleswhale>;
let cluster: QueueCluster;
let credential: SavedCredential;

beforeAll(async () => {
	sim = await startSimulator(saleswhale({ apiKey }), { latencyMs: 100 });
	cluster = await QueueCluster.start({ version, env: soon });
	const data = { apiKey, baseUrl: sim.url, requestsPerSecond: perSecond };
	credential = await cluster.main.createCredential('saleswhaleApi', 'Saleswhale', data);
});

afterAll(async () => {
	await cluster?.stop();
	await sim?.close();
});

const created = () => sim.journal.entries('lead.create');

describe("n8n's queue mode with three workers on one key", () => {
	it('creates the leads of all executions once, at the pace of the key', async () => {
		const [executions, leadsEach] = [6, 10];
		const leads = executions * leadsEach;
		sim.change({ limit: { kind: 'fixed', requests: perSecond, windowMs: 1000 } });
		const lists = await LeadLists.publish(cluster, credential, 'pace');
		await lists.begin(executions, leadsEach);
		const ended = await lists.ended(executions, 60_000);
		expect(ended.map(({ status }) => status)).toEqual(Array(executions).fill('success'));
		const journal = created();
		expect(journal).toHaveLength(leads);
		expect(sim.journal.doneTwice('lead.create')).toEqual([]);
		expect(new Set(await lists.workers()).size).toBeGreaterThan(1);
		const seconds = ((journal.at(-1)?.time ?? 0) - (journal[0]?.time ?? 0)) / 1000;
		// A few seconds go into coming to share, so the whole of the limit is for longer lists. Where n8n's queue gives
		// one worker most of the lists, the rate limiter's own simulation comes down to 0.59.
		expect(leads / (seconds * perSecond)).toBeGreaterThan(0.5);
	});

	it('starts exactly one execution for each delivery that it accepts', async () => {
		const deliveries = 200;
		const hook = await Hook.own(cluster, credential);
		const deliverer = new Deliverer(apiKey);
		try {
			const accepted: number[] = [];
			let missing = Array.from({ length: deliveries }, (_, n) => n);
			// Like the vendor, once more where n8n was too busy to take it; on a quiet machine nothing is.
			for (let attempt = 0; attempt < 5 && missing.length > 0; attempt++) {
				const answers = await deliverer.deliver(hook.url, missing, 50);
				const taken = answers.filter(({ status }) => status === 200).map(({ id }) => id);
				accepted.push(...taken);
				missing = missing.filter((id) => !taken.includes(id));
			}
			expect(accepted).toHaveLength(deliveries);
			// n8n may also start an empty execution for what it answered with 500; those carry no conversation.
			await hook.drained(deliveries, 90_000);
			const all = async () => ((await hook.conversations()).length < deliveries ? undefined : true);
			await until(all, () => 'Not every delivery has its execution', 30_000);
			await sleep(quiet);
			expect((await hook.conversations()).sort((a, b) => a - b)).toEqual(
				Array.from({ length: deliveries }, (_, n) => n),
			);
		} finally {
			deliverer.close();
		}
	});

	it('serves forms by the webhook process, to which the proxy leads, and not by main', async () => {
		const title = 'Leads of a fair';
		const form = {
			name: 'Form',
			type: 'n8n-nodes-base.formTrigger',
			typeVersion: 2.2,
			webhookId: 'fair',
			parameters: {
				formTitle: title,
				formFields: { values: [{ fieldLabel: 'Email' }] },
				options: {},
			},
		};
		const { id } = await cluster.main.createWorkflow(chain('Form', [form, noOp]));
		await cluster.main.activate(id);
		const read = async (base: string) =>
			(await axios.get<string>(`${base}/form/fair`, anyStatus)).data;
		expect(await read(cluster.url)).toContain(title);
		expect(await read(cluster.mainUrl)).not.toContain(title);
	});

	it('refuses by the proxy what is larger than n8n takes, where n8n itself would fail', async () => {
		const webhook = chain('Large', [webhookNode('large'), noOp]);
		const { id } = await cluster.main.createWorkflow(webhook);
		await cluster.main.activate(id);
		const statusOf = async (base: string, megabytes: number) =>
			(
				await axios.post(
					`${base}/webhook/large`,
					{ text: 'x'.repeat(megabytes * 2 ** 20) },
					anyStatus,
				)
			).status;
		expect(await statusOf(cluster.webhookUrl, 16)).toBe(500);
		expect(await statusOf(cluster.url, 16)).toBe(413);
		expect(await statusOf(cluster.url, 15)).toBe(200);
	});

	it('shows in the editor, by the proxy, what a worker makes of a step', async () => {
		sim.reset();
		sim.change({ limit: undefined });
		const parameters = {
			resource: 'lead',
			operation: 'create',
			firstName: 'Ada',
			email: 'ada@example.com',
		};
		const create = ownNode('Create Lead', 'saleswhale', parameters, credential);
		const { id } = await cluster.main.createWorkflow(chain('By hand', [manualTrigger, create]));
		const browser = await launchBrowser();
		try {
			const editor = await EditorPage.open(
				browser,
				await EditorPage.signIn(browser, cluster.url, cluster.owner),
			);
			await editor.openWorkflow(id);
			await editor.openNode('Create Lead');
			await editor.executeStep();
			await editor.output.getByText('ada@example.com').first().waitFor();
			expect(created()).toHaveLength(1);
		} finally {
			await browser.close();
		}
	});

	it('leaves a half-done execution half done when its worker is killed, and says so', async () => {
		sim.reset();
		sim.change({ limit: undefined });
		const leads = 40;
		const lists = await LeadLists.publish(cluster, credential, 'kill');
		await lists.begin(1, leads);
		await until(
			async () => (created().length >= 5 ? true : undefined),
			() => 'Nothing was created',
			30_000,
		);
		const [running] = await cluster.main.executions(lists.workflowId);
		expect(running?.status).toBe('running');
		const place = (await cluster.workerOf()).get(running?.id ?? '') ?? -1;
		await cluster.workers[place]?.kill();
		await sleep(500);
		const done = created().length;
		const [ended] = await lists.ended(1, 60_000);
		const execution = await cluster.main.execution(ended?.id ?? '');
		expect(ended?.status).toBe('error');
		expect(execution.error?.message).toMatch(
			/failed to be processed too many times and will no longer retry/,
		);
		expect(execution.nodes).toEqual({});
		// n8n runs it no second time: what was created stays, and nothing is created after.
		await sleep(3000);
		expect(created()).toHaveLength(done);
		expect(done).toBeLessThan(leads);
		expect(sim.journal.doneTwice('lead.create')).toEqual([]);
		expect(await cluster.main.executions(lists.workflowId)).toHaveLength(1);
	});

	// The last one, since it ends a worker.
	describeAsking(() => cluster);
});
