import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { isToOwnAddress } from '../../engine/webhook/addressSecret';
import { receiveDelivery } from '../../engine/webhook/receive';
import { notOwnSecret } from '../../engine/webhook/refusals';
import { withOwnFields } from '../../engine/util/ownFields';
import { type AttachmentOptions, attachmentUrl, withAttachment } from './attachment';
import { readEvent } from './events';
import { directionOf, isWanted, readNotification } from './notification';
import { zenviaSales } from '../vendor';
import { asksForEvents, callbackUrls, secretOf } from './register';
import { chosenIn } from '../../engine/util/chosen';

interface Options extends AttachmentOptions {
	types?: string[];
	direction?: string;
	downloadAttachments?: boolean;
}

/** Takes a notification: refuses what does not know the secret, hands on each wanted event once. */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const options = context.getNodeParameter('options', {}) as Options;
	const isChosen = chosenBy(context, options);
	return await receiveDelivery(context, zenviaSales, {
		// Notifications carry no signature: SEED has one for extension URLs only.
		verify: async () => ((await isGenuine(context)) ? undefined : notOwnSecret('Zenvia')),
		read: (body) => readDelivery(context, body),
		isWanted: isChosen,
		idOf: ({ eventId }) => String(eventId),
		// A slow answer makes Zenvia deliver once more (live account), so it goes out before a file is fetched.
		answersFirst: (event) => fileOf(event, options) !== undefined,
		toItem: async (event) => {
			const url = fileOf(event, options);
			if (url === undefined) return { json: event };
			return await withAttachment(context, event, url, options);
		},
	});
}

/** Whether the address that was called has its secret. */
const isGenuine = async (context: IWebhookFunctions): Promise<boolean> =>
	await isToOwnAddress(context, zenviaSales, await secretOf(context), callbackUrls);

/** The notification in one shape, with who is behind it; from 1.2 on also with what it is. */
function readDelivery(context: IWebhookFunctions, body: IDataObject): IDataObject | undefined {
	if (asksForEvents(context)) return readEvent(body);
	const notification = readNotification(body);
	return notification && withOwnFields({ direction: directionOf(notification) }, notification);
}

/** Whether the node's form asks for an event. */
function chosenBy(context: IWebhookFunctions, options: Options): (event: IDataObject) => boolean {
	if (asksForEvents(context)) {
		const events = chosenIn(context.getNodeParameter('events', []));
		return ({ event }) => events.includes(String(event));
	}
	const topics = chosenIn(context.getNodeParameter('topics', []));
	const { types = [], direction = '' } = options;
	return (event) => isWanted(event, { topics, types, direction });
}

/** The address of a notification's file, where files are asked for. */
const fileOf = (event: IDataObject, { downloadAttachments }: Options): string | undefined =>
	downloadAttachments ? attachmentUrl(event) : undefined;
