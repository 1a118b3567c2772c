import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import { type Execution, type Summary, itemsOf } from './execution.mts';
import type { QueueCluster } from './queue.mts';
import {
	chain,
	credentialsOf,
	type SavedCredential,
	versionOf,
	type WorkflowNode,
} from './workflow.mts';
import type { JournalEntry } from '../kit/simulator.mts';

const ours = 'n8n-nodes-sales-engagement';

/** How often it is looked whether executions have ended. Milliseconds. */
const LOOK_EVERY = 500;
const READ_AT_ONCE = 10;
const endings = ['success', 'error', 'crashed', 'canceled'];

/** A node of this package, for a workflow. */
export function ownNode(
	name: string,
	type: string,
	parameters: object,
	credential: SavedCredential,
): WorkflowNode {
	return {
		name,
		type: `${ours}.${type}`,
		typeVersion: versionOf(type),
		parameters: { ...parameters },
		credentials: credentialsOf(credential),
	};
}

/** n8n's own Webhook node, which answers at once. */
export const webhookNode = (path: string): WorkflowNode => ({
	name: 'Webhook',
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2.1,
	webhookId: path,
	parameters: { httpMethod: 'POST', path, responseMode: 'onReceived' },
});

/** Does nothing, so that what is measured is the way to it. */
export const noOp: WorkflowNode = {
	name: 'No Operation',
	type: 'n8n-nodes-base.noOp',
	typeVersion: 1,
	parameters: {},
};

const splitOut: WorkflowNode = {
	name: 'Split Out',
	type: 'n8n-nodes-base.splitOut',
	typeVersion: 1,
	parameters: { fieldToSplitOut: 'body.leads' },
};

/** Lists of leads, each of which one execution creates, and what has come of them. */
export class LeadLists {
	private constructor(
		private readonly cluster: QueueCluster,
		private readonly path: string,
		readonly workflowId: string,
	) {}

	/** Publishes a workflow that creates in Saleswhale the leads that it is called with. */
	static async publish(
		cluster: QueueCluster,
		credential: SavedCredential,
		path: string,
	): Promise<LeadLists> {
		const fields = { firstName: '={{ $json.firstName }}', email: '={{ $json.email }}' };
		const parameters = { resource: 'lead', operation: 'create', ...fields };
		const create = ownNode('Create Lead', 'saleswhale', parameters, credential);
		const workflow = chain(`Create leads: ${path}`, [webhookNode(path), splitOut, create]);
		const { id } = await cluster.main.createWorkflow(workflow);
		await cluster.main.activate(id);
		return new LeadLists(cluster, path, id);
	}

	/** Starts a number of executions at once, with a number of leads each. */
	async begin(executions: number, leadsEach: number): Promise<void> {
		const url = `${this.cluster.webhookUrl}/webhook/${this.path}`;
		const lists = Array.from({ length: executions }, (_, list) => ({
			leads: Array.from({ length: leadsEach }, (_, n) => ({
				firstName: `Lead ${n}`,
				email: emailOf(list, n),
			})),
		}));
		await Promise.all(lists.map(async (list) => await axios.post(url, list, { proxy: false })));
	}

	/** Waits until `count` executions have ended. */
	async ended(count: number, timeout: number): Promise<Summary[]> {
		return await this.cluster.main.untilExecutions(this.workflowId, count, timeout);
	}

	/**
	 * Which worker ran each list: the execution's own data says which list, the workers' logs which worker.
	 * @returns the place in the cluster's workers, by the number of the list
	 */
	async workers(): Promise<number[]> {
		const workerOf = await this.cluster.workerOf();
		const places: number[] = [];
		for (const { id } of await this.cluster.main.executions(this.workflowId)) {
			const { nodes } = await this.cluster.main.execution(id);
			const [first] = nodes['Split Out']?.at(-1)?.outputs[0] ?? [];
			places[listOf(String(first?.json.email))] = workerOf.get(id) ?? -1;
		}
		return places;
	}
}

const emailOf = (list: number, n: number): string => `list${list}.lead${n}@example.com`;

/** The number of the list that a created lead was in, by its e-mail. */
export const listOf = (email: string): number =>
	Number(/^list(\d+)\./.exec(email)?.[1] ?? Number.NaN);

/** What each worker got of the limit between two moments: accepted creates, by the simulator's own journal. */
export function shares(
	journal: JournalEntry[],
	workers: number[],
	from: number,
	to: number,
): number[] {
	const counts: number[] = [];
	for (const { key, time } of journal) {
		const place = workers[listOf(key)];
		if (place === undefined) throw new Error(`${key} is of no list.`);
		if (time >= from && time < to) counts[place] = (counts[place] ?? 0) + 1;
	}
	return Array.from(counts, (count = 0) => count);
}

/** A published workflow that deliveries start. */
export class Hook {
	private constructor(
		private readonly cluster: QueueCluster,
		readonly url: string,
		readonly workflowId: string,
		private readonly trigger: string,
	) {}

	/** One that this package's Saleswhale trigger starts. */
	static async own(cluster: QueueCluster, credential: SavedCredential): Promise<Hook> {
		const parameters = { events: ['conversation.ended'] };
		const trigger = ownNode('Trigger', 'saleswhaleTrigger', parameters, credential);
		return await Hook.publish(cluster, { ...trigger, webhookId: 'own' }, '/webhook/own/webhook');
	}

	/** One that n8n's Webhook node starts, whatever comes. */
	static async builtIn(cluster: QueueCluster): Promise<Hook> {
		return await Hook.publish(cluster, webhookNode('built-in'), '/webhook/built-in');
	}

	/** One that n8n's Webhook node starts, if a header has the value that its credential (Header Auth) says. */
	static async headerAuth(cluster: QueueCluster, credential: SavedCredential): Promise<Hook> {
		const webhook = webhookNode('header-auth');
		const parameters = { ...webhook.parameters, authentication: 'headerAuth' };
		const trigger = { ...webhook, parameters, credentials: credentialsOf(credential) };
		return await Hook.publish(cluster, trigger, '/webhook/header-auth');
	}

	private static async publish(
		cluster: QueueCluster,
		trigger: WorkflowNode,
		path: string,
	): Promise<Hook> {
		const { id } = await cluster.main.createWorkflow(chain(trigger.name, [trigger, noOp]));
		await cluster.main.activate(id);
		return new Hook(cluster, `${cluster.webhookUrl}${path}`, id, trigger.name);
	}

	/** Waits until `count` executions have ended, looking seldom so as not to be in the way. */
	async drained(count: number, timeout: number): Promise<void> {
		const end = Date.now() + timeout;
		const ended = JSON.stringify({ workflowId: this.workflowId, status: endings });
		for (let found = 0; found < count;) {
			if (Date.now() > end) throw new Error(`${found} of ${count} executions have ended.`);
			await sleep(LOOK_EVERY);
			const path = '/executions';
			found = (
				await this.cluster.main.rest.get<{ count: number }>(path, { filter: ended, limit: 1 })
			).count;
		}
	}

	/** All executions, however they ended. */
	async executions(): Promise<Execution[]> {
		const ids = await this.cluster.executionIds(this.workflowId);
		const all: Execution[] = [];
		for (let n = 0; n < ids.length; n += READ_AT_ONCE) {
			const some = ids
				.slice(n, n + READ_AT_ONCE)
				.map(async (id) => await this.cluster.main.execution(id));
			all.push(...(await Promise.all(some)));
		}
		return all;
	}

	/** The conversations that executions began with, by their ids. */
	async conversations(): Promise<number[]> {
		return (await this.executions()).map((one) => this.conversationOf(one)).filter(Number.isFinite);
	}

	/** The conversation that an execution began with, by its id; NaN where it began with none. */
	conversationOf(execution: Execution): number {
		const [item] = execution.nodes[this.trigger] ? itemsOf(execution, this.trigger) : [];
		const event =
			(item?.json.body as Event | undefined)?.event_payload ?? (item?.json as Event | undefined);
		if (event?.conversation) return event.conversation.id;
		// One that ended before its first node holds its event among what it was to begin with.
		return Number(
			/"conversation":\{"id":(\d+)/.exec(JSON.stringify(execution.raw))?.[1] ?? Number.NaN,
		);
	}
}

/** What the Webhook node hands on in `body`; this package's trigger hands on what is in event_payload. */
interface Event {
	event_payload?: Event;
	conversation?: { id: number };
}
