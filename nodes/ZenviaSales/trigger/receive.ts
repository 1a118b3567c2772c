import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { isRepeat } from '../../engine/webhook/duplicates';
import { type AttachmentOptions, attachmentUrl, withAttachment } from './attachment';
import { isWanted, readNotification } from './notification';
import { secretOf, secretParameter } from './register';
import {
	acknowledge,
	answer,
	jsonBody,
	queryText,
	rawBody,
	reject,
	start,
	startAnswered,
} from '../../engine/webhook/delivery';
import { isSame } from '../../engine/webhook/signature';

interface Options extends AttachmentOptions {
	types?: string[];
	direction?: string;
	ignoreRepeats?: boolean;
	downloadAttachments?: boolean;
}

/** Takes a notification: refuses what does not know the secret, hands on each wanted event once. */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	// Notifications carry no signature: SEED has one for extension URLs only.
	const secret = await secretOf(context);
	if (!isSame(queryText(context, secretParameter), secret)) return reject(context);
	const event = readNotification(jsonBody(await rawBody(context)));
	if (!event) return reject(context, 400);

	const options = context.getNodeParameter('options', {}) as Options;
	const topics = context.getNodeParameter('topics', []) as string[];
	const { types = [], direction = '', ignoreRepeats } = options;
	if (!isWanted(event, { topics, types, direction })) return acknowledge();
	if (await isRepeat(context, String(event.eventId), ignoreRepeats)) return acknowledge();

	const url = options.downloadAttachments ? attachmentUrl(event) : undefined;
	if (url === undefined) return start(context, { json: event });
	// A slow answer makes Zenvia deliver once more (live account), so it goes out before the file is fetched.
	answer(context);
	return startAnswered(await withAttachment(context, event, url, options));
}
