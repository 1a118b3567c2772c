import type { INodeProperties } from 'n8n-workflow';
import { isEmail, isWebUrl } from './checks';
import { isNothing } from './empty';
import { example, field, fieldError, type Property } from './fields';
import { quote } from '../util/text';

/**
 * The text that a value is.
 * @throws UserError for what is none, and where a required one is empty
 */
export function plainText(property: INodeProperties, raw: unknown): string {
	if (typeof raw === 'object' && raw !== null) {
		throw fieldError(property, `is ${Array.isArray(raw) ? 'a list' : 'an object'}`, 'Enter text.');
	}
	const text = isNothing(raw) ? '' : String(raw);
	if (property.required && text === '') {
		throw fieldError(property, 'is empty', `Enter a value${example(property)}.`);
	}
	return wellFormed(property, text);
}

/**
 * Text that was cut inside a character (half a surrogate pair) has no encoding in a URL: n8n's HTTP client
 * would make another character of it and of what comes after it.
 */
export function wellFormed(property: INodeProperties, text: string): string {
	if (text.isWellFormed()) return text;
	throw fieldError(
		property,
		'has half a character',
		'It was cut inside an emoji or the like: cut it elsewhere.',
	);
}

/** What a text has to keep to. */
export interface TextRules {
	/** Most characters that the vendor takes. */
	maxLength?: number;
}

function withinLength(property: INodeProperties, value: string, { maxLength }: TextRules): string {
	if (maxLength === undefined || value.length <= maxLength) return value;
	const over = value.length - maxLength;
	throw fieldError(
		property,
		`has ${value.length} characters, ${over} more than the ${maxLength} that fit`,
		'Shorten it.',
	);
}

/** Text as it was typed. */
export function text<const Name extends string>(property: Property<Name>, rules: TextRules = {}) {
	return field(property, (raw) => withinLength(property, plainText(property, raw), rules));
}

/** A field whose text has to pass a check. Nothing stays empty where the field is optional. */
export function checked<const Name extends string>(
	property: Property<Name>,
	fits: (value: string) => boolean,
	kind: string,
	rules: TextRules = {},
) {
	return field(property, (raw) => {
		const value = plainText(property, raw).trim();
		if (value !== '' && !fits(value)) {
			throw fieldError(
				property,
				`is ${quote(value)}, which is ${kind}`,
				`Correct it${example(property)}.`,
			);
		}
		return withinLength(property, value, rules);
	});
}

/** An e-mail address; nothing entered is an empty text. @throws UserError for what is none */
export const email = <const Name extends string>(property: Property<Name>, rules?: TextRules) =>
	checked(property, isEmail, 'not a valid e-mail address', rules);

/** An http or https address; nothing entered is an empty text. @throws UserError for what is none */
export const webUrl = <const Name extends string>(property: Property<Name>, rules?: TextRules) =>
	checked(property, isWebUrl, 'not a valid http or https address', rules);
