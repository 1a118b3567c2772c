import {
	type IDataObject,
	type INodeProperties,
	type INodePropertyCollection,
	jsonParse,
} from 'n8n-workflow';
import {
	fieldError,
	type Field,
	field,
	isNothing,
	type Item,
	type Property,
	type ValuesOf,
	wellFormed,
} from './fields';
import { isRecord } from '../util/json';

type Filled<Fields extends readonly Field[]> = Partial<ValuesOf<Fields>>;

function readInside<Fields extends readonly Field[]>(
	fields: Fields,
	raw: Record<string, unknown>,
	item: Item,
): Filled<Fields> {
	const isLeftOut = (value: unknown) =>
		value === undefined || value === null || (item.isTool && value === '');
	const filled = fields
		.filter(({ name }) => !isLeftOut(raw[name]))
		.map((inner) => [inner.name, inner.read(raw[inner.name], item)] as const);
	return Object.fromEntries(filled) as Filled<Fields>;
}

/** Additional Fields, Filters, Options: fields that a person adds one by one. Those left out stay out. */
export function group<const Name extends string, const Fields extends readonly Field[]>(
	property: Property<Name>,
	fields: Fields,
) {
	// n8n asks for a required field of a collection even where nobody added it; once added, read() asks.
	const options = fields.map(({ property: inner }) => ({ ...inner, required: undefined }));
	return field({ ...property, options }, (raw, item) => {
		if (!isNothing(raw) && !isRecord(raw)) {
			throw fieldError(property, 'is not a set of fields', 'Add its fields one by one.');
		}
		return readInside(fields, isRecord(raw) ? raw : {}, item);
	});
}

/**
 * Rows of equal fields (a fixedCollection with multipleValues). Also takes a list of objects, or that
 * list as JSON text.
 * @param alternative a field of JSON with the same name: n8n takes no expression for a fixedCollection
 */
export function rows<const Name extends string, const Fields extends readonly Field[]>(
	property: Property<Name>,
	row: Omit<INodePropertyCollection, 'values'>,
	fields: Fields,
	alternative?: Property<Name>,
) {
	const whole = {
		...property,
		options: [{ ...row, values: fields.map((inner) => inner.property) }],
	};
	const read = (raw: unknown, item: Item): Array<Filled<Fields>> => {
		const isForm = isRecord(raw) && (row.name in raw || Object.keys(raw).length === 0);
		const list = isForm ? raw[row.name] : fromText(property, raw);
		if (isNothing(list)) return [];
		if (!Array.isArray(list) || !list.every(isRecord)) {
			throw fieldError(
				property,
				'is not a list of rows',
				'Add rows, or hand over a list of objects.',
			);
		}
		const filled = item.isTool ? list.filter((one) => !Object.values(one).every(isNothing)) : list;
		return filled.map((one) => {
			for (const inner of fields) {
				if (inner.property.required) inner.read(one[inner.name], item);
			}
			return readInside(fields, one, item);
		});
	};
	return { ...field(whole, read), alternative };
}

function fromText(property: INodeProperties, raw: unknown): unknown {
	if (typeof raw !== 'string') return raw;
	if (raw.trim() === '') return undefined;
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
	throw fieldError(
		property,
		`has more than ${mostLevels} levels`,
		'Hand over less, or flatten it.',
	);
}

function copyOf(property: INodeProperties, value: unknown): unknown {
	try {
		return JSON.parse(JSON.stringify(value)) as unknown;
	} catch {
		throw fieldError(property, 'cannot be written as JSON', 'It holds itself, or too many levels.');
	}
}

/** JSON from n8n: an object, or text that holds one. Undefined where nothing was entered. */
export function json<const Name extends string>(property: Property<Name>) {
	return field(property, (raw): IDataObject | undefined => {
		const value = plainJson(property, raw);
		if (isNothing(value)) return undefined;
		if (!isRecord(value))
			throw fieldError(property, 'is not a JSON object', 'Enter it as {"name": "value"}.');
		return value as IDataObject;
	});
}

/** A list of JSON objects, or text that holds one. Empty where nothing was entered. */
export function jsonList<const Name extends string>(property: Property<Name>) {
	return field(property, (raw): IDataObject[] => {
		const value = plainJson(property, raw);
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

/** A list of texts: a list from an expression, JSON text, or text with commas or line breaks between. */
export function list<const Name extends string>(property: Property<Name>) {
	return field(property, (raw): string[] => {
		const parsed =
			typeof raw === 'string' && raw.trim().startsWith('[') ? fromText(property, raw) : raw;
		if (isNothing(parsed)) return [];
		const entries: unknown[] = Array.isArray(parsed)
			? parsed
			: isRecord(parsed)
				? [parsed]
				: String(parsed).split(/[,\n]/);
		if (entries.some((entry) => typeof entry === 'object' && entry !== null)) {
			throw fieldError(property, 'is not a list of texts', 'Enter them separated by commas.');
		}
		return entries
			.map((entry) => wellFormed(property, String(entry ?? '')).trim())
			.filter((entry) => entry !== '');
	});
}

/**
 * A resource mapper: the vendor's own columns, each filled by hand or from the input's columns of the
 * same name. Gives the filled ones by their id.
 */
export function mapper<const Name extends string>(property: Property<Name>) {
	return field(property, (raw, item): Record<string, unknown> => {
		if (isNothing(raw)) return {};
		if (!isRecord(raw))
			throw fieldError(property, 'is not a mapping', 'Map the columns in the form.');
		const { mappingMode, value, schema } = raw;
		const filled = mappingMode === 'autoMapInputData' ? fromInput(schema, item.json) : value;
		if (!isRecord(filled)) return {};
		return Object.fromEntries(Object.entries(filled).filter(([, one]) => !isNothing(one)));
	});
}

/** A column's `removed` is about the form only: n8n sets it on all columns that nobody added there by hand. */
function fromInput(schema: unknown, input: IDataObject): Record<string, unknown> {
	const columns = Array.isArray(schema) ? schema.filter(isRecord) : [];
	return Object.fromEntries(
		columns.map(({ id, displayName }) => [
			String(id),
			input[String(displayName)] ?? input[String(id)],
		]),
	);
}
