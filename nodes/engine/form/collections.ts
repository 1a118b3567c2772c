import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { isEmpty, isNothing, meant } from './empty';
import { fieldError, type Field, field, type Item, type Property, type ValuesOf } from './fields';
import { fromText } from './json';
import { isRecord } from '../util/json';

type Filled<Fields extends readonly Field[]> = Partial<ValuesOf<Fields>>;

function readInside<Fields extends readonly Field[]>(
	fields: Fields,
	raw: Record<string, unknown>,
	item: Item,
): Filled<Fields> {
	const filled = fields
		.filter(({ name, property }) => isFilled(raw[name], property, item))
		.map((inner) => [inner.name, inner.read(raw[inner.name], item)] as const);
	return Object.fromEntries(filled) as Filled<Fields>;
}

/** What is empty is left out, and so clears nothing; a person who added a required field is asked for it. */
function isFilled(raw: unknown, { required }: INodeProperties, { isTool }: Item): boolean {
	if (raw === undefined || raw === null) return false;
	return !isEmpty(isTool ? meant(raw) : raw) || (required === true && !isTool);
}

/** Additional Fields, Filters, Options: fields that a person adds one by one. Those left out stay out. */
export function group<const Name extends string, const Fields extends readonly Field[]>(
	property: Property<Name>,
	fields: Fields,
) {
	// n8n asks for a required field of a collection even where nobody added it; once added, read() asks.
	const options = fields.map(({ property: inner }) => ({ ...inner, required: undefined }));
	const read = (raw: unknown, item: Item) => {
		if (!isNothing(raw) && !isRecord(raw)) {
			throw fieldError(property, 'is not a set of fields', 'Add its fields one by one.');
		}
		return readInside(fields, isRecord(raw) ? raw : {}, item);
	};
	const settings = fields.flatMap((inner) => inner.settings ?? []);
	return { ...field({ ...property, options }, read), settings };
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
		const saysNothing = (row: Record<string, unknown>) =>
			Object.values(row).every((value) => isEmpty(meant(value)));
		const filled = item.isTool ? list.filter((row) => !saysNothing(row)) : list;
		return filled.map((one) => {
			for (const inner of fields) {
				if (inner.property.required) inner.read(one[inner.name], item);
			}
			return readInside(fields, one, item);
		});
	};
	return { ...field(whole, read), alternative };
}
