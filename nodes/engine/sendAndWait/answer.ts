import type { IDataObject } from 'n8n-workflow';
import { isEmail, toIsoDate } from '../form/checks';
import { own } from '../util/json';
import { approvedName, fieldName, mostCharacters } from './page';
import type { FormElement, Question } from './question';

/** What somebody answered, or what they have to correct in it. */
export type Answer = { data: IDataObject } | { wrong: string };

/** What the page sent, as what the workflow gets. @param body the form that was sent, by the names of its fields */
export function readAnswer(question: Question, body: Record<string, unknown>): Answer {
	if (question.type === 'approval') return approvalIn(question, body);
	const fields = question.type === 'freeText' ? [freeText] : question.fields;
	const data: Array<[string, IDataObject[string]]> = [];
	for (const [n, asked] of fields.entries()) {
		const read = readField(asked, own(body, fieldName(n)));
		if (read === undefined) return { wrong: sentence(asked) };
		data.push([asked.label, read]);
	}
	return { data: Object.fromEntries(data) };
}

const freeText: FormElement = { label: 'text', type: 'textarea', choices: [], isRequired: true };

function approvalIn({ declineButton }: Question, body: Record<string, unknown>): Answer {
	const pressed = own(body, approvedName);
	if (pressed === 'true') return { data: { approved: true } };
	if (pressed === 'false' && declineButton !== undefined) return { data: { approved: false } };
	return { wrong: 'Press a button.' };
}

const fits: Record<FormElement['type'], (text: string, choices: string[]) => boolean> = {
	date: (text) => /^\d{4}-\d\d-\d\d$/.test(text) && toIsoDate(text, 'UTC') !== undefined,
	dropdown: (text, choices) => choices.includes(text),
	email: isEmail,
	number: (text) => Number.isFinite(Number(text)),
	text: () => true,
	textarea: () => true,
};

/** @returns the field's value, null where it was left empty, and undefined for what does not fit */
function readField(
	{ type, choices, isRequired }: FormElement,
	raw: unknown,
): string | number | null | undefined {
	const text = typeof raw === 'string' ? raw.trim() : raw === undefined ? '' : undefined;
	if (text === undefined || lengthOf(text) > mostCharacters) return undefined;
	if (text === '') return isRequired ? undefined : null;
	if (!fits[type](text, choices)) return undefined;
	return type === 'number' ? Number(text) : text;
}

/** As a browser counts against maxlength: it sends two characters for each line break, which is one (HTML, API value). */
const lengthOf = (text: string): number => text.replaceAll('\r\n', '\n').length;

const hints: Record<FormElement['type'], string> = {
	date: 'Pick a date.',
	dropdown: 'Choose one of the list.',
	email: 'Enter an e-mail address.',
	number: 'Enter a number.',
	text: 'Enter a text.',
	textarea: 'Enter a text.',
};

const sentence = ({ label, type }: FormElement): string => `${label}: ${hints[type]}`;
