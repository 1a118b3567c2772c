import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { isNumericId } from '../../engine/form/fields';
import { isRepeat } from '../../engine/webhook/duplicates';
import * as webhook from '../../engine/webhook/delivery';
import { contactRecord } from '../resources/records';
import { messagesIn } from './messages';
import { addressSecret } from './secret';

interface Options {
	skipMutedContacts?: boolean;
	ignoreRepeats?: boolean;
}

/** Takes a delivery: refuses what does not know the secret, hands on each wanted event once. */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	if (!(await isGenuine(context))) return webhook.refuse(context);
	const body = webhook.jsonBody(await webhook.rawBody(context));
	if (!body || !isMemberId(body.MemberId)) return webhook.refuse(context, 400);
	// SEED, Webhooks, prints IntegrationRunOn of one event only, so the URL tells which it is.
	const event = webhook.queryText(context, 'event');
	const wanted = context.getNodeParameter('events', []) as string[];
	const options = context.getNodeParameter('options', {}) as Options;
	const isMuted = options.skipMutedContacts === true && body.IsMuted === true;
	if (!wanted.includes(event) || isMuted) return webhook.acknowledge();
	// A delivery has no id of its own; two of the same content are the same delivery.
	const id = webhook.fingerprint(event, body);
	if (await isRepeat(context, id, options.ignoreRepeats)) return webhook.acknowledge();
	const json: IDataObject = { EventId: id, Event: event, ...withMessages(body as IDataObject) };
	return webhook.start(context, { json });
}

/** Whether the URL carries the secret that was put into it. */
const isGenuine = async (context: IWebhookFunctions): Promise<boolean> =>
	webhook.isSame(webhook.queryText(context, 'secret'), await addressSecret(context));

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
