import { fieldError } from '../../engine/form/fields';
import { compact } from '../../engine/form/filled';
import { type Many, operation, type Resource } from '../../engine/operation/operation';
import { get, post, type Request } from '../../engine/http/request';
import { withOwnFields } from '../../engine/util/ownFields';
import { quote } from '../../engine/util/text';
import { need } from './fields';
import { prospectId, versionThatFinds } from './prospectLocator';
import { interactions } from './interaction';
import * as form from './messageForm';
import { getReplies } from './replies';

/** A template to a prospect. */
interface Template {
	prospectId: string;
	channel: string;
	templateKey: string;
	parameters: Record<string, string>;
}

const templateTo = ({ prospectId, channel, templateKey, parameters }: Template): Request => ({
	...post`/prospect/${prospectId}/messaging/${channel}/notification`,
	body: {
		key: templateKey,
		...(Object.keys(parameters).length > 0 && { parameters }),
	},
});

const isTemplate = ({ path }: Request): boolean => path.endsWith('/notification');

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
			first: ({ prospectId, ifWindowClosed }) =>
				ifWindowClosed === 'template' ? get`/prospect/${prospectId}` : undefined,
			request: ({ content, interactive, templateKey, parameters, ...values }, prospect) => {
				const body = compact({ content, ...interactive });
				if (content.trim() === '' && Object.keys(interactive ?? {}).length === 0) {
					throw fieldError(form.content.property, 'is empty', 'Enter the text of the message.');
				}
				const { prospectId, channel, ifWindowClosed } = values;
				if (ifWindowClosed === 'template') need(templateKey, form.templateInPlace);
				if (prospect && !form.isWindowOpen(prospect, channel)) {
					return templateTo({ prospectId, channel, templateKey: templateKey ?? '', parameters });
				}
				return { ...post`/prospect/${prospectId}/messaging/${channel}`, body };
			},
			mapRecord: (record, { ifWindowClosed }, sent) => {
				if (ifWindowClosed !== 'template') return record;
				return withOwnFields({ sentAs: isTemplate(sent) ? 'template' : 'message' }, record);
			},
			writes: ({ prospectId, content, templateKey }, sent) =>
				`to ${prospectId}${isTemplate(sent) ? ` as template ${templateKey}` : content && `: ${quote(content)}`}`,
			many: sends('message'),
			output: interactions,
		}),
		getReplies,
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
			output: interactions,
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
