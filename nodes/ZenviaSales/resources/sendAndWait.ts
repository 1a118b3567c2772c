import { fieldError } from '../../engine/form/fields';
import { operation } from '../../engine/operation/operation';
import {
	linked,
	message,
	placeholder,
	questionFields,
	waitOf,
} from '../../engine/sendAndWait/fields';
import { sendAndWait as value } from '../../engine/sendAndWait/webhooks';
import { quote } from '../../engine/util/text';
import { interactions } from './interaction';
import * as form from './messageForm';
import { isTemplate, messageTo, windowOf, withSentAs } from './messageWindow';
import { prospectId } from './prospectLocator';

const { property: variables } = form.parametersInPlace;

const parameters = linked({
	...form.parametersInPlace,
	property: {
		...variables,
		description: `The values of the template's variables. Write ${placeholder} in the one that is to hold the link.`,
	},
});

/** Asks a prospect, and lets the workflow go on with the answer. */
export const sendAndWait = operation({
	name: 'Send and Wait for Response',
	value,
	action: 'Send message and wait for response',
	description:
		'Send a message with a link to a page with buttons or a form, and go on when the prospect has answered there',
	fields: [
		prospectId,
		form.channel,
		message,
		form.ifWindowClosed,
		form.templateInPlace,
		parameters,
		...questionFields,
	],
	first: windowOf,
	request: ({ message, parameters: { texts, hasLink }, ...values }, prospect) => {
		if (values.ifWindowClosed === 'template' && !hasLink) {
			throw fieldError(
				variables,
				'have no link to answer under',
				`Write ${placeholder} in one of them.`,
			);
		}
		return messageTo({ ...values, parameters: texts }, { content: message.content }, prospect);
	},
	mapRecord: withSentAs,
	writes: ({ prospectId, message, templateKey }, sent) =>
		`to ${prospectId}${isTemplate(sent) ? ` as template ${templateKey}` : `: ${quote(message.text)}`}`,
	output: interactions,
	wait: waitOf,
});
