import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
	UserError,
} from 'n8n-workflow';
import { isEmail, isWebUrl, toIsoDate } from './checks';
import { isRecord } from '../util/json';
import { quote } from '../util/text';

/** What a field may look at besides its own value. */
export interface Item {
	index: number;
	json: IDataObject;
	/** Whether an AI agent fills in the form, and so cannot leave a field out: it leaves it empty. */
	isTool?: boolean;
	context: IExecuteFunctions;
}

/** One question of an operation's form: how n8n shows it, and what its answer becomes. */
export interface Field<Name extends string = string, Value = unknown> {
	readonly name: Name;
	readonly property: INodeProperties;
	/** Another way to fill it in, of the same name, that n8n shows in its place. */
	readonly alternative?: INodeProperties;
	/**
	 * @param raw what n8n resolved for one item
	 * @throws UserError with a sentence that names the field and says what to do
	 */
	read(raw: unknown, item: Item): Value;
}

/** The answers to a list of fields, by name. */
export type ValuesOf<Fields extends readonly Field[]> = {
	[F in Fields[number] as F['name']]: F extends Field<string, infer Value> ? Value : never;
};

/** n8n's description of a field whose name is known to the compiler. */
export type Property<Name extends string> = INodeProperties & { name: Name };

/** Makes a field from n8n's own description of it and a function that reads it. */
export function field<const Name extends string, Value>(
	property: Property<Name>,
	read: (raw: unknown, item: Item) => Value,
): Field<Name, Value> {
	return { name: property.name, property, read };
}

/** n8n hands out null and undefined where an expression found nothing. */
export const isNothing = (raw: unknown): raw is null | undefined | '' =>
	raw === undefined || raw === null || raw === '';

/** "First Name is empty. Enter …": the sentence of a field that does not fit. */
export function fieldError(
	{ displayName }: INodeProperties,
	what: string,
	todo: string,
): UserError {
	return new UserError(`${displayName} ${what}. ${todo}`);
}

function example({ placeholder }: INodeProperties): string {
	return placeholder?.startsWith('e.g.') ? `, ${placeholder}` : '';
}

function plainText(property: INodeProperties, raw: unknown): string {
	if (typeof raw === 'object' && raw !== null) {
		throw fieldError(property, `is ${Array.isArray(raw) ? 'a list' : 'an object'}`, 'Enter text.');
	}
	const text = isNothing(raw) ? '' : String(raw);
	if (property.required && text.trim() === '') {
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

/** The longest id that any vendor hands out is far below this; a longer one is a wrong column. */
const longestId = 512;

/** What was picked in a resource locator; one that is not shown comes as its bare default. */
export const pickedValue = (raw: unknown): unknown =>
	isRecord(raw) && (raw.__rl === true || ('mode' in raw && 'value' in raw)) ? raw.value : raw;

/**
 * A thing's id: typed, from an expression (also as a number), or picked in a resource locator.
 * @param fits whether a text can be an id of the vendor's at all
 */
export function id<const Name extends string>(
	property: Property<Name>,
	fits: (value: string) => boolean = () => true,
) {
	return field(property, (raw) => {
		const picked = pickedValue(raw);
		const value = plainText(property, picked).trim();
		if (value.length > longestId) {
			throw fieldError(property, `has ${value.length} characters`, 'Enter the ID only.');
		}
		const isStep = value === '.' || value === '..' || !value.isWellFormed();
		if (isStep || (value !== '' && !fits(value))) {
			throw fieldError(
				property,
				`is ${quote(value)}, which is not a valid ID`,
				`Enter an ID${example(property)}.`,
			);
		}
		return value;
	});
}

/** Whether a text is a number as vendors count their records. */
export const isNumericId = (value: string): boolean => /^\d{1,18}$/.test(value);

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

/**
 * An e-mail address, trimmed.
 * @throws UserError where it is none
 */
export const email = <const Name extends string>(property: Property<Name>, rules?: TextRules) =>
	checked(property, isEmail, 'not a valid e-mail address', rules);

/**
 * An http or https address, trimmed.
 * @throws UserError where it is none
 */
export const webUrl = <const Name extends string>(property: Property<Name>, rules?: TextRules) =>
	checked(property, isWebUrl, 'not a valid http or https address', rules);

/** A moment, as ISO 8601 in UTC; undefined where nothing was entered. Without a zone, it is in the workflow's. */
export function date<const Name extends string>(property: Property<Name>) {
	return field(property, (raw, { context }) => {
		if (isNothing(raw)) {
			if (property.required) throw fieldError(property, 'is empty', 'Pick a date.');
			return undefined;
		}
		const moment = toIsoDate(raw, context.getTimezone());
		if (moment === undefined) {
			throw fieldError(
				property,
				`is ${quote(raw)}, which is not a valid date`,
				'Pick one, or enter it as in 2026-01-31 or 2026-01-31T09:30:00Z.',
			);
		}
		return moment;
	});
}

/** A number within the bounds of its own typeOptions; undefined where nothing was entered. */
export function number<const Name extends string>(property: Property<Name>) {
	return field(property, (raw) => {
		if (isNothing(raw)) {
			if (property.required) throw fieldError(property, 'is empty', 'Enter a number.');
			return undefined;
		}
		const value = typeof raw === 'string' ? Number(raw.trim() || Number.NaN) : raw;
		const {
			minValue = -Infinity,
			maxValue = Infinity,
			numberPrecision,
		} = property.typeOptions ?? {};
		const whole = numberPrecision === 0;
		if (
			typeof value !== 'number' ||
			!Number.isFinite(value) ||
			(whole && !Number.isInteger(value))
		) {
			throw fieldError(property, `is ${quote(raw)}`, `Enter a ${whole ? 'whole ' : ''}number.`);
		}
		if (value < minValue || value > maxValue) {
			const bounds =
				maxValue === Infinity ? `${minValue} or more` : `from ${minValue} to ${maxValue}`;
			throw fieldError(property, `is ${value}`, `Enter a number ${bounds}.`);
		}
		return value;
	});
}

/** Yes or no. */
export function flag<const Name extends string>(property: Property<Name>) {
	return field(property, (raw) => raw === true || raw === 'true');
}

const optionValues = ({ options = [] }: INodeProperties): string[] =>
	options.flatMap((option) => ('value' in option ? [String(option.value)] : []));

function oneOf(property: INodeProperties, raw: unknown): string {
	const value = plainText(property, raw);
	const known = optionValues(property);
	if (value !== '' && known.length > 0 && !known.includes(value)) {
		throw fieldError(
			property,
			`is ${quote(value)}`,
			`Choose one of ${known.filter(Boolean).join(', ')}.`,
		);
	}
	return value;
}

/** One of the property's own options, or of a list that comes from the vendor. */
export function choice<const Name extends string>(property: Property<Name>) {
	return field(property, (raw) => oneOf(property, raw));
}

function listOf(raw: unknown): unknown[] {
	if (isNothing(raw)) return [];
	if (Array.isArray(raw)) return raw;
	return typeof raw === 'object' ? [raw] : String(raw).split(',');
}

/** Several of them; a single text and a comma-separated one count as a list. */
export function choices<const Name extends string>(property: Property<Name>) {
	return field(property, (raw) => {
		const values = listOf(raw).map((one: unknown) =>
			oneOf(property, typeof one === 'string' ? one.trim() : one),
		);
		if (property.required && values.length === 0) {
			throw fieldError(property, 'is empty', 'Choose at least one.');
		}
		return values;
	});
}
