import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { isNumericId } from '../../engine/form/id';
import { queryText } from '../../engine/webhook/delivery';
import { receiveDelivery } from '../../engine/webhook/receive';
import { notOwnSecret } from '../../engine/webhook/refusals';
import { withOwnFields } from '../../engine/util/ownFields';
import { isToOwnAddress } from '../../engine/webhook/addressSecret';
import { fingerprint } from '../../engine/webhook/digests';
import { salesflow } from '../vendor';
import { webhookUrls } from './applyPlan';
import { contactRecord } from '../resources/records';
import { watchLaterCampaigns } from './laterCampaigns';
import { messagesIn } from './messages';
import { webhookSecret } from './ownWebhooks';
import { chosenIn } from '../../engine/util/chosen';

/** Takes a delivery: refuses what does not know the secret, hands on each wanted event once. */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const options = context.getNodeParameter('options', {}) as { skipMutedContacts?: boolean };
	const events = chosenIn(context.getNodeParameter('events', []));
	// SEED, Webhooks, prints IntegrationRunOn of one event only, so the URL tells which it is.
	const name = queryText(context, 'event');
	return await receiveDelivery(context, salesflow, {
		verify: async () => {
			const isOwn = await isGenuine(context);
			if (isOwn) watchLaterCampaigns(context);
			return isOwn ? undefined : notOwnSecret(salesflow.name);
		},
		// A delivery has no id of its own; two of the same content are the same delivery.
		read: (body) => (isMemberId(body.MemberId) ? { id: fingerprint(name, body), body } : undefined),
		isWanted: ({ body }) =>
			events.includes(name) && !(options.skipMutedContacts === true && body.IsMuted === true),
		idOf: ({ id }) => id,
		toItem: ({ id, body }) => ({
			json: withOwnFields({ EventId: id, Event: name }, withMessages(body)),
		}),
	});
}

/** Whether the URL carries the secret that was put into it. */
const isGenuine = async (context: IWebhookFunctions): Promise<boolean> =>
	await isToOwnAddress(context, salesflow, await webhookSecret(context), webhookUrls);

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
