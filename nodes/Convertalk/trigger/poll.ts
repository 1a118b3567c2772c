import {
	type IDataObject,
	type INodeExecutionData,
	type IPollFunctions,
	NodeOperationError,
} from 'n8n-workflow';
import { connect, type Client } from '../../engine/http/client';
import { many } from '../../engine/operation/operation';
import { diffPages } from '../../engine/polling/diffPages';
import { hookError, ApiError } from '../../engine/http/apiError';
import { get } from '../../engine/http/request';
import { own } from '../../engine/util/json';
import { convertalk, type ListName, listTypes } from '../vendor';
import { type EventName, eventOf, itemOf, listOf } from './event';
import { type Memory, MemoryStore, scopeOf } from './memory';
import { polledLead } from './polled';

/** How long a poll may take where n8n does not say, as in 1.x, in ms. */
const usualBudgetMs = 5 * 60_000;
/** The share of it that is spent on pages, so that the page under way can still come in. */
const shareForPages = 0.8;

interface Settings {
	events: EventName[];
	simplify: boolean;
}

/** Polls that are under way in this process: n8n starts the next one whether the last has ended or not. */
const underWay = new Set<string>();

/**
 * One poll of the trigger.
 * @returns the new and changed leads, or null where there are none and in the first poll
 * @throws NodeApiError or NodeOperationError when pages could not be read; nothing is remembered then
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const name = `${context.getWorkflow().id} ${context.getNode().id}`;
	const settings = settingsOf(context);
	if (context.getMode() === 'manual') return await sample(context, settings);
	if (underWay.has(name)) return null;
	underWay.add(name);
	try {
		return await look(context, settings);
	} finally {
		underWay.delete(name);
	}
}

function settingsOf(context: IPollFunctions): Settings {
	const { simplify = true } = context.getNodeParameter('options', {}) as { simplify?: boolean };
	const events = context.getNodeParameter('events', []) as EventName[];
	if (events.length > 0) return { events, simplify };
	throw new NodeOperationError(context.getNode(), "'Trigger On' is empty. Choose at least one.");
}

async function look(
	context: IPollFunctions,
	settings: Settings,
): Promise<INodeExecutionData[][] | null> {
	const start = Date.now();
	const budgetMs = budgetOf(context);
	const { connection: client, signal } = await open(context, budgetMs);
	const store = new MemoryStore(context);
	const credentials = await context.getCredentials(convertalk.credential);
	const memory = store.read(scopeOf(credentials));
	const names = [...new Set(settings.events.flatMap((event) => own(listOf, event) ?? []))];
	const after: Memory = { ...memory, lists: {} };
	const items: IDataObject[] = [];
	try {
		for (const [n, name] of names.entries()) {
			// Each list has its part of the time, so that a long one does not starve the other.
			const endMs = start + (budgetMs * shareForPages * (n + 1)) / names.length;
			const source = {
				polled: polledLead,
				read: pageReader(client, name),
				mayGoOn: () => Date.now() < endMs,
			};
			const diff = await diffPages(memory.lists[name], source, start);
			after.lists[name] = diff.memory;
			for (const change of diff.changes) {
				const event = eventOf(name, change);
				if (event === undefined || !settings.events.includes(event)) continue;
				items.push(itemOf(event, change.record, settings.simplify));
			}
		}
	} catch (thrown) {
		throw hookError(context.getNode(), signal.aborted ? outOfTime() : thrown, client.redact);
	}
	// Only now, when all has been read: a poll that is cut off leaves the memory as it was.
	store.write(after);
	return items.length > 0 ? [items.map((json) => ({ json }))] : null;
}

/** The editor's test: one lead, as it would come, and the memory does not move. */
async function sample(
	context: IPollFunctions,
	{ events, simplify }: Settings,
): Promise<INodeExecutionData[][]> {
	const { connection: client } = await open(context, usualBudgetMs);
	try {
		for (const event of events) {
			const [record] = await pageReader(client, listOf[event])(1);
			if (record) return [[{ json: itemOf(event, record, simplify) }]];
		}
	} catch (thrown) {
		throw hookError(context.getNode(), thrown, client.redact);
	}
	throw new NodeOperationError(context.getNode(), 'There is nothing in Convertalk yet to show', {
		description: 'Open the bot, chat with it as a visitor would, leave an e-mail, and test again.',
		level: 'warning',
	});
}

async function open(context: IPollFunctions, budgetMs: number) {
	const signal = AbortSignal.timeout(budgetMs);
	// n8n polls once while it activates a workflow, before anything is remembered.
	const isAwaited = context.getMode() === 'manual' || new MemoryStore(context).isEmpty;
	try {
		return { connection: await connect(context, convertalk, { signal, isAwaited }), signal };
	} catch (thrown) {
		throw hookError(context.getNode(), thrown);
	}
}

const pageReader =
	({ send }: Client, list: ListName) =>
	async (page: number): Promise<IDataObject[]> => {
		const query = { type: listTypes[list], page };
		return many('data').records(await send({ ...get`/inbox/direct/chats`, query }));
	};

/** n8n 2.x says how long a poll may take before it is abandoned; 1.x has no such function. */
function budgetOf(context: Partial<Pick<IPollFunctions, 'getPollBudgetMs'>>): number {
	return context.getPollBudgetMs?.() ?? usualBudgetMs;
}

const outOfTime = (): ApiError =>
	new ApiError('Convertalk did not answer in the time of a poll', {
		hint: 'Nothing is lost: the next poll reads the same again.',
	});
