import type { INodePropertyOptions } from 'n8n-workflow';
import { choice } from '../form/choice';
import { group, rows } from '../form/collections';
import { fieldError } from '../form/fields';
import { options } from '../form/fieldSets';
import { flag } from '../form/flag';
import { list } from '../form/list';
import { text } from '../form/text';
import { quote } from '../util/text';
import type { FormElement, Question } from './question';

const responseType = choice({
	displayName: 'Response Type',
	name: 'responseType',
	type: 'options',
	default: 'approval',
	options: [
		{ name: 'Approval', value: 'approval', description: 'A page with one or two buttons' },
		{ name: 'Custom Form', value: 'customForm', description: 'A page with a form of your own' },
		{ name: 'Free Text', value: 'freeText', description: 'A page with a field for text' },
	],
	description: 'How the person answers on the page behind the link',
});

const approval = { show: { responseType: ['approval'] } };

const approvalOptions = group(
	{
		displayName: 'Approval Options',
		name: 'approvalOptions',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: approval,
	},
	[
		text({
			displayName: 'Approve Button Label',
			name: 'approveLabel',
			type: 'string',
			default: 'Approve',
		}),
		text({
			displayName: 'Disapprove Button Label',
			name: 'disapproveLabel',
			type: 'string',
			default: 'Decline',
			description: 'Only with Approve and Disapprove',
		}),
		choice({
			displayName: 'Type of Approval',
			name: 'approvalType',
			type: 'options',
			default: 'single',
			options: [
				{ name: 'Approve and Disapprove', value: 'double' },
				{ name: 'Approve Only', value: 'single' },
			],
		}),
	],
);

const fieldTypes: INodePropertyOptions[] = [
	{ name: 'Date', value: 'date' },
	{ name: 'Dropdown', value: 'dropdown' },
	{ name: 'Email', value: 'email' },
	{ name: 'Number', value: 'number' },
	{ name: 'Text', value: 'text' },
	{ name: 'Textarea', value: 'textarea' },
];

const formFields = rows(
	{
		displayName: 'Form Elements',
		name: 'formFields',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Form Element',
		default: {},
		displayOptions: { show: { responseType: ['customForm'] } },
		description: 'What the form asks for, in this order',
	},
	{ displayName: 'Element', name: 'values' },
	[
		text({
			displayName: 'Label',
			name: 'fieldLabel',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. What time suits you?',
		}),
		choice({
			displayName: 'Type',
			name: 'fieldType',
			type: 'options',
			default: 'text',
			options: fieldTypes,
		}),
		list({
			displayName: 'Choices',
			name: 'choices',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			placeholder: 'e.g. Morning, Afternoon',
			displayOptions: { show: { fieldType: ['dropdown'] } },
			description: 'What can be chosen, with commas or line breaks between',
		}),
		flag({
			displayName: 'Required',
			name: 'requiredField',
			type: 'boolean',
			default: false,
			description: 'Whether the form cannot be sent without it',
		}),
	],
);

const thanksAtFirst = 'Thank you, your response has been recorded. You can close this page.';

const pageOptions = options([
	text({
		displayName: 'Page Button Label',
		name: 'buttonLabel',
		type: 'string',
		default: 'Submit',
		description: 'What stands on the button of a form',
	}),
	text({
		displayName: 'Page Title',
		name: 'title',
		type: 'string',
		default: '',
		description: 'What stands above the message on the page',
	}),
	text({
		displayName: 'Text After the Response',
		name: 'thanks',
		type: 'string',
		default: thanksAtFirst,
	}),
]);

/** How the answer is given. */
export const pageFields = [responseType, approvalOptions, formFields] as const;

/** What else may be said of the page; stands at the end of the form. */
export const lastFields = [pageOptions] as const;

/** What those fields say, by name. */
export interface PageValues {
	responseType: string;
	approvalOptions: { approveLabel?: string; disapproveLabel?: string; approvalType?: string };
	formFields: ReadonlyArray<{
		fieldLabel?: string;
		fieldType?: string;
		choices?: string[];
		requiredField?: boolean;
	}>;
	options: { buttonLabel?: string; title?: string; thanks?: string };
}

/**
 * What the page asks.
 * @param asked the message, without the link
 * @throws UserError for a form that cannot be filled in
 */
export function questionOf(asked: string, values: PageValues): Question {
	const { approvalOptions, options } = values;
	const { title = '', buttonLabel = 'Submit', thanks = thanksAtFirst } = options;
	const type = values.responseType as Question['type'];
	const { approveLabel = 'Approve', disapproveLabel = 'Decline', approvalType } = approvalOptions;
	const isApproval = type === 'approval';
	return {
		...{ title, text: asked, thanks, type },
		button: isApproval ? approveLabel : buttonLabel,
		...(isApproval && approvalType === 'double' && { declineButton: disapproveLabel }),
		fields: type === 'customForm' ? askedIn(values) : [],
	};
}

function askedIn({ formFields: entered }: PageValues): FormElement[] {
	const { property } = formFields;
	if (entered.length === 0) throw fieldError(property, 'is empty', 'Add a form element.');
	const labels = new Set<string>();
	return entered.map(({ fieldLabel = '', fieldType = 'text', choices = [], requiredField }) => {
		const label = fieldLabel.trim();
		if (labels.has(label) || label === 'respondedAt') {
			const what = `has ${quote(label)} twice`;
			throw fieldError(property, what, 'Name each element differently.');
		}
		labels.add(label);
		if (fieldType === 'dropdown' && choices.length === 0) {
			throw fieldError(property, `has no choices for ${quote(label)}`, 'Enter what can be chosen.');
		}
		const type = fieldType as FormElement['type'];
		return { label, type, choices, isRequired: requiredField === true };
	});
}
