/** What was entered in a credential, without the blanks and line breaks that were pasted around it. */
export const trimmed = (value: unknown): string => String(value ?? '').trim();

/**
 * A text without so many of one character at its end. In steps, since an expression such as /x+$/ begins anew at each
 * of a row of x that does not end the text: seconds, for some ten thousand.
 */
export function withoutTrailing(text: string, character: string): string {
	let end = text.length;
	while (end > 0 && text[end - 1] === character) end--;
	return text.slice(0, end);
}

/** A value as a sentence can hold it: never more than its beginning, whatever it is. */
export function quote(raw: unknown): string {
	const text = typeof raw === 'object' && raw !== null ? (asJson(raw) ?? 'an object') : String(raw);
	return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}

function asJson(value: object): string | undefined {
	try {
		return JSON.stringify(value);
	} catch {
		// It holds itself, or more levels than fit on the stack.
		return undefined;
	}
}

/** A text as HTML shows it, with what HTML would read as its own written out. */
export const escapeHtml = (text: string): string =>
	text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
