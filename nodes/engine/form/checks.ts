import { tryToParseDateTime } from 'n8n-workflow';

/** Questions about what people type. Each is a plain predicate; the sentence stands with the field. */

/** One @, no blanks, a dot in the domain: what catches a wrong column, not what RFC 5322 permits. */
export const isEmail = (text: string): boolean =>
	text.length <= 254 && /^[^\s@<>(),;:"[\]\\]+@[^\s@.,;:/\\]+(\.[^\s@.,;:/\\]+)+$/.test(text);

/**
 * What stands around an address in a cell, a list or a signature: quotes, the = of a formula, the blank of a link, a
 * bullet, a dash or a sign for post.
 */
const aroundEmail = /^(?:['"`´=]|%20|[^\p{ASCII}\p{L}\p{M}\p{N}])/u;

/** The same without what was copied along: quotes, brackets, the subject of a link, a mark behind it. */
export function isBareEmail(text: string): boolean {
	const domain = text.slice(text.lastIndexOf('@') + 1);
	const isHost = domain.split('.').every((label) => /^[\p{L}\p{M}\p{N}_-]+$/u.test(label));
	return isEmail(text) && isHost && !aroundEmail.test(text);
}

/** An absolute address with http or https. */
export function isWebUrl(text: string): boolean {
	return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

const time = /([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?/.source;
const offset = /(Z|[+-]([01]\d|2[0-3]):?[0-5]\d)?/.source;
const isoDate = new RegExp(`^\\d{4}-\\d{2}-\\d{2}([T ]${time}${offset})?$`);

/** Date rolls the 31st of February over to March; here it is no date. */
function isIsoDate(text: string): boolean {
	const day = text.slice(0, 10);
	const moment = isoDate.test(text) ? new Date(day) : undefined;
	return (
		moment !== undefined && !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day)
	);
}

/**
 * A moment in ISO 8601, UTC, or undefined when the value is none. Takes what n8n hands out: ISO text,
 * a Date, a Luxon DateTime (by its toISO), or milliseconds.
 * @param zone IANA name of the time zone that counts where the text names none, as n8n's date picker writes it
 */
export function toIsoDate(value: unknown, zone: string): string | undefined {
	const plain = hasToIso(value) ? value.toISO() : value;
	const moment =
		typeof plain === 'string' && isIsoDate(plain.trim())
			? tryToParseDateTime(plain.trim().replace(' ', 'T'), zone).toMillis()
			: plain;
	if (typeof moment !== 'number' && !(moment instanceof Date)) return undefined;
	const date = new Date(moment);
	return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

const hasToIso = (value: unknown): value is { toISO(): string } =>
	typeof value === 'object' &&
	value !== null &&
	'toISO' in value &&
	typeof value.toISO === 'function';
