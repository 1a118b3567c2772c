import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { whileBusy } from '../../dev/n8n/busy.mts';
import { does } from '../../dev/n8n/changes.mts';
import { itemsOf } from '../../dev/n8n/execution.mts';
import { chain, type SavedCredential, type SavedWorkflow } from '../../dev/n8n/workflow.mts';
import { startSimulator } from '../../dev/kit/simulator.mts';
import type { Delivery, Simulator } from '../../dev/kit/simulator.mts';
import zenviaSales from '../../dev/vendors/zenviaSales/simulator/index.mts';
import type { ZenviaSales } from '../../dev/vendors/zenviaSales/simulator/index.mts';
import { startTestN8n, type TestN8n } from '../../dev/n8n/harness.mts';

const minute = 60_000;
const triggerName = 'Zenvia Sales Trigger';
let simulator: Simulator<ZenviaSales>;
let tested: TestN8n;
let credential: SavedCredential;
let active: string[] = [];

async function workflow(parameters: Record<string, unknown> = {}): Promise<SavedWorkflow> {
	const given = { topics: ['interactions'], onConflict: 'stop', ...parameters };
	const node = tested.node(
		{ node: 'zenviaSalesTrigger', parameters: given, credential },
		triggerName,
	);
	return await tested.n8n.createWorkflow(chain('Zenvia', [node]));
}

async function activated(parameters: Record<string, unknown> = {}): Promise<SavedWorkflow> {
	const saved = await workflow(parameters);
	await tested.n8n.activate(saved.id);
	active.push(saved.id);
	return saved;
}

const callbackUrls = () =>
	simulator.vendor.subscriptions.active.map(({ callbackUrl }) => callbackUrl);
const webhookIdOf = ({ nodes }: SavedWorkflow) => String(nodes[0]?.['webhookId']);
const count = async ({ id }: SavedWorkflow) => (await tested.n8n.executions(id)).length;

/** A trigger's subscription outlives its deactivation by two seconds. */
const untilNone = async () => await until(() => callbackUrls().length === 0);

/** Waits until the simulator's state is so; what it is then is for the test to say. */
async function until(isSo: () => boolean): Promise<void> {
	for (let tries = 0; tries < 300 && !isSo(); tries++) {
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

/** What a captured notification of 2025 looks like, in short. */
const interaction = (more: object = {}) => ({
	subscriptionId: 'a'.repeat(24),
	topic: 'interactions',
	type: 'created',
	received: new Date().toISOString(),
	sent: new Date().toISOString(),
	attempts: 1,
	operationId: 'b'.repeat(24),
	prospect: { id: 'c'.repeat(24), firstName: 'Ana' },
	interaction: {
		id: 'd'.repeat(24),
		createdAt: new Date().toISOString(),
		status: 'finished',
		proactive: false,
		via: 'whatsApp',
		output: { message: { content: 'Hi', performer: 'integration' } },
	},
	...more,
});

async function post(url: string, body: unknown): Promise<number> {
	const headers = { 'content-type': 'application/json' };
	const send = async () =>
		await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
	return (await whileBusy(send)).status;
}

const statuses = (deliveries: Delivery[]) =>
	deliveries.flatMap(({ attempts }) => attempts.map(({ status }) => status));

beforeAll(async () => {
	simulator = await startSimulator(zenviaSales());
	tested = await startTestN8n();
	credential = await tested.credential('zenviaSalesApi', {
		apiKey: 'zenvia-key',
		environment: 'custom',
		baseUrl: `${simulator.url}/api/v1`,
	});
}, 3 * minute);

afterAll(async () => {
	await tested.close();
	await simulator.close();
}, minute);

beforeEach(() => simulator.reset());

afterEach(async () => {
	for (const id of active.splice(0)) await tested.n8n.deactivate(id);
}, minute);

describe('the simulator holds exactly the subscription that it should', () => {
	test(
		'after activating, deactivating and activating again',
		async () => {
			const saved = await activated();
			const [url = ''] = callbackUrls();
			expect(callbackUrls()).toHaveLength(1);
			expect(url).toContain(`/webhook/${webhookIdOf(saved)}/webhook?secret=`);
			expect(new URL(url).searchParams.get('secret')).toMatch(/^[\w-]{43}$/);
			expect(simulator.vendor.subscriptions.active[0]?.topics).toEqual(['interactions']);
			await tested.n8n.deactivate(saved.id);
			await untilNone();
			expect(callbackUrls()).toEqual([]);
			await tested.n8n.activate(saved.id);
			expect(callbackUrls()).toEqual([url]);
			expect(simulator.violations()).toEqual([]);
		},
		minute,
	);

	test(
		'after a second workflow of the same group, which stops with a sentence',
		async () => {
			await activated();
			const held = callbackUrls();
			const second = await workflow();
			await expect(tested.n8n.activate(second.id)).rejects.toThrow(
				/already sends the interactions of this group to 127\.0\.0\.1:\d+ \([\w-]{6}\)/,
			);
			expect(callbackUrls()).toEqual(held);
			// 2.x keeps it as published and without a trigger.
			active.push(second.id);
		},
		2 * minute,
	);

	test(
		'after a second workflow that replaces, and after both are off',
		async () => {
			const first = await activated();
			const second = await activated({
				onConflict: 'replace',
				topics: ['prospects', 'interactions'],
			});
			expect(callbackUrls()).toHaveLength(1);
			expect(callbackUrls()[0]).toContain(webhookIdOf(second));
			// The first one may not end what the second one made.
			await tested.n8n.deactivate(first.id);
			expect(callbackUrls()[0]).toContain(webhookIdOf(second));
			await tested.n8n.deactivate(second.id);
			await untilNone();
			expect(callbackUrls()).toEqual([]);
		},
		minute,
	);

	test(
		'after listening for a test, with and without an event',
		async () => {
			const saved = await activated();
			const before = callbackUrls();
			const { execution } = await tested.n8n.listenForTest(saved);
			expect(callbackUrls()).toHaveLength(1);
			expect(callbackUrls()[0]).toContain('/webhook-test/');
			const [id = ''] = simulator.vendor.seedProspects(1);
			simulator.vendor.receiveMessage(id, { content: 'Hi' });
			const item = itemsOf(await execution(), triggerName)[0];
			expect(item?.json).toMatchObject({ topic: 'interactions', direction: 'incoming' });
			await until(() => callbackUrls()[0] === before[0]);
			expect(callbackUrls()).toEqual(before);
			expect(simulator.vendor.subscriptions.active[0]?.topics).toEqual(['interactions']);

			await tested.n8n.listenForTest(saved);
			expect(callbackUrls()[0]).toContain('/webhook-test/');
			await tested.n8n.cancelTest(saved.id);
			await until(() => callbackUrls()[0] === before[0]);
			expect(callbackUrls()).toEqual(before);
			// And the production one works: its execution is the second.
			simulator.vendor.receiveMessage(id, { content: 'Once more' });
			await tested.n8n.untilExecutions(saved.id, 2);
		},
		2 * minute,
	);

	test(
		'after a test of a workflow that is not active, and of one in another’s place',
		async () => {
			const { workflow: alone } = await tested.n8n.listenForTest(await workflow());
			expect(callbackUrls()).toHaveLength(1);
			await tested.n8n.cancelTest(alone.id);
			await until(() => callbackUrls().length === 0);
			expect(callbackUrls()).toEqual([]);

			await activated();
			const held = callbackUrls();
			await expect(tested.n8n.listenForTest(await workflow())).rejects.toThrow(/already sends/);
			expect(callbackUrls()).toEqual(held);
			const replacing = await tested.n8n.listenForTest(await workflow({ onConflict: 'replace' }));
			expect(callbackUrls()).not.toEqual(held);
			await tested.n8n.cancelTest(replacing.workflow.id);
			await until(() => callbackUrls()[0] === held[0]);
			expect(callbackUrls()).toEqual(held);
		},
		2 * minute,
	);

	test(
		'after deactivating while a test listens',
		async () => {
			const saved = await activated();
			await tested.n8n.listenForTest(saved);
			await tested.n8n.deactivate(saved.id);
			await tested.n8n.cancelTest(saved.id);
			await new Promise((resolve) => setTimeout(resolve, 2_500));
			await untilNone();
			expect(callbackUrls()).toEqual([]);
		},
		minute,
	);

	test(
		'after it was lost, or its topics were changed, and the workflow is activated again',
		async () => {
			const saved = await activated();
			const [url] = callbackUrls();
			const [, sales] = simulator.vendor.groups;
			simulator.vendor.subscriptions.lose(sales?.id ?? '');
			await tested.n8n.deactivate(saved.id);
			await tested.n8n.activate(saved.id);
			expect(callbackUrls()).toEqual([url]);
			const [key] = simulator.vendor.keys.all;
			if (!key || url === undefined) throw new Error('no key or no URL');
			await tested.n8n.deactivate(saved.id);
			simulator.vendor.subscriptions.create(key, ['quotes'], url);
			await tested.n8n.activate(saved.id);
			expect(simulator.vendor.subscriptions.active).toMatchObject([
				{ topics: ['interactions'], callbackUrl: url },
			]);
		},
		minute,
	);
});

describe('a trigger that is changed, or whose n8n moved', () => {
	test(
		'keeps its subscription where nothing differs at Zenvia, and takes the place of its own where it does',
		async () => {
			const saved = await activated();
			const [before] = simulator.vendor.subscriptions.active;
			const made = () => simulator.journal.entries('subscription.create').length;
			const ended = () => simulator.journal.entries('subscription.delete').length;
			const set = async (parameters: object) =>
				await tested.n8n.change(saved.id, ([node]) => {
					node!.parameters = { ...node!.parameters, ...parameters };
				});
			await set({ options: { ignoreRepeats: false } });
			await new Promise((resolve) => setTimeout(resolve, 2_500));
			expect(simulator.vendor.subscriptions.active).toEqual([before]);
			expect([made(), ended()]).toEqual([1, 0]);
			await set({ topics: ['interactions', 'prospects'] });
			await new Promise((resolve) => setTimeout(resolve, 2_500));
			expect(callbackUrls()).toEqual([before?.callbackUrl]);
			expect(simulator.vendor.subscriptions.active[0]?.topics).toHaveLength(2);
			expect(made()).toBe(2);
		},
		minute,
	);

	test(
		'deactivates in 15 seconds while Zenvia is down',
		async () => {
			const saved = await activated();
			simulator.setFault(() => ({
				kind: 'answer',
				when: 'before',
				answer: { status: 503, body: {} },
			}));
			const start = Date.now();
			await tested.n8n.deactivate(saved.id);
			simulator.setFault(undefined);
			expect(Date.now() - start).toBeLessThan(15_000);
			expect(callbackUrls()).toHaveLength(1);
			// It is its own when it is activated again, and goes when it is deactivated.
			await tested.n8n.activate(saved.id);
			await tested.n8n.deactivate(saved.id);
			await untilNone();
			expect(callbackUrls()).toEqual([]);
		},
		minute,
	);

	test(
		'knows its subscription at the address of before',
		async () => {
			const [first, second] = [await activated(), await workflow()];
			const at = async (host: string) => {
				const { port } = new URL(tested.n8n.url);
				await tested.n8n.restart({ WEBHOOK_URL: `http://${host}:${port}/` });
				await tested.n8n.setUpOwner();
			};
			await at('localhost');
			// Where n8n asks no trigger at its start, they register when they are activated again.
			expect(new URL(callbackUrls()[0] ?? '').hostname).toBe(
				does('keepsRegistrations') ? '127.0.0.1' : 'localhost',
			);
			await tested.n8n.deactivate(first.id);
			await tested.n8n.activate(first.id);
			expect(callbackUrls().map((url) => new URL(url).hostname)).toEqual(['localhost']);
			await at('127.0.0.1');
			await tested.n8n.deactivate(first.id);
			await untilNone();
			expect(callbackUrls()).toEqual([]);
			// What is another's stays another's, wherever n8n is.
			await tested.n8n.activate(first.id);
			await expect(tested.n8n.activate(second.id)).rejects.toThrow(/already sends/);
			active.push(second.id);
		},
		3 * minute,
	);
});

describe('a workflow that answers', () => {
	/** The trigger as the editor gives it, and a message to whoever it tells of. */
	async function answering(events?: string[]): Promise<SavedWorkflow> {
		const parameters = { onConflict: 'stop', ...(events && { events }) };
		const trigger = tested.node(
			{ node: 'zenviaSalesTrigger', parameters, credential },
			triggerName,
		);
		const reply = {
			resource: 'message',
			operation: 'send',
			prospectId: '={{ $json.prospect.id }}',
			channel: 'whatsapp',
			content: 'Thanks!',
		};
		const send = tested.node({ node: 'zenviaSales', parameters: reply, credential }, 'Send');
		const nodes = [{ ...trigger, typeVersion: 1.2 }, send];
		const saved = await tested.n8n.createWorkflow(chain('Zenvia answers', nodes));
		await tested.n8n.activate(saved.id);
		active.push(saved.id);
		return saved;
	}

	test(
		'runs once for a message, and not for what was sent, happened to it or else happened',
		async () => {
			const saved = await answering();
			expect(simulator.vendor.subscriptions.active[0]?.topics).toEqual(['interactions']);
			const { interactions, prospects, subscriptions } = simulator.vendor;
			const [id = ''] = simulator.vendor.seedProspects(1);
			const received = simulator.vendor.receiveMessage(id, { content: 'Hi' });
			const [last] = await tested.n8n.untilExecutions(saved.id, 1);
			const execution = await tested.n8n.untilEnded(last?.id ?? '');
			expect(itemsOf(execution, triggerName)[0]?.json).toMatchObject({
				event: 'messageReceived',
				direction: 'incoming',
				by: 'contact',
			});
			await subscriptions.webhooks.idle();
			const prospect = prospects.get(id);
			const message = (more: object) => ({ via: 'whatsApp', proactive: true, ...more });
			const said = (performer?: string) => ({ message: { content: 'Hello', performer } });
			const named = (lastName: string) => ({ id: 'a'.repeat(24), firstName: 'Ana', lastName });
			const [person, bot] = [named('Silva'), named('Bot 🤖')];
			const other = { proactive: false, via: 'other' };
			const noneStarts: Record<string, object> = {
				'a person answers': message({ agent: person, output: said('agent') }),
				'what goes out, by the performer alone': { via: 'whatsApp', output: said('agent') },
				'a bot answers, by its own sign': message({ bot: true, output: said('bot') }),
				'a bot answers, by its name': message({ agent: bot, output: said() }),
				'a bot answers, with no agent': message({ output: said('other') }),
				'nothing says who wrote': { via: 'whatsApp', output: said('campaign') },
				'a note': { ...other, output: { comment: 'VIP' } },
				'a transfer': { ...other, output: {} },
				'a transfer to a person': { ...other, agent: person, output: {} },
			};
			const added = Object.values(noneStarts).map(
				(one) => interactions.add(prospect, one as never).id,
			);
			// What became of what the contact, the person and the bot wrote.
			for (const one of [received.id, ...added.slice(0, 3)])
				interactions.update(prospect, one, { type: 'message', status: 'read' });
			await subscriptions.webhooks.idle();
			await new Promise((resolve) => setTimeout(resolve, 1_000));
			expect(await count(saved)).toBe(1);
			expect(simulator.journal.entries('message.send')).toHaveLength(1);
			const { deliveries } = subscriptions.webhooks;
			expect(statuses(deliveries)).toEqual(deliveries.map(() => 200));
			expect(deliveries.length).toBe(2 + added.length + 4);
		},
		minute,
	);
});

describe('a notification', () => {
	test(
		'without the secret, or with a wrong one, is refused with 401 and starts nothing',
		async () => {
			const saved = await activated();
			const [url = ''] = callbackUrls();
			const forged = new URL(url);
			forged.searchParams.set('secret', 'x'.repeat(43));
			const short = new URL(url);
			short.searchParams.set('secret', '');
			const twice = `${url}&secret=${new URL(url).searchParams.get('secret') ?? ''}`;
			const bare = url.split('?')[0] ?? '';
			const answers = [forged.href, short.href, twice, bare].map(
				async (one) => await post(one, interaction()),
			);
			expect(await Promise.all(answers)).toEqual([401, 401, 401, 401]);
			expect(await post(url, [1])).toBe(400);
			expect(await post(url, { topic: 'interactions' })).toBe(400);
			expect(await count(saved)).toBe(0);
			expect(await post(url, interaction())).toBe(200);
			await tested.n8n.untilExecutions(saved.id, 1);
		},
		minute,
	);

	test(
		'with a secret that came in a workflow’s file is refused, however n8n imported it',
		async () => {
			const chosen = 'c'.repeat(43);
			const file = join(tested.n8n.folder, 'imported.json');
			const node = tested.node(
				{ node: 'zenviaSalesTrigger', parameters: { topics: ['interactions'] }, credential },
				triggerName,
			);
			const id = 'FileOfOtherMan01';
			const trigger = { ...node, webhookId: randomUUID() };
			const memory = { secret: chosen, url: `${tested.n8n.url}/webhook?secret=${chosen}` };
			const staticData = { [`node:${triggerName}`]: memory };
			// n8n 2.0 wants the version's id, which its own export has.
			const ids = { id, versionId: randomUUID() };
			const imported = { ...ids, ...chain('Imported', [trigger]), active: false, staticData };
			await writeFile(file, JSON.stringify([imported]));
			expect(await tested.n8n.command('import:workflow', `--input=${file}`)).toContain(
				'1 workflow',
			);
			expect(JSON.stringify(await tested.n8n.workflow(id))).toContain(chosen);
			await tested.n8n.activate(id);
			active.push(id);
			const [url = ''] = callbackUrls();
			const secret = new URL(url).searchParams.get('secret') ?? '';
			expect(secret).toMatch(/^[\w-]{43}$/);
			expect(url).not.toContain(chosen);
			expect(await post(url.replace(secret, chosen), interaction())).toBe(401);
			expect(await post(url, interaction())).toBe(200);
			await tested.n8n.untilExecutions(id, 1);
			expect(JSON.stringify(await tested.n8n.workflow(id))).not.toContain(secret);
		},
		2 * minute,
	);

	test(
		'that comes 20 times at once starts one execution',
		async () => {
			const saved = await activated();
			const [url = ''] = callbackUrls();
			const copies = simulator.vendor.subscriptions.post(url, 'interactions', interaction(), 20);
			await simulator.vendor.subscriptions.webhooks.idle();
			expect(statuses(copies)).toEqual(Array.from({ length: 20 }, () => 200));
			const later = interaction({
				sent: new Date().toISOString(),
				attempts: 2,
				operationId: 'e'.repeat(24),
			});
			expect(await post(url, later)).toBe(200);
			// The next message is another event; when its execution is there, the repeats' would be too.
			const next = { ...interaction().interaction, id: 'f'.repeat(24) };
			expect(await post(url, interaction({ interaction: next }))).toBe(200);
			await tested.n8n.untilExecutions(saved.id, 2);
			expect(await count(saved)).toBe(2);
		},
		minute,
	);

	test(
		'starts the workflow in both envelopes, in one shape, and only in the wanted direction',
		async () => {
			const saved = await activated({ options: { direction: 'incoming', types: ['created'] } });
			const [id = ''] = simulator.vendor.seedProspects(1);
			const { subscriptions, receiveMessage } = simulator.vendor;
			receiveMessage.call(simulator.vendor, id, { content: 'As an object' });
			await tested.n8n.untilExecutions(saved.id, 1);
			subscriptions.settings.envelope = 'documented';
			receiveMessage.call(simulator.vendor, id, { content: 'As a list' });
			await tested.n8n.untilExecutions(saved.id, 2);
			await fetch(`${simulator.url}/api/v1/prospect/${id}/messaging/whatsapp?api-key=zenvia-key`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ content: 'Outgoing' }),
			});
			await subscriptions.webhooks.idle();
			expect(subscriptions.webhooks.deliveries.map(({ state }) => state)).toEqual([
				'acknowledged',
				'acknowledged',
				'acknowledged',
			]);
			const executions = await tested.n8n.executions(saved.id);
			expect(executions).toHaveLength(2);
			const items = await Promise.all(
				executions.map(
					async (one) => itemsOf(await tested.n8n.execution(one.id), triggerName)[0]?.json,
				),
			);
			expect(items.map((json) => (json?.['prospect'] as { id: string }).id)).toEqual([id, id]);
			expect(items.map((json) => json?.['eventId'])).not.toContain(undefined);
		},
		minute,
	);

	test(
		'starts the workflow after n8n was started again, and its repeat does not',
		async () => {
			const saved = await activated();
			const before = callbackUrls();
			expect(await post(before[0] ?? '', interaction())).toBe(200);
			await tested.n8n.untilExecutions(saved.id, 1);
			await tested.n8n.restart();
			await tested.n8n.setUpOwner();
			expect(callbackUrls()).toEqual(before);
			expect(await post(before[0] ?? '', interaction({ attempts: 2 }))).toBe(200);
			const [id = ''] = simulator.vendor.seedProspects(1);
			simulator.vendor.receiveMessage(id, { content: 'Hi' });
			await tested.n8n.untilExecutions(saved.id, 2);
			expect(await count(saved)).toBe(2);
		},
		2 * minute,
	);

	test(
		'with an attachment inside the network fetches nothing, and says so',
		async () => {
			const saved = await activated({
				options: { downloadAttachments: true, attachmentHosts: '127.0.0.1' },
			});
			const [id = ''] = simulator.vendor.seedProspects(1);
			const asked = simulator.counts.requests;
			const url = simulator.url.replace('http:', 'https:');
			simulator.vendor.receiveMessage(id, {
				attachment: { type: 'IMAGE', url: `${url}/photo.jpg` },
			});
			const [last] = await tested.n8n.untilExecutions(saved.id, 1);
			const item = itemsOf(await tested.n8n.execution(last?.id ?? ''), triggerName)[0];
			expect(item?.json['warning']).toBe(
				'The attachment was left out. 127.0.0.1 is not a public name.',
			);
			expect(item?.binary).toBeUndefined();
			expect(simulator.counts.requests).toBe(asked);
		},
		minute,
	);
});

test(
	'the Poll Trigger finds a message under the eventId that the webhook tells it with, once',
	async () => {
		const events = { events: ['messageReceived'] };
		const { vendor } = simulator;
		const [prospect = ''] = vendor.seedProspects(1);
		vendor.receiveMessage(prospect, { content: 'Before' });
		const told = tested.node(
			{ node: 'zenviaSalesTrigger', parameters: { ...events, onConflict: 'stop' }, credential },
			triggerName,
		);
		told.typeVersion = 1.2;
		const pollTimes = { item: [{ mode: 'everyX', unit: 'hours', value: 12 }] };
		const polled = tested.node(
			{ node: 'zenviaSalesPollTrigger', parameters: { ...events, pollTimes }, credential },
			triggerName,
		);
		const after = { name: 'After', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };
		const hooked = await tested.n8n.createWorkflow(chain('Told', [told]));
		const polling = await tested.n8n.createWorkflow(chain('Polled', [polled, after]));
		await tested.n8n.activate(hooked.id);
		active.push(hooked.id);
		// n8n polls at each activation, and keeps what the node remembers in between.
		await tested.n8n.activate(polling.id);
		await tested.n8n.deactivate(polling.id);
		const { id } = vendor.receiveMessage(prospect, { content: 'After' });
		await tested.n8n.activate(polling.id);
		const [[delivered], found] = (await Promise.all(
			[hooked, polling].map(async (one) => {
				const [execution] = await tested.n8n.untilExecutions(one.id, 1);
				const ended = await tested.n8n.untilEnded(execution?.id ?? '');
				return itemsOf(ended, triggerName).map(({ json }) => json);
			}),
		)) as [IDataObject[], IDataObject[]];
		expect(delivered).toMatchObject({ event: 'messageReceived', interaction: { id } });
		expect(found).toEqual([
			{
				...{ eventId: delivered?.eventId, event: 'messageReceived', direction: 'incoming' },
				...{ by: 'contact', topic: 'interactions', type: 'created', prospect: { id: prospect } },
				interaction: delivered?.interaction,
			},
		]);
		await tested.n8n.deactivate(polling.id);
		await tested.n8n.activate(polling.id);
		await tested.n8n.deactivate(polling.id);
		expect(await count(polling)).toBe(1);
	},
	minute,
);
