import { UserError } from 'n8n-workflow';

/**
 * What comes along when a key is copied out of a page, a mail or a document, and belongs to no key: blanks and line
 * breaks, characters that do not show (such as the zero-width space), and typographic quotes.
 */
const around = /^[\s\p{Cc}\p{Cf}\p{Pi}\p{Pf}\u201a\u201e]$/u;

/** A key without what was pasted around it. */
export function trimKey(pasted: unknown): string {
	const signs = [...String(pasted ?? '')];
	while (signs.length > 0 && around.test(signs[0] ?? '')) signs.shift();
	while (signs.length > 0 && around.test(signs.at(-1) ?? '')) signs.pop();
	return signs.join('');
}

/** Vendors' keys are plain ASCII; an HTTP client drops other signs from a header, and the vendor repeats the rest. */
const foreign = /[^\x20-\x7e]/u;

/** What is wrong inside a key, as the end of a sentence about it; nothing where it can be sent as it is. */
export function keyProblem(key: string): string | undefined {
	const code = foreign.exec(key)?.[0].codePointAt(0);
	if (code === undefined) return undefined;
	if (/\s/.test(String.fromCodePoint(code))) return 'is cut or has a line break in it';
	const sign = code.toString(16).toUpperCase().padStart(4, '0');
	return `has a character in it that belongs to no key (U+${sign})`;
}

/**
 * A key as it is sent.
 * @param field its name as the credential's form shows it
 * @throws UserError where something in it belongs to no key
 */
export function keyOf(field: string, pasted: unknown): string {
	const key = trimKey(pasted);
	const problem = keyProblem(key);
	if (problem === undefined) return key;
	throw new UserError(`'${field}' ${problem}. Copy it again, and enter it in one piece.`);
}
