import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Execution, itemsOf } from '../../dev/n8n/execution.mts';
import { chain, type Workflow } from '../../dev/n8n/workflow.mts';
import type { Lead } from '../../dev/vendors/convertalk/simulator/model.mts';
import { type Poll, stateOf, stepsOf, Setup as Leads } from '../unit/convertalk.setup.mts';
import { Setup } from './convertalk.setup.mts';
import { nodeName } from '../../dev/n8n/harness.mts';

const seldom = { item: [{ mode: 'everyX', unit: 'hours', value: 12 }] };
const everyMinute = { item: [{ mode: 'everyMinute' }] };
/** A poll that hands nothing on leaves no execution; how long one is waited for, in ms. */
const quietMs = 700;

let setup: Setup;

beforeAll(async () => (setup = await Setup.start(5)));
afterAll(async () => await setup?.close());
beforeEach(() => setup.sim.reset());

const workflow = (parameters: object = {}): Workflow =>
	chain('Leads', [
		setup.tested.node({
			node: 'convertalkTrigger',
			parameters: {
				pollTimes: seldom,
				events: ['leadCreated', 'leadUpdated'],
				options: { simplify: false },
				...parameters,
			},
			credential: setup.credential,
		}),
		{ name: 'End', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} },
	]);

/** A workflow of the trigger in n8n, which polls when it is told to. */
class Polled {
	private seen = new Set<string>();
	isActive = false;

	private constructor(readonly id: string) {}

	static async create(parameters: object = {}): Promise<Polled> {
		return new Polled((await setup.tested.n8n.createWorkflow(workflow(parameters))).id);
	}

	/** n8n polls at each activation, and keeps what the node remembers in between. */
	async poll(expected: number): Promise<Array<Record<string, unknown>>> {
		expect(await this.turnOn()).toBeUndefined();
		return await this.handedOn(expected);
	}

	/** @returns why n8n did not activate it, if it did not */
	async turnOn(): Promise<string | undefined> {
		if (this.isActive) await this.turnOff();
		try {
			await setup.tested.n8n.activate(this.id);
			this.isActive = true;
			return undefined;
		} catch (thrown) {
			return String(thrown);
		}
	}

	async turnOff(): Promise<void> {
		await setup.tested.n8n.deactivate(this.id);
		this.isActive = false;
	}

	/** The items of the executions since the last look. */
	async handedOn(expected: number): Promise<Array<Record<string, unknown>>> {
		if (expected > 0) await setup.tested.n8n.untilExecutions(this.id, this.seen.size + 1, 90_000);
		else await new Promise((resolve) => setTimeout(resolve, quietMs));
		const fresh = (await setup.tested.n8n.executions(this.id)).filter(
			({ id }) => !this.seen.has(id),
		);
		const executions: Execution[] = [];
		for (const { id } of fresh) {
			this.seen.add(id);
			executions.push(await setup.tested.n8n.untilEnded(id));
		}
		return executions.flatMap((execution) => itemsOf(execution, nodeName).map(({ json }) => json));
	}
}

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

	it('hands on a minute later, by n8n’s own clock', async () => {
		const { leads } = setup.sim.vendor;
		const trigger = await Polled.create({ pollTimes: everyMinute });
		expect(await trigger.poll(0)).toEqual([]);
		const [fresh] = leads.addMany(1);
		expect(told(await trigger.handedOn(1))).toEqual([['leadCreated', fresh?.uuid]]);
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
