import { describe, expect, it } from '@jest/globals';
import { itemsOf } from '../../dev/n8n/execution.mts';
import { chain } from '../../dev/n8n/workflow.mts';
import type { Lead } from '../../dev/vendors/convertalk/simulator/model.mts';
import { type Poll, stateOf, stepsOf, Setup as Leads } from '../unit/convertalk.setup.mts';
import { workflow, Polled, setup, quietMs, withConvertalk } from './convertalk.trigger.setup.mts';
import { conversationEnded, postSigned } from './saleswhale-deliveries.mts';
import { nodeName } from '../../dev/n8n/harness.mts';

withConvertalk();

const everyMinute = { item: [{ mode: 'everyMinute' }] };

const told = (items: Array<Record<string, unknown>>) =>
	items.map(({ event, uuid }) => [event, uuid]);

describe('the Convertalk trigger in n8n', () => {
	it('notes what is there, then hands on each new and changed lead once', async () => {
		const { leads } = setup.sim.vendor;
		const [first] = leads.addMany(12);
		const trigger = await Polled.create();
		expect(await trigger.poll(0)).toEqual([]);
		const [fresh] = leads.addMany(1);
		expect(told(await trigger.poll(1))).toEqual([['leadCreated', fresh?.uuid]]);
		leads.change(String(first?.uuid), (lead) => (lead.status = 'CLOSED'));
		expect(told(await trigger.poll(1))).toEqual([['leadUpdated', first?.uuid]]);
		leads.visit(String(first?.uuid));
		expect(await trigger.poll(0)).toEqual([]);
		expect(setup.sim.violations()).toEqual([]);
		await trigger.turnOff();
	});

	it('finds after a restart what happened while n8n was down', async () => {
		const { leads } = setup.sim.vendor;
		leads.addMany(3);
		const trigger = await Polled.create();
		expect(await trigger.poll(0)).toEqual([]);
		await setup.tested.n8n.kill();
		const [fresh] = leads.addMany(1);
		await setup.tested.n8n.restart();
		expect(told(await trigger.handedOn(1))).toEqual([['leadCreated', fresh?.uuid]]);
		await setup.tested.n8n.restart();
		expect(await trigger.handedOn(0)).toEqual([]);
		await trigger.turnOff();
	});

	it('hands on a minute later, by n8n’s own clock; what a trigger beside it knows of repeats ends with n8n', async () => {
		const { n8n } = setup.tested;
		const [key, events] = ['key-that-signs', ['conversation.ended']];
		const credential = await setup.tested.credential('saleswhaleApi', { apiKey: key });
		const beside = setup.tested.node(
			{ node: 'saleswhaleTrigger', parameters: { events }, credential },
			'Beside',
		);
		const both = workflow({ pollTimes: everyMinute });
		both.nodes.push({ id: 'beside', position: [0, 200], ...beside });
		const { id } = await n8n.createWorkflow(both);
		await n8n.activate(id);
		const event = conversationEnded();
		const deliver = async () =>
			(await postSigned(`${n8n.url}/webhook/${String(beside.webhookId)}/webhook`, event, { key }))
				.status;
		expect(await deliver()).toBe(200);
		await n8n.untilExecutions(id, 1);
		const [fresh] = setup.sim.vendor.leads.addMany(1);
		const [newest] = await n8n.untilExecutions(id, 2, 90_000);
		const items = itemsOf(await n8n.execution(newest?.id ?? ''), nodeName);
		expect(told(items.map(({ json }) => json))).toEqual([['leadCreated', fresh?.uuid]]);
		// The poll has stored n8n's memory of the workflow as it was before the event (docs/triggers.md).
		expect(await deliver()).toBe(200);
		expect(await n8n.executions(id)).toHaveLength(2);
		await n8n.restart();
		expect(await deliver()).toBe(200);
		const all = await n8n.untilExecutions(id, 3);
		expect(all.map(({ mode }) => mode)).toEqual(['webhook', 'trigger', 'webhook']);
		await n8n.deactivate(id);
	});

	it('does not start itself again and again where what follows writes the same values', async () => {
		const { leads } = setup.sim.vendor;
		const [lead] = leads.addMany(3);
		const uuid = String(lead?.uuid);
		const parameters = {
			...{ resource: 'lead', operation: 'upsert', uuid: '={{ $json.uuid }}' },
			fields: { name: 'A customer' },
		};
		const { credential } = setup;
		const write = setup.tested.node({ node: 'convertalk', parameters, credential }, 'Write');
		const trigger = await Polled.create({}, write);
		expect(await trigger.poll(0)).toEqual([]);
		leads.change(uuid, (one) => (one.status = 'CLOSED'));
		expect(told(await trigger.poll(1))).toEqual([['leadUpdated', uuid]]);
		// The first name is a change, and starts it once more; the same name is none, however late its updatedAt.
		const [second] = await trigger.poll(1);
		expect(second).toMatchObject({ event: 'leadUpdated', uuid });
		const { updatedAt } = leads.byUuid.get(uuid) ?? {};
		expect(Date.parse(String(updatedAt))).toBeGreaterThan(Date.parse(String(second?.updatedAt)));
		expect(await trigger.poll(0)).toEqual([]);
		expect(setup.sim.journal.entries('lead.upsert')).toHaveLength(2);
		await trigger.turnOff();
	});

	it('loses no lead and tells none twice when it is renamed, and renamed back', async () => {
		const { leads } = setup.sim.vendor;
		leads.addMany(3);
		const trigger = await Polled.create();
		expect(await trigger.poll(0)).toEqual([]);
		for (const name of ['Leads of the bot', nodeName]) {
			const [fresh] = leads.addMany(1);
			await trigger.rename(name);
			expect(told(await trigger.poll(1))).toEqual([['leadCreated', fresh?.uuid]]);
		}
		expect(await trigger.poll(0)).toEqual([]);
		await trigger.turnOff();
	});

	it('tells of chats apart from leads, and of a chat that became a lead', async () => {
		const { leads } = setup.sim.vendor;
		const trigger = await Polled.create({ events: ['leadCreated', 'chatStarted'] });
		expect(await trigger.poll(0)).toEqual([]);
		const chat = leads.add();
		expect(told(await trigger.poll(1))).toEqual([['chatStarted', chat.uuid]]);
		leads.change(chat.uuid, ({ profile }) => (profile.userDetails.contact.email = 'a@example.com'));
		expect(told(await trigger.poll(1))).toEqual([['leadCreated', chat.uuid]]);
		await trigger.turnOff();
	});

	it('shows one sample in the editor, and remembers nothing of it', async () => {
		const { leads } = setup.sim.vendor;
		leads.addMany(3);
		const saved = await setup.tested.n8n.createWorkflow(workflow({ options: {} }));
		const items = itemsOf(await setup.tested.n8n.run(saved), nodeName);
		expect(items).toHaveLength(1);
		expect(items[0]?.json).toMatchObject({
			event: 'leadCreated',
			email: expect.any(String),
			tags: [],
		});
		expect(setup.sim.requests).toHaveLength(1);
		expect(await memoryOf(saved.id)).toBeUndefined();
	});

	it('says what to do where there is nothing to show yet', async () => {
		const { error } = await setup.tested.n8n.run(workflow());
		expect(error?.message).toBe('There is nothing in Convertalk yet to show');
	});

	it('says what to check when the token is wrong', async () => {
		const wrong = await setup.credentialWith({ token: 'wrong' });
		const { error } = await setup.tested.n8n.run(
			chain('Wrong', [
				setup.tested.node({
					node: 'convertalkTrigger',
					parameters: { events: ['leadCreated'] },
					credential: wrong,
				}),
			]),
		);
		expect(error?.description).toContain('check Token, Bot ID and Customer ID');
	});

	it('keeps its promise in a random run, with polls that fail and restarts', async () => {
		const happenings = new Leads(5, setup.sim.vendor.leads);
		happenings.leads.addMany(30);
		const trigger = await Polled.create();
		const run: Run = { trigger, happenings, noted: new Map(), polls: 0, failed: 0, handedOn: 0 };
		for (const step of stepsOf(3, 90)) {
			if (step.kind === 'poll') await judgedPoll(run, step);
			else happenings.happen(step);
		}
		expect(run.polls).toBeGreaterThan(20);
		expect(run.failed).toBeGreaterThan(1);
		expect(run.handedOn).toBeGreaterThan(20);
		expect(setup.sim.violations()).toEqual([]);
		await trigger.turnOff();
	}, 600_000);
});

interface Run {
	trigger: Polled;
	happenings: Leads;
	/** Each lead's state as it was handed on last, or as it was at activation. */
	noted: Map<string, string>;
	polls: number;
	failed: number;
	handedOn: number;
}

/** Every how many polls n8n polls because it starts again, and not because the workflow is activated. */
const restartEvery = 12;

/** One poll in n8n, with what happens meanwhile. */
async function judgedPoll(run: Run, { failsAt, meanwhile }: Poll): Promise<void> {
	const { trigger, happenings, noted } = run;
	const { leads } = happenings;
	const isFirst = run.polls++ === 0;
	const isRestart = run.polls % restartEvery === 0 && trigger.isActive;
	const failing = isFirst || isRestart ? undefined : failsAt;
	const shown = new Map<string, Lead>();
	const page = leads.page.bind(leads);
	let count = 0;
	let isCutOff = false;
	leads.page = (type, number) => {
		count++;
		for (const one of meanwhile) if (one.page === count) happenings.happen(one.what);
		const records = page(type, number);
		for (const lead of records) shown.set(lead.uuid, lead);
		return records;
	};
	setup.sim.setFault(() => {
		if (count + 1 !== failing) return undefined;
		isCutOff = true;
		return { kind: 'answer', when: 'before', answer: { status: 400, body: { data: ['no page'] } } };
	});
	try {
		const refused = isRestart ? await restart(() => count) : await trigger.turnOn();
		expect(refused).toEqual(isCutOff ? expect.stringContaining('no page') : undefined);
		if (isCutOff) run.failed++;
		const due: string[] = [];
		for (const [uuid, lead] of isCutOff ? [] : shown) {
			if (noted.get(uuid) !== stateOf(lead) && !isFirst) due.push(stateOf(lead));
			noted.set(uuid, stateOf(lead));
		}
		const items = await trigger.handedOn(due.length);
		const given = items.map(({ eventId: _id, event: _event, ...lead }) => stateOf(lead));
		expect(given.sort()).toEqual(due.sort());
		run.handedOn += items.length;
	} finally {
		leads.page = page;
		setup.sim.setFault(undefined);
	}
}

/** Starts n8n again, and waits until the poll that this brings has read its pages. */
async function restart(pagesRead: () => number): Promise<undefined> {
	await setup.tested.n8n.restart();
	for (let last = 0, end = Date.now() + 30_000; Date.now() < end; last = pagesRead()) {
		await new Promise((resolve) => setTimeout(resolve, quietMs));
		if (last > 0 && pagesRead() === last) return;
	}
	throw new Error('n8n did not poll after its restart');
}

/** What the triggers of a workflow remember. */
async function memoryOf(id: string): Promise<unknown> {
	const { staticData } = (await setup.tested.n8n.workflow(id)) as unknown as {
		staticData?: Record<string, Record<string, unknown>> | null;
	};
	return Object.values(staticData?.['global'] ?? {})[0];
}
