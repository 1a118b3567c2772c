import type { IDataObject } from 'n8n-workflow';
import { trimKey } from '../../../credentials/key';
import { withoutTrailing } from '../util/text';
import type { Vendor } from './vendor';

/** What stands in the place of a secret. */
const mark = '[hidden]';

/** No vendor's key is as short as this: such a secret is hidden where it stands by itself, not inside a word. Characters. */
const shortestKey = 8;

/** Takes secrets out of a text. */
export type Redact = (text: string) => string;

/** What hides the secrets of one credential or of several. */
export interface Redactors {
	/** Hides them in what is said to a person. */
	redact: Redact;
	/** Hides the keys in what the vendor answered: a key that it repeats belongs into no item. */
	redactAnswer: Redact;
}

/**
 * @param all the data of each credential
 * @param more further secrets, such as that of a trigger's own address
 */
export function redactorsOf(
	vendor: Vendor,
	all: readonly IDataObject[],
	more: readonly string[] = [],
): Redactors {
	const { keys = vendor.secrets } = vendor;
	return {
		redact: redactor([...all.flatMap((data) => secretsOf(vendor, data)), ...more]),
		redactAnswer: redactor(all.flatMap((data) => secretsOf(vendor, data, keys))),
	};
}

/** A credential's secrets, as they were pasted and as they are sent: a vendor may repeat either. */
export const secretsOf = (
	{ secrets }: Vendor,
	data: IDataObject,
	names: readonly string[] = secrets,
): string[] => names.flatMap((name) => [String(data[name] ?? '').trim(), trimKey(data[name])]);

/**
 * @param secrets as they are; empty ones are none
 * @returns what hides them in a text: as they are, and as URLs, forms, JSON, HTML and base64 carry them. A secret that
 * is a number, such as an account's, is hidden where it stands by itself, and not as a part of other numbers.
 */
export function redactor(secrets: readonly string[]): Redact {
	const forms = [...new Set(secrets.filter((secret) => secret !== '').flatMap(formsOf))];
	if (forms.length === 0) return (text) => text;
	// The longest first, or what is left of it would stay.
	const patterns = forms.sort((one, other) => other.length - one.length).map(patternOf);
	const pattern = new RegExp(patterns.join('|'), 'gu');
	const shortest = Math.min(...forms.map(({ length }) => length));
	// Looked for one by one first: of the texts that hold none, that takes a fifth of the time of the expression.
	return (text) =>
		text.length < shortest || !forms.some((form) => text.includes(form))
			? text
			: text.replace(pattern, mark);
}

function formsOf(secret: string): string[] {
	const wellFormed = secret.toWellFormed();
	const encoded = [
		encodeURIComponent(wellFormed),
		encodeURI(wellFormed),
		new URLSearchParams([['', secret]]).toString().slice(1),
	];
	return [
		secret,
		...encoded,
		// RFC 3986, 2.1: the digits of a percent-encoding may be written in lower case.
		...encoded.map((text) => text.replace(/%../g, (digits) => digits.toLowerCase())),
		JSON.stringify(secret).slice(1, -1),
		secret.replace(/[&<>"]/g, (sign) => htmlEntities[sign] ?? sign),
		Buffer.from(secret).toString('base64'),
		Buffer.from(secret).toString('base64url'),
		...(secret.length < shortestKey ? [] : [0, 1, 2].map((before) => insideBase64(secret, before))),
	];
}

const htmlEntities: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
};

/** What base64 makes of a secret alone where other bytes stand around it: three bytes make four characters. */
function insideBase64(secret: string, before: number): string {
	const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
	const whole = withoutTrailing(bytes.toString('base64'), '=');
	return whole.slice(Math.ceil((before * 4) / 3), Math.floor((bytes.length * 4) / 3));
}

function patternOf(form: string): string {
	const literal = form.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
	if (/^\d+$/.test(form)) return `(?<!\\d)${literal}(?!\\d)`;
	return form.length < shortestKey ? `(?<![\\p{L}\\d])${literal}(?![\\p{L}\\d])` : literal;
}

/** Below this a number has fewer digits than a key has characters. */
const leastNumber = 10 ** (shortestKey - 1);

/**
 * Takes secrets out of a value that was read from JSON, in place: out of its texts, its numbers and its names, however
 * deep.
 * @returns the value, or what stands for it where it is no object
 */
export function redactValue(value: unknown, redact: Redact): unknown {
	const holder: Container = { value };
	// No recursion: what a server sends may have more levels than fit on the stack.
	const waiting = [holder];
	for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
		if (Array.isArray(next)) {
			for (let n = 0; n < next.length; n++) redactAt(next, n, redact, waiting);
		} else {
			let isNamed = false;
			for (const name of Object.keys(next)) {
				redactAt(next, name, redact, waiting);
				isNamed ||= redact(name) !== name;
			}
			if (isNamed) rename(next, redact);
		}
	}
	return holder.value;
}

type Container = Record<string | number, unknown>;

function redactAt(
	container: Container,
	name: string | number,
	redact: Redact,
	waiting: Container[],
): void {
	const value = container[name];
	if (typeof value === 'object' && value !== null) waiting.push(value as Container);
	else if (typeof value === 'string' || (typeof value === 'number' && value >= leastNumber)) {
		const text = String(value);
		const clean = redact(text);
		if (clean !== text) container[name] = clean;
	}
}

/** The same object with clean names, in their order. */
function rename(object: Container, redact: Redact): void {
	const entries = Object.entries(object);
	for (const [name] of entries) delete object[name];
	for (const [name, value] of entries) {
		// Not by assignment, for which __proto__ is no name like others.
		const property = { value, configurable: true, enumerable: true, writable: true };
		Object.defineProperty(object, redact(name), property);
	}
}
