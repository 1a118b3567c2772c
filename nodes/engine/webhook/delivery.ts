import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import {
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHookFunctions,
	type INodeExecutionData,
	type IWebhookFunctions,
	type IWebhookResponseData,
	sleep,
	UserError,
} from 'n8n-workflow';
import { isRecord, trimmed } from '../form/checks';
import { keepMemory, nameOf } from './duplicates';

/**
 * Above 1, since n8n (also 1.x) evaluates an expression of its own for each delivery to a trigger of version 1
 * (2.41.1: webhook-helpers, parseRequestBody), for which 2.x makes a sandbox ready.
 */
export const webhookTriggerVersion = 1.1;

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

/** Whether a moment is close enough to now. @param unixTime seconds, as text */
export function isRecent(unixTime: string, toleranceSeconds: number, now = Date.now()): boolean {
	if (toleranceSeconds === 0) return true;
	return /^\d{1,12}$/.test(unixTime) && Math.abs(now / 1000 - Number(unixTime)) <= toleranceSeconds;
}

/** So long what was read of a credential serves the deliveries that follow. Milliseconds. */
const readEvery = 1000;
const credentials = new Map<string, Promise<ICredentialDataDecryptedObject>>();

/**
 * A trigger's credential, read once for deliveries that come close upon one another: n8n 2.x sets up a
 * sandbox for its expressions each time, which takes longer than all else that it does for a delivery.
 * @throws what n8n throws where there is none
 */
export async function credentialOf(
	context: IWebhookFunctions,
	type: string,
): Promise<ICredentialDataDecryptedObject> {
	const read = async () => await context.getCredentials<ICredentialDataDecryptedObject>(type);
	// A person who tests may just have corrected it.
	if (context.getMode() === 'manual') return await read();
	const name = `${nameOf(context)} ${context.getNode().credentials?.[type]?.id}`;
	const known = credentials.get(name);
	if (known) return await known;
	const reading = read();
	const forget = () => credentials.delete(name);
	credentials.set(name, reading);
	// One that could not be read is asked for again at once.
	reading.catch(forget);
	void sleep(readEvery).then(forget);
	return await reading;
}

/** A credential's secret, without which no signature can be checked. @throws UserError when it is empty */
export function secretOf(credentials: IDataObject, name: string, displayName: string): string {
	const secret = trimmed(credentials[name]);
	if (secret !== '') return secret;
	throw new UserError(
		`The credential has no ${displayName}. Enter it, or no delivery can be checked.`,
	);
}

/** Characters of an address's secret: 256 bits, as base64url. */
export const addressSecretLength = 43;

/**
 * The secret in the address of a trigger whose vendor signs nothing. Made of the credential's key: a vendor may call
 * while n8n is still activating, and n8n stores what a node remembers only after that. What is stored counts, so that
 * a new key does not end what is registered.
 * @param key name of the key among the credential's fields, and how its form calls it
 * @returns addressSecretLength characters, which a URL takes as they are
 * @throws UserError when the key is empty
 */
export async function addressSecret(
	context: IHookFunctions | IWebhookFunctions,
	credential: string,
	...key: [name: string, displayName: string]
): Promise<string> {
	const { secret } = context.getWorkflowStaticData('node');
	if (typeof secret === 'string' && secret !== '') return secret;
	const own = secretOf(await context.getCredentials(credential), ...key);
	return createHmac('sha256', own).update(nameOf(context)).digest('base64url');
}
