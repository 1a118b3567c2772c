import {
	type IDataObject,
	type INodeExecutionData,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { keepMemory } from './duplicates';
import { isRecord } from '../util/json';
import { tellRefusal } from './refusals';

/**
 * Nothing starts, and the caller learns only that it was refused; n8n's log, why.
 * @param why as tellRefusal() takes it
 */
export function reject(
	context: IWebhookFunctions,
	why: string,
	status = 401,
): IWebhookResponseData {
	tellRefusal(context, why);
	context
		.getResponseObject()
		.status(status)
		.json({ message: status === 401 ? 'Unauthorized' : 'Bad request' });
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

/** A query parameter that came once, as text; anything else counts as missing. */
export function queryText(context: IWebhookFunctions, name: string): string {
	const value = (context.getQueryData() as IDataObject)[name];
	return typeof value === 'string' ? value : '';
}

/**
 * The body's bytes as they came: signatures are made over these, not over what a parser made of them. Read here
 * where n8n does not know the content type. What cannot be read, such as a form in parts, counts as empty.
 */
export async function rawBody(context: IWebhookFunctions): Promise<Buffer> {
	const request = context.getRequestObject();
	if (!request.rawBody) await request.readRawBody().catch(() => {});
	return request.rawBody ?? Buffer.alloc(0);
}

/**
 * The body as a JSON object, or undefined where it is none.
 * @param encoding the charset that the content type names, as n8n reads it; a byte order mark is left out
 */
export function jsonBody(
	raw: Buffer,
	encoding: string = 'utf8',
): Record<string, unknown> | undefined {
	const text = textOf(raw, Buffer.isEncoding(encoding) ? encoding : 'utf8');
	try {
		const body: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
		return isRecord(body) ? body : undefined;
	} catch {
		return undefined;
	}
}

/** Text by the byte order mark of UTF-16, which says more than a charset (WHATWG, Encoding, 6), or by the charset. */
function textOf(raw: Buffer, encoding: BufferEncoding): string {
	const mark = raw.subarray(0, 2).toString('hex');
	if (mark === 'fffe') return raw.toString('utf16le');
	if (mark !== 'feff' || raw.length % 2 !== 0) return raw.toString(encoding);
	return Buffer.from(raw).swap16().toString('utf16le');
}
