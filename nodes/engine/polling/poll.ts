import {
	type IDataObject,
	type INodeExecutionData,
	type IPollFunctions,
	NodeOperationError,
} from 'n8n-workflow';
import { ApiError, hookError } from '../http/apiError';
import { type Client, connect } from '../http/client';
import type { Vendor } from '../http/vendor';
import { chosenIn } from '../util/chosen';
import { checkEvents, noEvent } from '../util/events';
import { MemoryStore, type PollMemory } from './pollMemory';
import { steadyNow } from '../util/steadyClock';

/** What a list is looked at with in one poll. */
export interface View {
	client: Client;
	/** When the poll began. Milliseconds since 1970. */
	start: number;
	/** Whether there is time for another page. */
	mayGoOn(): boolean;
}

/** One of a vendor's lists, in which a poll looks for what happened. */
export interface PolledList {
	/** What its part of the memory is called. */
	name: string;
	/**
	 * Looks for what happened since the last poll.
	 * @param memory what the last poll that looked at it gave; left out, this is the first
	 * @returns the items to hand on, and what to remember when they have been
	 * @throws ApiError where a page cannot be read; nothing is remembered then
	 */
	look(
		view: View,
		memory: IDataObject | undefined,
	): Promise<{ items: IDataObject[]; memory: IDataObject }>;
	/** What is there, as it would come, for the editor's test. */
	sample(client: Client): Promise<IDataObject[]>;
}

/** What is particular to a polling trigger. */
export interface PollingTrigger {
	vendor: Vendor;
	/** Name of its node type, under which its memory is kept. */
	name: string;
	/** The values of Trigger On. */
	events: readonly string[];
	/** The lists in which what the person chose shows. */
	lists(context: IPollFunctions, events: string[]): PolledList[];
	/** The account that a credential is for: with another one, the memory begins anew. Holds no secret. */
	scopeOf(credentials: IDataObject, client: Client): string;
	/** What to do where there is nothing yet that a test could show. */
	untilFirst: string;
	/** Makes of a list's memory of form 1 one of form 2. */
	upgraded?(list: IDataObject): IDataObject;
}

/** How long a poll may take where n8n does not say, as in 1.x, in ms. */
const usualBudgetMs = 5 * 60_000;
/** The share of it that is spent on pages, so that the page under way can still come in. */
const shareForPages = 0.8;

/** Polls that are under way in this process: n8n starts the next one whether the last has ended or not. */
const underWay = new Set<string>();

/**
 * One poll of a trigger.
 * @returns what happened since the last one, or null where that is nothing, and in the first poll
 * @throws NodeApiError or NodeOperationError when pages could not be read; nothing is remembered then
 */
export async function poll(
	context: IPollFunctions,
	trigger: PollingTrigger,
): Promise<INodeExecutionData[][] | null> {
	const name = `${context.getWorkflow().id} ${context.getNode().id}`;
	const lists = trigger.lists(context, eventsOf(context, trigger.events));
	if (context.getMode() === 'manual') return await sample(context, trigger, lists);
	if (underWay.has(name)) return null;
	underWay.add(name);
	try {
		return await look(context, trigger, lists);
	} finally {
		underWay.delete(name);
	}
}

function eventsOf(context: IPollFunctions, known: readonly string[]): string[] {
	const events = chosenIn(context.getNodeParameter('events', []));
	checkEvents(context, events, known);
	if (events.length > 0) return events;
	throw new NodeOperationError(context.getNode(), noEvent);
}

async function look(
	context: IPollFunctions,
	trigger: PollingTrigger,
	lists: PolledList[],
): Promise<INodeExecutionData[][] | null> {
	const start = Date.now();
	const begun = steadyNow();
	const budgetMs = budgetOf(context);
	const { client, signal } = await open(context, trigger, budgetMs);
	const store = new MemoryStore(context, trigger.name);
	const credentials = await context.getCredentials(trigger.vendor.credential);
	const memory = store.read(trigger.scopeOf(credentials, client), trigger.upgraded);
	const after: PollMemory = { ...memory, lists: {} };
	const items: IDataObject[] = [];
	try {
		for (const [n, list] of lists.entries()) {
			// Each list has its part of the time, so that a long one does not starve the other.
			const endMs = begun + (budgetMs * shareForPages * (n + 1)) / lists.length;
			const view = { client, start, mayGoOn: () => steadyNow() < endMs };
			const found = await list.look(view, memory.lists[list.name]);
			after.lists[list.name] = found.memory;
			for (const item of found.items) items.push(item);
		}
	} catch (thrown) {
		const why = signal.aborted ? outOfTime(trigger.vendor) : thrown;
		throw hookError(context.getNode(), why, client.redact);
	}
	// Only now, when all has been read: a poll that is cut off leaves the memory as it was.
	store.write(after);
	return items.length > 0 ? [items.map((json) => ({ json }))] : null;
}

/** The editor's test: what is there, as it would come, and the memory does not move. */
async function sample(
	context: IPollFunctions,
	trigger: PollingTrigger,
	lists: PolledList[],
): Promise<INodeExecutionData[][]> {
	const { client } = await open(context, trigger, usualBudgetMs);
	try {
		for (const list of lists) {
			const items = await list.sample(client);
			if (items.length > 0) return [items.map((json) => ({ json }))];
		}
	} catch (thrown) {
		throw hookError(context.getNode(), thrown, client.redact);
	}
	const { vendor, untilFirst: description } = trigger;
	throw new NodeOperationError(
		context.getNode(),
		`There is nothing in ${vendor.name} yet to show`,
		{ description, level: 'warning' },
	);
}

async function open(
	context: IPollFunctions,
	{ vendor, name }: PollingTrigger,
	budgetMs: number,
): Promise<{ client: Client; signal: AbortSignal }> {
	const signal = AbortSignal.timeout(budgetMs);
	// n8n polls once while it activates a workflow, before anything is remembered.
	const isAwaited = context.getMode() === 'manual' || new MemoryStore(context, name).isEmpty;
	try {
		return { client: await connect(context, vendor, { signal, isAwaited }), signal };
	} catch (thrown) {
		throw hookError(context.getNode(), thrown);
	}
}

/** n8n 2.x says how long a poll may take before it is abandoned; 1.x has no such function. */
function budgetOf(context: Partial<Pick<IPollFunctions, 'getPollBudgetMs'>>): number {
	return context.getPollBudgetMs?.() ?? usualBudgetMs;
}

/** A poll that was given up; what it had found is found by the next one. */
export const outOfTime = ({ name }: Vendor): ApiError =>
	new ApiError(`${name} did not answer in the time of a poll`, {
		hint: 'Nothing is lost: the next poll reads the same again.',
	});
