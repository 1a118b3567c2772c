import { escapeHtml } from '../util/text';
import type { FormElement, Question } from './question';

/** Most characters that one field of an answer may have. */
export const mostCharacters = 10_000;

/** The name of the button that says whether somebody approves. */
export const approvedName = 'approved';

/** What a field of the form is called in what the page sends. */
export const fieldName = (n: number): string => `field-${n}`;

/**
 * What the page may do: show itself, and send its form to where it came from. No script, nothing from elsewhere, and
 * in no frame, where a click on the button could be caught.
 */
export const pageHeaders: Readonly<Record<string, string>> = {
	'content-type': 'text/html; charset=utf-8',
	'content-security-policy':
		"default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
	'x-content-type-options': 'nosniff',
	'x-robots-tag': 'noindex, nofollow',
	'referrer-policy': 'no-referrer',
	'cache-control': 'no-store',
};

const style = `
	body { font: 16px/1.5 system-ui, sans-serif; color: #222; background: #f6f6f8; margin: 0; }
	main { max-width: 32rem; margin: 2rem auto; padding: 1.5rem; background: #fff; border-radius: 8px; }
	h1 { font-size: 1.25rem; margin: 0 0 1rem; }
	.text { white-space: pre-wrap; overflow-wrap: anywhere; }
	.wrong { color: #a40000; }
	label { display: block; margin: 1rem 0 0; }
	input, select, textarea { box-sizing: border-box; width: 100%; font: inherit; padding: 0.5rem; }
	button { font: inherit; padding: 0.6rem 1.2rem; margin: 1.25rem 0.5rem 0 0; }
`;

function document(title: string, body: string): string {
	return [
		'<!doctype html><html><head><meta charset="utf-8">',
		'<meta name="viewport" content="width=device-width, initial-scale=1">',
		`<title>${escapeHtml(title)}</title><style>${style}</style></head>`,
		`<body><main>${body}</main></body></html>`,
	].join('\n');
}

const paragraph = (text: string, kind: string): string =>
	text === '' ? '' : `<p class="${kind}">${escapeHtml(text)}</p>`;

/** A page with no more than a sentence. */
export const notePage = (text: string): string => document(text, paragraph(text, 'text'));

/**
 * The page that asks.
 * @param wrong what is to be corrected in the answer that came
 */
export function questionPage(question: Question, wrong = ''): string {
	const { title, text } = question;
	const heading = title === '' ? '' : `<h1>${escapeHtml(title)}</h1>`;
	const inner = [...inputs(question), ...buttons(question)].join('\n');
	const form = `<form method="post">${inner}</form>`;
	return document(
		title || text,
		[heading, paragraph(text, 'text'), paragraph(wrong, 'wrong'), form].join('\n'),
	);
}

function inputs({ type, fields }: Question): string[] {
	const name = fieldName(0);
	if (type === 'freeText') {
		return [`<textarea name="${name}" rows="6" maxlength="${mostCharacters}" required></textarea>`];
	}
	return fields.map((asked, n) => {
		const star = asked.isRequired ? ' *' : '';
		return `<label>${escapeHtml(asked.label)}${star}${input(asked, fieldName(n))}</label>`;
	});
}

function input({ type, choices, isRequired }: FormElement, name: string): string {
	const required = isRequired ? ' required' : '';
	if (type === 'dropdown') {
		return `<select name="${name}"${required}>${['', ...choices].map(option).join('')}</select>`;
	}
	const more = `name="${name}" maxlength="${mostCharacters}"${required}`;
	if (type === 'textarea') return `<textarea ${more} rows="4"></textarea>`;
	const step = type === 'number' ? ' step="any"' : '';
	return `<input type="${type}" ${more}${step}>`;
}

/** With its value, since a browser sends an option's text without doubled blanks (HTML, option.value). */
function option(choice: string): string {
	const text = escapeHtml(choice);
	return `<option value="${text}">${text}</option>`;
}

function buttons({ type, button, declineButton }: Question): string[] {
	if (type !== 'approval') return [`<button>${escapeHtml(button)}</button>`];
	const choice = (value: string, label: string) =>
		`<button name="${approvedName}" value="${value}">${escapeHtml(label)}</button>`;
	return [
		choice('true', button),
		...(declineButton === undefined ? [] : [choice('false', declineButton)]),
	];
}
