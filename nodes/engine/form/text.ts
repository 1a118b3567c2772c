import type { INodeProperties } from 'n8n-workflow';
import { isBareEmail, isEmail, isWebUrl } from './checks';
import { isNothing } from './empty';
import { example, field, fieldError, type Item, type Property, readsAsMeant } from './fields';
import { refuseIfRequired } from './required';
import { invisibleIn, trimInvisible } from '../util/invisible';
import { quote } from '../util/text';

/**
 * The text that a value is.
 * @throws UserError for what is none, and where a required one is empty
 */
export function plainText(property: INodeProperties, raw: unknown, item: Item): string {
	if (typeof raw === 'object' && raw !== null) {
		throw fieldError(property, `is ${Array.isArray(raw) ? 'a list' : 'an object'}`, 'Enter text.');
	}
	if (typeof raw === 'number' && readsAsMeant(item)) refuseRounded(property, raw);
	const text = isNothing(raw) ? '' : String(raw);
	if (text === '') refuseIfRequired(property, `Enter a value${example(property)}.`);
	return wellFormed(property, text);
}

/** Whether a number has lost digits: a spreadsheet keeps 15 of them, JavaScript 15 to 17, and the others are zeros. */
export const isRounded = (value: unknown): value is number =>
	Number.isInteger(value) && !Number.isSafeInteger(value);

/** @throws UserError for a number that has lost digits */
export function refuseRounded(property: INodeProperties, value: number): void {
	if (!isRounded(value)) return;
	throw fieldError(
		property,
		`is ${value}, and has more digits than a number keeps`,
		'Format the column as text.',
	);
}

/**
 * Text that was cut inside a character (half a surrogate pair) has no encoding in a URL: n8n's HTTP client
 * would make another character of it and of what comes after it.
 */
function wellFormed(property: INodeProperties, text: string): string {
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
	return field(property, (raw, item) =>
		withinLength(property, plainText(property, raw, item), rules),
	);
}

/** What a spreadsheet makes of a long number that is not formatted as text; no ID of anybody's looks so. */
const scientific = /^[+-]?\d(?:[.,]\d+)?E\+\d{1,3}$/i;

/**
 * A text that names something, such as an ID or an address: without blanks and invisible characters around it.
 * @throws UserError where one is inside, which a person does not see, or where a spreadsheet has cut digits off
 */
export function nameLike(property: INodeProperties, text: string, item: Item): string {
	const value = trimInvisible(text);
	const hidden = invisibleIn(value);
	if (hidden !== undefined) {
		throw fieldError(
			property,
			`is ${quote(value)}, which has an invisible character inside (${hidden})`,
			'Type it again.',
		);
	}
	if (readsAsMeant(item) && scientific.test(value)) {
		throw fieldError(
			property,
			`is ${quote(value)}, which a spreadsheet turned into scientific notation`,
			'Format the column as text.',
		);
	}
	return value;
}

/** The same of a value that version 1 sends as it was typed, unless something in it cannot be seen. */
export function referenceText(property: INodeProperties, raw: unknown, item: Item): string {
	const typed = plainText(property, raw, item);
	const isAsTyped = !readsAsMeant(item) && invisibleIn(typed) === undefined;
	return isAsTyped ? typed : nameLike(property, typed, item);
}

/** What something is called in another system: its ID there, or an address. */
export function reference<const Name extends string>(property: Property<Name>) {
	return field(property, (raw, item) => referenceText(property, raw, item));
}

/** A field whose text has to pass a check. Nothing stays empty where the field is optional. */
export function checked<const Name extends string>(
	property: Property<Name>,
	fits: (value: string, item: Item) => boolean,
	kind: string,
	rules: TextRules = {},
) {
	return field(property, (raw, item) => {
		const value = nameLike(property, plainText(property, raw, item), item);
		if (value !== '' && !fits(value, item)) {
			throw fieldError(
				property,
				`is ${quote(value)}, which is ${kind}`,
				`Correct it${example(property)}.`,
			);
		}
		return withinLength(property, value, rules);
	});
}

/** Whether a text is an e-mail address, as the node's version reads it. */
export const fitsEmail = (value: string, item: Item): boolean =>
	readsAsMeant(item) ? isBareEmail(value) : isEmail(value);

/** An e-mail address; nothing entered is an empty text. @throws UserError for what is none */
export const email = <const Name extends string>(property: Property<Name>, rules?: TextRules) =>
	checked(property, fitsEmail, 'not a valid e-mail address', rules);

/** An http or https address; nothing entered is an empty text. @throws UserError for what is none */
export const webUrl = <const Name extends string>(property: Property<Name>, rules?: TextRules) =>
	checked(property, isWebUrl, 'not a valid http or https address', rules);
