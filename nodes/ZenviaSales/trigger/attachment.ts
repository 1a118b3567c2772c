import {
	type IDataObject,
	type INodeExecutionData,
	type IWebhookFunctions,
	UserError,
} from 'n8n-workflow';
import { download } from '../../engine/webhook/download';
import { domainsOf } from '../../engine/webhook/hosts';
import { safeFileName } from '../../engine/util/fileName';
import { dig } from '../../engine/util/json';

/** Where attachments may come from, and how large they may be. */
export interface AttachmentOptions {
	attachmentHosts?: string;
	attachmentMegabytes?: number;
}

/** The vendor's own domains. No document says where its files are (inferred), so the person can add to them. */
export const defaultHosts = 'zenvia.com, sirena.app, getsirena.com';
/** Largest attachment that is fetched unless the person says otherwise, in megabytes. */
export const defaultMegabytes = 20;
/** Largest attachment that a person may ask for, in megabytes. */
export const mostMegabytes = 100;
const timeoutMs = 30_000;

/** Whether the notification carries a file. */
export const attachmentUrl = (event: IDataObject): string | undefined => {
	const url = dig(event, 'interaction', 'output', 'message', 'attachment', 'url');
	return typeof url === 'string' && url !== '' ? url : undefined;
};

/** The item with the file in its field `attachment`; where it cannot be had, with a sentence that says why. */
export async function withAttachment(
	context: IWebhookFunctions,
	json: IDataObject,
	url: string,
	{ attachmentHosts = defaultHosts, attachmentMegabytes = defaultMegabytes }: AttachmentOptions,
): Promise<INodeExecutionData> {
	try {
		const domains = domainsOf(attachmentHosts);
		const maxBytes = megabytesOf(attachmentMegabytes) * 2 ** 20;
		const { bytes, mimeType } = await download(context, url, { domains, maxBytes, timeoutMs });
		const attachment = await context.helpers.prepareBinaryData(bytes, fileName(url), mimeType);
		return { json, binary: { attachment } };
	} catch (thrown) {
		// The message is worth more than its file. The reason holds no address: a signed one lets in.
		const why = thrown instanceof UserError ? thrown.message : 'It could not be fetched.';
		return { json: { ...json, warning: `The attachment was left out. ${why}` } };
	}
}

/** What the form takes; an expression may give anything. */
function megabytesOf(option: unknown): number {
	const megabytes = Number(option);
	return megabytes > 0 ? Math.min(megabytes, mostMegabytes) : defaultMegabytes;
}

function fileName(url: string): string {
	const { pathname } = new URL(url);
	try {
		return safeFileName(decodeURIComponent(pathname), 'attachment');
	} catch {
		return safeFileName(pathname, 'attachment');
	}
}
