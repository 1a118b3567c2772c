import { fieldError } from '../../engine/form/fields';
import { compact } from '../../engine/form/filled';
import { operation, type Resource } from '../../engine/operation/operation';
import { post } from '../../engine/http/request';
import { prospectId } from './prospectLocator';
import { interactions } from './interaction';
import * as form from './messageForm';
import { messageTo, templateTo, windowOf, withSentAs } from './messageWindow';
import { getReplies } from './replies';
import { sendAndWait } from './sendAndWait';

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
				'Send a text to a prospect, within 24 hours of the last message of the prospect. That Zenvia took it is no proof of delivery: Interaction: Get tells the status later.',
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
			output: interactions,
		}),
		operation({
			name: 'Send Template',
			value: 'sendTemplate',
			action: 'Send template',
			description: 'Send an approved template to a prospect, at any time',
			fields: [prospectId, form.channel, form.templateKey, form.parameters],
			request: templateTo,
			output: interactions,
		}),
	],
};
