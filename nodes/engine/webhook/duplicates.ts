import { type IDataObject, type IHookFunctions, type IWebhookFunctions, sleep } from 'n8n-workflow';
import { forgetOldest } from '../util/oldest';
import { steadyNow } from '../util/steadyClock';

/**
 * Number of deliveries that are remembered for each trigger: 22 characters each, with the workflow. As one text, since n8n
 * watches each entry of a list, in every workflow that it makes ready for a delivery.
 */
const remembered = 500;
const separator = '\n';

/** What a process knows of a trigger's deliveries, by their names. */
interface Deliveries {
	/** Those that n8n answers at this moment, until it has, and may not be able to store. */
	underWay: Map<string, Promise<void>>;
	handled: Set<string>;
	/** When they were last written with the workflow. */
	writtenAt: number;
	/** Whether a delivery waits to write for those that come before it does. */
	isWriterWaiting: boolean;
}

/**
 * While deliveries come one upon another, one in each such time writes for all: n8n answers none before it is
 * written, and all writes wait for one row of its database. That one is answered so much later, or twice that where
 * others take long. Milliseconds.
 */
const writeEvery = 1000;

/** How long an answer is waited for when its caller has gone, and how often it is looked for. Milliseconds. */
const longestAnswer = 60_000;
const lookEvery = 100;

/**
 * A cache of the process, since n8n reads and writes static data for each delivery anew: of those that
 * come at the same moment the last to be written would stand alone, so each writes all that are known.
 */
const recent = new Map<string, Deliveries>();
const mostTriggers = 1000;
/** The deliveries that wrote to their trigger's memory. */
const writing = new WeakSet<IWebhookFunctions>();

/**
 * Whether a delivery came before. Remembered with the workflow, and in the process for deliveries that
 * come at the same moment: the second waits for the first one's end, since what n8n did not take (5xx) is
 * forgotten. A help, not a lock: workflows get the same id, to tell a repeat themselves.
 * @param isIgnored whether the person wants repeats to be told at all
 */
export async function isRepeat(
	context: IWebhookFunctions,
	id: string,
	isIgnored = true,
): Promise<boolean> {
	// A person who tests sends the same event as often as they like.
	if (!isIgnored || context.getMode() === 'manual') return false;
	const memory = context.getWorkflowStaticData('node');
	const own = recentOf(context);
	const { underWay, handled } = own;
	for (let first = underWay.get(id); first; first = underWay.get(id)) await first;
	if (handled.has(id) || isAmong(storedIn(memory), id)) return true;
	underWay.set(id, untilOver(context, id, own));
	if (own.isWriterWaiting) return false;
	await untilNextWrite(own, id);
	const before = storedIn(memory).split(separator).filter(Boolean);
	memory.deliveries = [...new Set([...before, ...handled, id])].slice(-remembered).join(separator);
	noteWrite(context);
	return false;
}

const storedIn = ({ deliveries }: IDataObject): string =>
	typeof deliveries === 'string' ? deliveries : '';

/**
 * Over when the last write is long enough ago and what came until then has its answer, since only what n8n took is
 * written. What has none for as long again, such as one that fetches much, is not waited for.
 */
async function untilNextWrite(own: Deliveries, id: string): Promise<void> {
	const early = own.writtenAt + writeEvery - steadyNow();
	if (early > 0) {
		own.isWriterWaiting = true;
		await sleep(early);
		own.isWriterWaiting = false;
	}
	own.writtenAt = steadyNow();
	if (early > 0) await Promise.race([othersOver(own, id), sleep(writeEvery)]);
}

async function othersOver({ underWay }: Deliveries, id: string): Promise<void> {
	await Promise.all(
		[...underWay].map(async ([name, over]) => (name === id ? undefined : await over)),
	);
}

/** Looked for in the text as it is, since a list would be made of it for each delivery. */
const isAmong = (stored: string, id: string): boolean =>
	`${separator}${stored}${separator}`.includes(separator + id + separator);

/** Waits until a delivery has its answer; what n8n took is handled. */
async function untilOver(
	context: IWebhookFunctions,
	id: string,
	{ underWay, handled }: Deliveries,
): Promise<void> {
	const response = context.getResponseObject();
	if (!response.closed) await new Promise<void>((resolve) => response.once('close', resolve));
	const isAnswered = await untilAnswered(response);
	underWay.delete(id);
	if (isAnswered && response.statusCode < 500) handled.add(id);
	forgetOldest(handled, remembered);
}

/**
 * Where a caller hangs up, the connection closes before n8n has answered; it does all the same, and until then its
 * status says nothing.
 * @returns whether it has, as it always should
 */
async function untilAnswered(
	response: ReturnType<IWebhookFunctions['getResponseObject']>,
): Promise<boolean> {
	for (let waited = 0; !response.writableEnded && waited < longestAnswer; waited += lookEvery)
		await sleep(lookEvery);
	return response.writableEnded;
}

/** Names a trigger among all of an n8n. */
export const nameOf = (context: IHookFunctions | IWebhookFunctions): string =>
	`${context.getWorkflow().id} ${context.getNode().id}`;

function recentOf(context: IWebhookFunctions): Deliveries {
	const trigger = nameOf(context);
	const own = recent.get(trigger) ?? {
		underWay: new Map(),
		handled: new Set(),
		writtenAt: -Infinity,
		isWriterWaiting: false,
	};
	recent.delete(trigger);
	recent.set(trigger, own);
	forgetOldest(recent, mostTriggers);
	return own;
}

/** Says that a delivery wrote to the node's memory, for keepMemory(). */
export const noteWrite = (context: IWebhookFunctions): void => void writing.add(context);

/**
 * n8n 2.x forgets that the node's memory was changed when it starts the workflow, which it does before it
 * stores that memory (2.41.1: Workflow's constructor, called by establishContextForPersistence). So what a
 * delivery wrote is written once more in between.
 */
export function keepMemory(context: IWebhookFunctions): void {
	if (!writing.has(context)) return;
	const memory = context.getWorkflowStaticData('node');
	const { deliveries = '' } = memory;
	void sleep(1).then(() => (memory.deliveries = deliveries));
}
