import { fieldError } from '../../engine/form/fields';
import { compact } from '../../engine/form/filled';
import { type Many, operation, type Output, type Resource } from '../../engine/operation/operation';
import { post } from '../../engine/http/request';
import { isBare } from '../../engine/http/response';
import { quote } from '../../engine/util/text';
import { versionThatFinds } from './fields';
import { prospectId } from './prospectLocator';
import { interactions } from './interaction';
import * as form from './messageForm';
import { isTemplate, messageTo, templateTo, windowOf, withSentAs } from './messageWindow';
import { getReplies } from './replies';
import { sendAndWait } from './sendAndWait';

/** PHP21 has the interactions that came of a file; SEED shows no good answer at all, so one without a body is good too. */
const fileSent: Output = {
	records: (body) => (isBare(body) ? [{ success: true }] : interactions.records(body)),
};

const sends = (thing: string): Many => ({ verb: 'send', thing, since: versionThatFinds });

/** SEED, Messaging. */
export const message: Resource = {
	name: 'Message',
	value: 'message',
	operations: [
		operation({
			name: 'Send',
			value: 'send',
			action: 'Send message',
			description:
				'Send a text to a prospect, within 24 hours of their last message. Zenvia can accept a message and not deliver it: read its status later with Interaction: Get.',
			fields: [
				prospectId,
				form.channel,
				form.content,
				form.interactive,
				form.ifWindowClosed,
				form.templateInPlace,
				form.parametersInPlace,
			],
			first: windowOf,
			request: ({ content, interactive, ...values }, prospect) => {
				const body = compact({ content, ...interactive });
				if (content.trim() === '' && Object.keys(interactive ?? {}).length === 0) {
					throw fieldError(form.content.property, 'is empty', 'Enter the text of the message.');
				}
				return messageTo(values, body, prospect);
			},
			mapRecord: withSentAs,
			writes: ({ prospectId, content, templateKey }, sent) =>
				`to ${prospectId}${isTemplate(sent) ? ` as template ${templateKey}` : content && `: ${quote(content)}`}`,
			many: sends('message'),
			output: interactions,
		}),
		getReplies,
		sendAndWait,
		operation({
			name: 'Send File',
			value: 'sendFile',
			action: 'Send file',
			description: 'Send a file from the input to a prospect',
			fields: [prospectId, form.channel, form.file],
			request: ({ prospectId, channel, binaryPropertyName }) => ({
				...post`/prospect/${prospectId}/messaging/${channel}/send-file`,
				file: binaryPropertyName,
			}),
			writes: ({ prospectId, binaryPropertyName: { name } }) => `${quote(name)} to ${prospectId}`,
			many: sends('file'),
			output: fileSent,
		}),
		operation({
			name: 'Send Template',
			value: 'sendTemplate',
			action: 'Send template',
			description: 'Send an approved template to a prospect, at any time',
			fields: [prospectId, form.channel, form.templateKey, form.parameters],
			request: templateTo,
			writes: ({ prospectId, templateKey }) => `${templateKey} to ${prospectId}`,
			many: sends('template'),
			output: interactions,
		}),
	],
};
