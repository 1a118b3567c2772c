/** What was entered in a credential, without the blanks and line breaks that were pasted around it. */
export const trimmed = (value: unknown): string => String(value ?? '').trim();

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
