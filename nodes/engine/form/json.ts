import { type IDataObject, type INodeProperties, jsonParse } from 'n8n-workflow';
import { isNothing } from './empty';
import { field, fieldError, type Item, type Property, readsAsMeant } from './fields';
import { isTime, spoilt } from './spoilt';
import { isRounded } from './text';
import { isRecord } from '../util/json';

/**
 * What JSON text holds; anything but text is handed on as it is, and blanks are nothing.
 * @throws UserError for text that is no JSON
 */
export function fromText(property: INodeProperties, raw: unknown): unknown {
	if (typeof raw !== 'string') return raw;
	if (isNothing(raw)) return undefined;
	try {
		return jsonParse<unknown>(raw);
	} catch {
		return complainOfJson(property);
	}
}

function complainOfJson(property: INodeProperties): never {
	throw fieldError(property, 'is not valid JSON', 'Check its quotes, commas and brackets.');
}

/** No vendor documents more than five levels. Far below what an HTTP client can walk through. */
const mostLevels = 100;

const isWithin = (value: unknown, levels: number): boolean =>
	typeof value !== 'object' ||
	value === null ||
	(levels > 0 && Object.values(value).every((inner) => isWithin(inner, levels - 1)));

/**
 * What JSON keeps of a value: an expression may also give functions, and objects that hold themselves.
 * Looked at here, since what cannot be written would look like a lost connection where it is sent.
 */
function plainJson(property: INodeProperties, raw: unknown): unknown {
	const value = typeof raw === 'object' ? copyOf(property, raw) : fromText(property, raw);
	if (isWithin(value, mostLevels)) return value;
	throw fieldError(property, `has more than ${mostLevels} levels`, 'Send less, or flatten it.');
}

function copyOf(property: INodeProperties, value: unknown): unknown {
	try {
		return JSON.parse(JSON.stringify(value)) as unknown;
	} catch {
		throw fieldError(property, 'cannot be written as JSON', 'It holds itself, or too many levels.');
	}
}

/**
 * Holds what is inside JSON to the rule of single values: JSON writes NaN and a date that is none as null, and a number
 * that is read from it loses the digits that are too many.
 * @throws UserError with the first value that stands for none, or that has lost some
 */
function refuseSpoilt(property: INodeProperties, value: unknown, levels = mostLevels): void {
	const wrong = spoilt(value);
	if (wrong) throw fieldError(property, wrong.what.replace(/^is /, 'holds '), wrong.hint);
	if (isRounded(value)) {
		const what = `holds ${value}, which has more digits than a number keeps`;
		throw fieldError(property, what, 'Write it in quotes, as text.');
	}
	if (typeof value !== 'object' || value === null || isTime(value) || levels === 0) return;
	for (const inner of Object.values(value)) refuseSpoilt(property, inner, levels - 1);
}

/** The same, of which nothing stands for no value. */
function meantJson(property: INodeProperties, raw: unknown, item: Item): unknown {
	const value = plainJson(property, raw);
	if (readsAsMeant(item)) {
		refuseSpoilt(property, raw);
		refuseSpoilt(property, value);
	}
	return value;
}

/** JSON from n8n: an object, or text that holds one. Undefined where nothing was entered. */
export function json<const Name extends string>(property: Property<Name>) {
	return field(property, (raw, item): IDataObject | undefined => {
		const value = meantJson(property, raw, item);
		if (isNothing(value)) return undefined;
		if (!isRecord(value))
			throw fieldError(property, 'is not a JSON object', 'Enter it as {"name": "value"}.');
		return value as IDataObject;
	});
}

/** A list of JSON objects, or text that holds one. Empty where nothing was entered. */
export function jsonList<const Name extends string>(property: Property<Name>) {
	return field(property, (raw, item): IDataObject[] => {
		const value = meantJson(property, raw, item);
		if (isNothing(value)) return [];
		if (!Array.isArray(value) || !value.every(isRecord)) {
			throw fieldError(
				property,
				'is not a list of JSON objects',
				'Enter it as [{"name": "value"}].',
			);
		}
		return value as IDataObject[];
	});
}

/** JSON of a request's body: an object or a list. Undefined where nothing was entered. */
export function jsonBody<const Name extends string>(property: Property<Name>) {
	return field(property, (raw, item): IDataObject | IDataObject[] | undefined => {
		const value = meantJson(property, raw, item);
		if (isNothing(value)) return undefined;
		if (typeof value === 'object') return value as IDataObject | IDataObject[];
		throw fieldError(
			property,
			'is neither a JSON object nor a list',
			'Enter it as {"name": "value"}.',
		);
	});
}
