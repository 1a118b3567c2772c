import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { does } from '../../dev/n8n/changes.mts';
import { itemsOf } from '../../dev/n8n/execution.mts';
import { chain } from '../../dev/n8n/workflow.mts';
import { conversationEnded, event, sign, unixTime } from './saleswhale-deliveries.mts';
import { forgeries, noEvents } from './saleswhale-forgeries.mts';
import {
	key,
	events,
	sim,
	test,
	credential,
	publish,
	hook,
	withSaleswhale,
} from './saleswhale-trigger.setup.mts';
import { describeIncludeLeads } from './saleswhale-leads.mts';

withSaleswhale();

const after = { name: 'After', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };

const unknown = (name: string): never => {
	throw new Error(`There is no delivery for ${name}.`);
};

describe('The Saleswhale trigger in n8n', () => {
	it('starts one execution with the event of a good delivery, and answers exactly 200', async () => {
		const content = conversationEnded();
		const { status } = await hook.post(content, { key });
		// SEED, Acknowledging a Webhook: all other codes, 201 and 204 too, count as failed.
		expect(status).toBe(200);
		expect(await hook.started(key)).toEqual([
			{
				event_id: expect.stringMatching(/^[\w-]{22}$/),
				event_name: 'conversation.ended',
				event_time: content.event_time,
				...content.event_payload,
			},
		]);
	});

	it('takes what the simulated vendor sends, at the first attempt', async () => {
		sim.vendor.webhookUrl = hook.url;
		const [ended] = sim.vendor.seedConversations(2);
		sim.vendor.endConversations({ ids: [ended ?? 0] });
		await sim.vendor.webhooks.idle();
		sim.vendor.webhookUrl = undefined;
		const { deliveries } = sim.vendor.webhooks;
		expect(deliveries.map(({ event: name }) => name).sort()).toEqual([
			'conversation.ended',
			'email.sent',
			'email.sent',
		]);
		expect(deliveries.map(({ attempts }) => attempts.map(({ status }) => status))).toEqual(
			deliveries.map(() => [200]),
		);
		expect((await hook.started(key)).map((json) => json.event_name).sort()).toEqual(
			deliveries.map(({ event: name }) => name).sort(),
		);
	});

	it.each(Object.keys(forgeries))('refuses %s with 401 and starts nothing', async (name) => {
		const { status, data } = await hook.post(...(forgeries[name]?.(key) ?? unknown(name)));
		expect([status, data]).toEqual([401, { message: 'Unauthorized' }]);
		expect(await hook.started(key)).toEqual([]);
	});

	it('says in n8n’s log why it refuses, once for each reason', async () => {
		const reasons = ['its signature does not fit the API key', 'Saleswhale signed it at '];
		const told = async () => {
			const log = await readFile(test.n8n.log, 'utf8');
			return reasons.map((why) => log.split(`refused a delivery: ${why}`).length - 1);
		};
		const post = async () => {
			for (const name of ['a wrong signature', 'an old timestamp'])
				await hook.post(...(forgeries[name]?.(key) ?? unknown(name)));
			return await told();
		};
		const once = await post();
		for (const count of once) expect(count).toBeGreaterThan(0);
		expect(await post()).toEqual(once);
	});

	it.each(noEvents)(
		'answers a signed body that is %s with 400 and starts nothing',
		async (_what, body) => {
			// As text, since n8n itself answers 422 to JSON that is none, before a trigger is asked.
			const { status } = await hook.post(body, { key, contentType: 'text/plain' });
			expect(status).toBe(400);
			expect(await hook.started(key)).toEqual([]);
		},
	);

	it('lets n8n refuse what says that it is JSON and is none', async () => {
		const { status } = await hook.post('{"event_name":', { key });
		expect(status).toBeGreaterThanOrEqual(400);
		expect(await hook.started(key)).toEqual([]);
	});

	it('takes a signed empty body for no event', async () => {
		expect((await hook.post('', { key })).status).toBe(400);
		expect(await hook.started(key)).toEqual([]);
	});

	it('signs bytes, not what a parser made of them', async () => {
		const body = JSON.stringify(conversationEnded(), null, 4).replaceAll('Zoë', 'Zo\\u00eb');
		expect((await hook.post(body, { key })).status).toBe(200);
		expect(await hook.started(key)).toHaveLength(1);
	});

	it('recognises a redelivery, and answers exactly 200 so that it is the last', async () => {
		const content = conversationEnded();
		expect((await hook.post(content, { key, timestamp: unixTime(-30) })).status).toBe(200);
		expect((await hook.post(content, { key, timestamp: unixTime() })).status).toBe(200);
		expect((await hook.post(content, { key, timestamp: unixTime(1) })).status).toBe(200);
		expect(await hook.started(key)).toHaveLength(1);
	});

	it('does not take another end of the same conversation for a repeat', async () => {
		const first = JSON.stringify(conversationEnded('human_review'));
		await hook.post(first, { key });
		await hook.post(first.replace('human_review', 'qualified'), { key });
		expect(await hook.started(key)).toHaveLength(2);
	});

	it('starts one execution for 20 of the same at once, and 20 for 20 others', async () => {
		const content = conversationEnded();
		const same = await Promise.all(Array.from({ length: 20 }, () => hook.post(content, { key })));
		expect(same.map(({ status }) => status)).toEqual(same.map(() => 200));
		expect(await hook.started(key)).toHaveLength(1);
		const others = Array.from({ length: 20 }, () => hook.post(conversationEnded(), { key }));
		expect((await Promise.all(others)).map(({ status }) => status)).toEqual(others.map(() => 200));
		expect(await hook.started(key)).toHaveLength(20);
	});

	it('acknowledges an event that is not wanted, and starts nothing', async () => {
		for (const name of ['lead.marked_do_not_contact', 'lead.invented']) {
			const { status } = await hook.post(event(name, { lead: { id: 1 } }), { key });
			expect(status).toBe(200);
		}
		expect(await hook.started(key)).toEqual([]);
	});

	it('takes JSON behind a byte order mark where n8n does, signed over all of its bytes', async () => {
		const text = `\uFEFF${JSON.stringify(conversationEnded('unresponsive'))}`;
		const { status } = await hook.post(text, { key });
		// Earlier n8n itself refuses such a body before any node sees it.
		const isRead = does('readsByteOrderMarks');
		expect(status).toBe(isRead ? 200 : 422);
		expect((await hook.started(key)).map(({ event_name: name }) => name)).toEqual(
			isRead ? ['conversation.ended'] : [],
		);
		const unsigned = { key, sent: text };
		expect((await hook.post(text.slice(1), unsigned)).status).toBe(isRead ? 401 : 422);
	});

	it('reads UTF-16 where its charset says so, as n8n does, signed over its bytes', async () => {
		const content = conversationEnded();
		const sent = Buffer.from(JSON.stringify(content), 'utf16le');
		const timestamp = unixTime();
		const signature = createHmac('sha256', key).update(`${timestamp}.`).update(sent).digest('hex');
		const contentType = 'application/json; charset=utf-16le';
		const delivery = { key, timestamp, signature, sent, contentType };
		expect((await hook.post(content, delivery)).status).toBe(200);
		expect(await hook.started(key)).toMatchObject([content.event_payload]);
		const other = { ...delivery, signature: sign(key, timestamp, JSON.stringify(content)) };
		expect((await hook.post(content, other)).status).toBe(401);
	});

	it('asks for the status of an end only, and acknowledges others', async () => {
		const statuses = ['qualified', 'human_review', 'canceled', 'stop_responding'];
		const some = await publish({ events, statuses });
		const told = [
			'bounced',
			'qualified',
			'unresponsive',
			'human_review',
			'cancelled',
			'stopped_responding',
		];
		for (const status of told) {
			expect((await some.post(conversationEnded(status), { key })).status).toBe(200);
		}
		const started = await some.started(key);
		expect(started.map(({ conversation }) => (conversation as { status: string }).status)).toEqual([
			'qualified',
			'human_review',
			'cancelled',
			'stopped_responding',
		]);
	});

	it('checks no age where the tolerance is 0, but the signature all the same', async () => {
		const patient = await publish({ events, options: { toleranceSeconds: 0 } });
		const old = { key, timestamp: unixTime(-1_000_000) };
		expect((await patient.post(conversationEnded(), old)).status).toBe(200);
		expect((await patient.post(conversationEnded(), { ...old, key: 'other' })).status).toBe(401);
		expect(await patient.started(key)).toHaveLength(1);
	});

	it('keeps to a tolerance of its own', async () => {
		const strict = await publish({ events, options: { toleranceSeconds: 60 } });
		const post = async (age: number) =>
			(await strict.post(conversationEnded(), { key, timestamp: unixTime(-age) })).status;
		expect([await post(50), await post(70)]).toEqual([200, 401]);
		expect(await strict.started(key)).toHaveLength(1);
	});

	it('starts an execution for each repeat where repeats are not ignored', async () => {
		const all = await publish({ events, options: { ignoreRepeats: false } });
		const content = conversationEnded();
		for (let n = 0; n < 3; n++) expect((await all.post(content, { key })).status).toBe(200);
		const started = await all.started(key);
		expect(started).toHaveLength(3);
		expect(new Set(started.map((json) => json.event_id)).size).toBe(1);
	});

	it('listens for a test event in the editor, which is not remembered as delivered', async () => {
		const trigger = test.node(
			{ node: 'saleswhaleTrigger', parameters: { events }, credential },
			'Trigger',
		);
		const { id } = await test.n8n.createWorkflow(chain('Tried out', [trigger]));
		const saved = await test.n8n.workflow(id);
		const url = `${test.n8n.url}/webhook-test/${String(trigger.webhookId)}/webhook`;
		const content = conversationEnded();
		for (let n = 0; n < 2; n++) {
			const { execution } = await test.n8n.listenForTest(saved);
			expect((await hook.post(content, { key: 'other', url })).status).toBe(401);
			expect((await hook.post(content, { key, url })).status).toBe(200);
			const [item] = itemsOf(await execution(), 'Trigger');
			expect(item?.json).toMatchObject({ event_name: 'conversation.ended' });
		}
		await test.n8n.activate(id);
		const live = url.replace('webhook-test', 'webhook');
		await hook.post(content, { key, url: live });
		await hook.post(content, { key, url: live });
		await hook.post(conversationEnded(), { key, url: live });
		const executions = await test.n8n.untilExecutions(id, 4);
		expect(executions.map(({ mode }) => mode)).toEqual(['webhook', 'webhook', 'manual', 'manual']);
	});

	it('gives an end of a conversation the ID that the Poll Trigger finds it under, once', async () => {
		const at = { parameters: { events: ['conversation.ended'] }, credential };
		const told = test.node({ node: 'saleswhaleTrigger', ...at }, 'Trigger');
		told.typeVersion = 1.2;
		const seldom = { pollTimes: { item: [{ mode: 'everyX', unit: 'hours', value: 12 }] } };
		const polled = test.node(
			{ node: 'saleswhalePollTrigger', ...at, parameters: { ...at.parameters, ...seldom } },
			'Trigger',
		);
		const [hooked, polling] = [
			await test.n8n.createWorkflow(chain('Told', [told])),
			await test.n8n.createWorkflow(chain('Polled', [polled, after])),
		];
		await test.n8n.activate(hooked.id);
		// n8n polls at each activation, and keeps what the node remembers in between.
		const [first, second] = sim.vendor.seedConversations(2);
		sim.vendor.endConversations({ ids: [first ?? 0] });
		await test.n8n.activate(polling.id);
		await test.n8n.deactivate(polling.id);
		sim.vendor.webhookUrl = `${test.n8n.url}/webhook/${String(told.webhookId)}/webhook`;
		sim.vendor.endConversations({ ids: [second ?? 0] });
		await sim.vendor.webhooks.idle();
		sim.vendor.webhookUrl = undefined;
		await test.n8n.activate(polling.id);
		const items = await Promise.all(
			[hooked, polling].map(async ({ id }) => {
				const [one] = await test.n8n.untilExecutions(id, 1);
				return itemsOf(await test.n8n.untilEnded(one?.id ?? ''), 'Trigger').map(({ json }) => json);
			}),
		);
		const [[delivered], [found]] = [items[0] ?? [], items[1] ?? []];
		const { event_time: _time, ...event } = delivered ?? {};
		expect(event).toMatchObject({ conversation: { id: second, status: 'qualified' } });
		expect(items[1]).toHaveLength(1);
		expect(found).toEqual(event);
		await test.n8n.deactivate(polling.id);
		await test.n8n.activate(polling.id);
		await test.n8n.deactivate(polling.id);
		expect(await test.n8n.executions(polling.id)).toHaveLength(1);
	});

	it.each(['saleswhaleTrigger', 'saleswhalePollTrigger'])(
		'of type %s is not published with an event that it does not know, and says which',
		async (node) => {
			const credential = await test.credential('saleswhaleApi', { apiKey: key, baseUrl: sim.url });
			const parameters = { events: '={{ "conversation_ended" }}' };
			const saved = await test.n8n.createWorkflow(
				chain('Misspelt', [test.node({ node, parameters, credential }, 'Trigger')]),
			);
			await expect(test.n8n.activate(saved.id)).rejects.toThrow(
				/has \\*"conversation_ended\\*", which this trigger does not know/,
			);
		},
	);

	it('is registered once after a restart, and knows what came before', async () => {
		const before = Array.from({ length: 20 }, () => conversationEnded());
		await Promise.all(before.map(async (content) => await hook.post(content, { key })));
		expect(await hook.started(key)).toHaveLength(20);
		// What stalled in an earlier test is written down when it ends.
		const asked = () => sim.requests.filter(({ fault }) => fault === undefined).length;
		const askedBefore = asked();
		await test.n8n.restart();
		for (const content of before) expect((await hook.post(content, { key })).status).toBe(200);
		expect(await hook.started(key)).toEqual([]);
		await hook.post(conversationEnded(), { key });
		expect(await hook.started(key)).toHaveLength(1);
		expect(asked()).toBe(askedBefore);
	});
});

describeIncludeLeads();
