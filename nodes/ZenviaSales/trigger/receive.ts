import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { queryText } from '../../engine/webhook/delivery';
import { receiveDelivery } from '../../engine/webhook/receive';
import { isSame } from '../../engine/webhook/signature';
import { type AttachmentOptions, attachmentUrl, withAttachment } from './attachment';
import { isWanted, readNotification } from './notification';
import { secretOf, secretParameter } from './register';

interface Options extends AttachmentOptions {
	types?: string[];
	direction?: string;
	downloadAttachments?: boolean;
}

/** Takes a notification: refuses what does not know the secret, hands on each wanted event once. */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const options = context.getNodeParameter('options', {}) as Options;
	const { types = [], direction = '' } = options;
	const topics = context.getNodeParameter('topics', []) as string[];
	return await receiveDelivery(context, {
		// Notifications carry no signature: SEED has one for extension URLs only.
		verify: async () => isSame(queryText(context, secretParameter), await secretOf(context)),
		read: readNotification,
		isWanted: (event) => isWanted(event, { topics, types, direction }),
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

/** The address of a notification's file, where files are asked for. */
const fileOf = (event: IDataObject, { downloadAttachments }: Options): string | undefined =>
	downloadAttachments ? attachmentUrl(event) : undefined;
