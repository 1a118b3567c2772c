import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import {
	type IDataObject,
	type INodeExecutionData,
	type IWebhookFunctions,
	type IWebhookResponseData,
	sleep,
	UserError,
} from 'n8n-workflow';
import { isRecord } from './checks';

const digest = (text: string | Buffer): Buffer => createHash('sha256').update(text).digest();

/**
 * Compares what a caller gave with what it should be, in a time that tells neither how much of it was
 * right nor how long it is.
 */
export function isSame(given: string, expected: string): boolean {
	return timingSafeEqual(digest(given), digest(expected));
}

/** HMAC-SHA256 over the parts, one after the other, as lower-case hex. */
export function hmacHex(key: string, ...parts: Array<string | Buffer>): string {
	const hmac = createHmac('sha256', key);
	for (const part of parts) hmac.update(part);
	return hmac.digest('hex');
}

/** Nothing starts, and the caller learns only that it was refused. */
export function refuse(context: IWebhookFunctions, status = 401): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message: status === 401 ? 'Unauthorized' : 'Bad request' });
	return { noWebhookResponse: true };
}

const received: IDataObject = { received: true };

/** 200, so that the vendor does not deliver again, and no execution. */
export const acknowledge = (): IWebhookResponseData => ({ webhookResponse: received });

/** Answers 200 at once. */
export function answer(context: IWebhookFunctions, reply: IDataObject = received): void {
	context.getResponseObject().status(200).json(reply);
}

/**
 * Starts the workflow with one item. n8n answers 200 when it has stored the execution, and something else where
 * it could not, so that the vendor delivers again. The webhook's description needs `responseData: ''`, or n8n
 * answers with a text of its own.
 */
export function start(context: IWebhookFunctions, item: INodeExecutionData): IWebhookResponseData {
	keepMemory(context);
	return { webhookResponse: received, workflowData: [[item]] };
}

/**
 * Starts the workflow where answer() has been called, since the vendor waits for what it says or would not wait
 * long enough. What n8n cannot store then is lost.
 */
export const startAnswered = (item: INodeExecutionData): IWebhookResponseData => ({
	noWebhookResponse: true,
	workflowData: [[item]],
});

/**
 * n8n 2.x forgets that the node's memory was changed when it starts the workflow, which it does before it
 * stores that memory (2.41.1: Workflow's constructor, called by establishContextForPersistence). So what is
 * remembered is written once more in between.
 */
function keepMemory(context: IWebhookFunctions): void {
	const memory = context.getWorkflowStaticData('node');
	const { deliveries } = memory;
	if (Array.isArray(deliveries)) void sleep(1).then(() => (memory.deliveries = [...(deliveries as string[])]));
}

/** A query parameter that came once, as text; anything else counts as missing. */
export function queryText(context: IWebhookFunctions, name: string): string {
	const value = (context.getQueryData() as IDataObject)[name];
	return typeof value === 'string' ? value : '';
}

/** The body's bytes as they came: signatures are made over these, not over what a parser made of them. */
export function rawBody(context: IWebhookFunctions): Buffer {
	return context.getRequestObject().rawBody ?? Buffer.alloc(0);
}

/** The body as a JSON object, or undefined where it is none. */
export function jsonBody(raw: Buffer): Record<string, unknown> | undefined {
	try {
		const body: unknown = JSON.parse(raw.toString('utf8'));
		return isRecord(body) ? body : undefined;
	} catch {
		return undefined;
	}
}

/** A short name for a delivery that two deliveries of the same content share. */
export const fingerprint = (...parts: unknown[]): string =>
	digest(JSON.stringify(parts)).toString('base64url').slice(0, 22);

/** So many deliveries are remembered for each trigger: 22 characters each, with the workflow. */
const remembered = 500;

/** What a process knows of a trigger's deliveries, by their names. */
interface Deliveries {
	/** Those that n8n answers at this moment, until it has, and may not be able to store. */
	underWay: Map<string, Promise<void>>;
	handled: Set<string>;
}

/**
 * A cache of the process, since n8n reads and writes static data for each delivery anew: of those that
 * come at the same moment the last to be written would stand alone, so each writes all that are known.
 */
const recent = new Map<string, Deliveries>();
const mostTriggers = 1000;

/**
 * Whether a delivery came before. Remembered with the workflow, and in the process for deliveries that
 * come at the same moment: the second waits for the first one's end, since what n8n did not take (5xx) is
 * forgotten. A help, not a lock: workflows get the same id, to tell a repeat themselves.
 * @param isIgnored whether the person wants repeats to be told at all
 */
export async function isRepeat(context: IWebhookFunctions, id: string, isIgnored = true): Promise<boolean> {
	// A person who tests sends the same event as often as they like.
	if (!isIgnored || context.getMode() === 'manual') return false;
	const memory = context.getWorkflowStaticData('node');
	const stored = Array.isArray(memory.deliveries) ? (memory.deliveries as string[]) : [];
	const { underWay, handled } = recentOf(`${context.getWorkflow().id} ${context.getNode().id}`);
	for (let first = underWay.get(id); first; first = underWay.get(id)) await first;
	if (handled.has(id) || stored.includes(id)) return true;
	const response = context.getResponseObject();
	const answered = new Promise<void>((resolve) => response.once('close', resolve));
	const over = answered.then(() => {
		underWay.delete(id);
		if (response.statusCode < 500) handled.add(id);
		trim(handled, remembered);
	});
	underWay.set(id, over);
	memory.deliveries = [...new Set([...stored, ...handled, id])].slice(-remembered);
	return false;
}

function recentOf(trigger: string): Deliveries {
	const own = recent.get(trigger) ?? { underWay: new Map(), handled: new Set() };
	recent.delete(trigger);
	recent.set(trigger, own);
	trim(recent, mostTriggers);
	return own;
}

/** Maps and sets keep the order in which things came, so the first is the oldest. */
function trim(collection: { size: number; keys(): Iterator<string>; delete(key: string): boolean }, most: number) {
	const oldest = collection.keys().next();
	if (collection.size > most && !oldest.done) collection.delete(oldest.value);
}

/** Whether a moment is close enough to now. @param unixTime seconds, as text */
export function isRecent(unixTime: string, toleranceSeconds: number, now = Date.now()): boolean {
	if (toleranceSeconds === 0) return true;
	return /^\d{1,12}$/.test(unixTime) && Math.abs(now / 1000 - Number(unixTime)) <= toleranceSeconds;
}

/** A credential's secret, without which no signature can be checked. @throws UserError when it is empty */
export function secretOf(credentials: IDataObject, name: string, displayName: string): string {
	const secret = credentials[name];
	if (typeof secret === 'string' && secret !== '') return secret;
	throw new UserError(`The credential has no ${displayName}. Enter it, or no delivery can be checked.`);
}
