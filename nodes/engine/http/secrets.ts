import type { IDataObject } from 'n8n-workflow';
import { trimKey } from '../../../credentials/key';
import { formsOf, shortestKey } from './secretForms';
import type { Vendor } from './vendor';

/** What stands in the place of a secret. */
const mark = '[hidden]';

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
 * @returns what hides them in a text, in all forms of formsOf(). A secret that is a number, such as an account's, is
 * hidden where it stands by itself, and not as a part of other numbers.
 */
export function redactor(secrets: readonly string[]): Redact {
	const filled = [...new Set(secrets)].filter((secret) => secret !== '');
	if (filled.length === 0) return (text) => text;
	// The longest first, or what is left of it would stay.
	const forms = filled.flatMap(formsOf).sort((one, other) => other.length - one.length);
	const pattern = new RegExp(forms.map((form) => form.pattern).join('|'), 'gu');
	const anchors = [...new Set(forms.map(({ anchor }) => anchor))];
	const shortest = Math.min(...forms.map(({ length }) => length));
	// Looked for one by one first: of the texts that hold none, that takes a fifth of the time of the expression.
	return (text) =>
		text.length < shortest || !anchors.some((anchor) => text.includes(anchor))
			? text
			: text.replace(pattern, mark);
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
