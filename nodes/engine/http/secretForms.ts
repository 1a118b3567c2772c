/** A secret as some text may carry it. */
export interface SecretForm {
	/** Of a regular expression with the flags g and u. */
	pattern: string;
	/** Letters and digits that stand in each text that the pattern fits; '' where it has none. */
	anchor: string;
	/** Characters of the shortest text that the pattern fits. */
	length: number;
}

/** No vendor's key is as short as this: such a secret is hidden where it stands by itself, not inside a word. Characters. */
export const shortestKey = 8;

/**
 * All forms in which a secret is looked for: as it is, as URLs, forms, JSON and HTML write it, once or one inside the
 * other, and in base64 of both alphabets, alone or among other bytes.
 */
export function formsOf(secret: string): SecretForm[] {
	const bytes = Buffer.from(secret);
	const inside = secret.length < shortestKey ? [] : [0, 1, 2].map((n) => insideBase64(bytes, n));
	const texts = new Set([bytes.toString('base64'), bytes.toString('base64url'), ...inside]);
	return [formOf(secret, written), ...[...texts].map((text) => formOf(text, base64Sign))];
}

/** What base64 makes of a secret alone where other bytes stand around it: three bytes make four characters. */
function insideBase64(secret: Buffer, before: number): string {
	const bytes = Buffer.concat([Buffer.alloc(before), secret]);
	const whole = bytes.toString('base64').replaceAll('=', '');
	return whole.slice(Math.ceil((before * 4) / 3), Math.floor((bytes.length * 4) / 3));
}

function formOf(text: string, patternOf: (sign: string) => string): SecretForm {
	const runs = text.split(/[^A-Za-z\d]/).sort((one, other) => other.length - one.length);
	const pattern = [...text].map(patternOf).join('');
	return { pattern: apart(text, pattern), anchor: runs[0] ?? '', length: text.length };
}

/** A number, or what is too short for a key, is hidden where it stands by itself, and not as a part of others. */
function apart(text: string, pattern: string): string {
	if (/^\d+$/.test(text)) return `(?<!\\d)${pattern}(?!\\d)`;
	return text.length < shortestKey ? `(?<![\\p{L}\\d])${pattern}(?![\\p{L}\\d])` : pattern;
}

const base64Others: Record<string, string> = { '+': '-', '-': '+', '/': '_', _: '/' };

/** RFC 4648, 5: the alphabet for URLs has two signs of its own. */
const base64Sign = (sign: string): string => {
	const other = base64Others[sign];
	return other === undefined ? written(sign) : `(?:${written(sign)}|${written(other)})`;
};

const entities: Record<string, string> = {
	'&': 'amp',
	'<': 'lt',
	'>': 'gt',
	'"': 'quot',
	"'": 'apos',
};

/** A sign as whoever repeats it may write it; letters and digits are written by all as they are. */
function written(sign: string): string {
	if (/^[A-Za-z\d]$/.test(sign)) return sign;
	const literal = sign.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
	// RFC 3986, 2.1; a URL inside a URL has its percent signs encoded, too.
	const percent = [...Buffer.from(sign)].map((byte) => `%(?:25){0,2}${hex(byte, 2)}`).join('');
	const units = Array.from({ length: sign.length }, (_, n) => sign.charCodeAt(n));
	const escaped = units.map((unit) => `\\\\{1,2}u${hex(unit, 4)}`).join('');
	const code = sign.codePointAt(0) ?? 0;
	const named = Object.hasOwn(entities, sign) ? `|${entities[sign]}` : '';
	const html = `&(?:amp;)?(?:#0{0,4}${code}|#[xX]0{0,4}${hex(code, 1)}${named});`;
	return `(?:\\\\{0,3}${literal}|${percent}|${escaped}|${html}${sign === ' ' ? '|\\+' : ''})`;
}

/** A number's hexadecimal digits, in capitals or not. */
const hex = (value: number, digits: number): string =>
	value
		.toString(16)
		.padStart(digits, '0')
		.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
