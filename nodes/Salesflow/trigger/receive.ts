import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { isNumericId } from '../../engine/form/id';
import { isRepeat } from '../../engine/webhook/duplicates';
import { contactRecord } from '../resources/records';
import { messagesIn } from './messages';
import { webhookSecret } from './secret';
import {
	acknowledge,
	jsonBody,
	queryText,
	rawBody,
	reject,
	start,
} from '../../engine/webhook/delivery';
import { fingerprint, isSame } from '../../engine/webhook/signature';

interface Options {
	skipMutedContacts?: boolean;
	ignoreRepeats?: boolean;
}

/** Takes a delivery: refuses what does not know the secret, hands on each wanted event once. */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	if (!(await isGenuine(context))) return reject(context);
	const body = jsonBody(await rawBody(context));
	if (!body || !isMemberId(body.MemberId)) return reject(context, 400);
	// SEED, Webhooks, prints IntegrationRunOn of one event only, so the URL tells which it is.
	const event = queryText(context, 'event');
	const wanted = context.getNodeParameter('events', []) as string[];
	const options = context.getNodeParameter('options', {}) as Options;
	const isMuted = options.skipMutedContacts === true && body.IsMuted === true;
	if (!wanted.includes(event) || isMuted) return acknowledge();
	// A delivery has no id of its own; two of the same content are the same delivery.
	const id = fingerprint(event, body);
	if (await isRepeat(context, id, options.ignoreRepeats)) return acknowledge();
	const json: IDataObject = { EventId: id, Event: event, ...withMessages(body as IDataObject) };
	return start(context, { json });
}

/** Whether the URL carries the secret that was put into it. */
const isGenuine = async (context: IWebhookFunctions): Promise<boolean> =>
	isSame(queryText(context, 'secret'), await webhookSecret(context));

/** SEED, Webhooks, data sample: a number. */
const isMemberId = (value: unknown): boolean =>
	(typeof value === 'number' || typeof value === 'string') && isNumericId(String(value));

function withMessages(body: IDataObject): IDataObject {
	const contact = contactRecord(body);
	const { MemberActionsFormatted: html, FirstName: first, LastName: last } = body;
	if (typeof html !== 'string') return contact;
	const name = [first, last].filter(Boolean).join(' ');
	return { ...contact, Messages: messagesIn(html, name).map((message) => ({ ...message })) };
}
