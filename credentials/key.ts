import { UserError } from 'n8n-workflow';

/**
 * What comes along when a key is copied out of a page, a mail or a document, and belongs to no key: blanks and line
 * breaks, characters that do not show (such as the zero-width space), and typographic quotes.
 */
const around = /^[\s\p{Cc}\p{Cf}\p{Pi}\p{Pf}\u201a\u201e]+/u;

/** The quotes of code, which belong to no key where they stand at both of its ends. */
const quotes = ['"', "'", '`'];

/** What a header, a query or a page calls a key, in front of it: "x-bp-token: …", "Authorization: Bearer …", "api-key=…". */
const name =
	/^(?:(?:authorization|x-bp-token|x-bot-token|(?:api[ _-]?)?(?:key|token)|app[ _-]?secret)\s{0,9}[:=]|bearer\s)\s*/i;

/** Layers that are taken off a key: a header's name, a scheme, quotes, blanks between them. */
const layers = 4;

/** A key without what was pasted around it. */
export function trimKey(pasted: unknown): string {
	let key = trimAround(String(pasted ?? ''));
	for (let layer = 0; layer < layers; layer++) {
		const bare = trimAround(isQuoted(key) ? key.slice(1, -1) : key.replace(name, ''));
		if (bare !== '') key = bare;
	}
	return key;
}

const isQuoted = (key: string): boolean =>
	key.length > 1 && quotes.some((quote) => key.startsWith(quote) && key.endsWith(quote));

/** A text without what was pasted around it, quotes of prose included. */
export function trimAround(pasted: string): string {
	const key = pasted.replace(around, '');
	let end = key.length;
	// Sign by sign: an expression with $ at its end looks at a long run of blanks once for each of them.
	for (let sign = lastSign(key, end); around.test(sign); sign = lastSign(key, end))
		end -= sign.length;
	return key.slice(0, end);
}

/** Of two units of UTF-16, the last sign. */
const lastSign = (text: string, end: number): string =>
	[...text.slice(Math.max(0, end - 2), end)].at(-1) ?? '';

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
 * @throws UserError where there is none, or something in it belongs to no key
 */
export function keyOf(field: string, pasted: unknown): string {
	const key = trimKey(pasted);
	// As an expression gives it that finds nothing: the vendor would only say that it does not know this key.
	if (key === '') throw new UserError(`'${field}' is empty. Open the credential and correct it.`);
	const problem = keyProblem(key);
	if (problem === undefined) return key;
	throw new UserError(`'${field}' ${problem}. Copy it again, and enter it in one piece.`);
}
