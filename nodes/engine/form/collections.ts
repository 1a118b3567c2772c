import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { isEmpty, isNothing, meant } from './empty';
import {
	fieldError,
	type Field,
	field,
	type Item,
	type Property,
	readsAsMeant,
	type ValuesOf,
} from './fields';
import { fromText } from './json';
import { readEach } from './fieldErrors';
import { isRecord } from '../util/json';
import { quote } from '../util/text';

type Filled<Fields extends readonly Field[]> = Partial<ValuesOf<Fields>>;

function readInside<Fields extends readonly Field[]>(
	fields: Fields,
	raw: Record<string, unknown>,
	item: Item,
): Filled<Fields> {
	const filled = fields.filter(({ name, property }) => isFilled(raw[name], property, item));
	const values = readEach(filled, ({ name, read }) => [name, read(raw[name], item)] as const);
	return Object.fromEntries(values) as Filled<Fields>;
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
	const options = fields
		.map(({ property: inner }) => ({ ...inner, required: undefined }))
		.sort((a, b) => a.displayName.localeCompare(b.displayName, 'en', { numeric: true }));
	const read = (raw: unknown, item: Item) => {
		if (!isNothing(raw) && !isRecord(raw)) {
			throw fieldError(property, 'is not a set of fields', 'Add its fields one by one.');
		}
		return readInside(fields, isRecord(raw) ? raw : {}, item);
	};
	const settings = fields.flatMap((inner) => inner.settings ?? []);
	return { ...field({ ...property, options }, read), members: fields, settings };
}

/** What is particular to a list of rows. */
export interface RowRules<Name extends string> {
	/** A field of JSON with the same name: n8n takes no expression for a fixedCollection. */
	alternative?: Property<Name>;
	/** Whether a row that nobody filled in is left out, as an empty field is; otherwise it is refused. */
	leavesOutEmpty?: boolean;
}

/**
 * Rows of equal fields (a fixedCollection with multipleValues). Also takes a list of objects, or that
 * list as JSON text.
 */
export function rows<const Name extends string, const Fields extends readonly Field[]>(
	property: Property<Name>,
	row: Omit<INodePropertyCollection, 'values'>,
	fields: Fields,
	{ alternative, leavesOutEmpty = false }: RowRules<Name> = {},
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
			throw fieldError(property, 'is not a list of rows', 'Add rows, or enter a list of objects.');
		}
		if (!isForm && readsAsMeant(item)) refuseUnknown(property, list, fields);
		const filled = item.isTool ? list.filter((one) => !isUntouched(one, fields, item)) : list;
		const made = readEach([...filled.entries()], ([n, one]) => {
			for (const inner of fields) {
				if (inner.property.required) inner.read(one[inner.name], item);
			}
			if (!readsAsMeant(item) || !isUntouched(one, fields, item)) {
				return [readInside(fields, one, item)];
			}
			if (leavesOutEmpty) return [];
			const hint = 'Fill it in, or remove it.';
			throw fieldError(property, `has a row without a value (row ${n + 1})`, hint);
		});
		return made.flat();
	};
	return { ...field(whole, read), alternative };
}

/** What vendors add to the rows that they answer: such a list may be handed on to another record. */
const addedByVendor = /^(?:_.*|id)$/;

/** A key that is misspelt would vanish with its value. @throws UserError where a row has one that is no field's */
function refuseUnknown(
	property: INodeProperties,
	list: readonly Record<string, unknown>[],
	fields: readonly Field[],
): void {
	const names = fields.map(({ name }) => name);
	for (const [n, one] of list.entries()) {
		const unknown = Object.keys(one).find(
			(key) => !names.includes(key) && !addedByVendor.test(key) && !isEmpty(one[key]),
		);
		if (unknown === undefined) continue;
		const what = `has ${quote(unknown)} in row ${n + 1}, which is not one of ${names.join(', ')}`;
		throw fieldError(property, what, 'Rename it, or remove it.');
	}
}

/** Whether a row holds nothing but what the form put into it, a cell with the same number in it included. */
const isUntouched = (
	row: Record<string, unknown>,
	fields: readonly Field[],
	{ isTool }: Item,
): boolean =>
	fields.every(({ name, property }) => {
		const value = isTool ? meant(row[name]) : row[name];
		return isEmpty(value) || isDefault(value, property);
	});

const isDefault = (value: unknown, { default: own }: INodeProperties): boolean =>
	value === own || (typeof own === 'number' && typeof value === 'string' && Number(value) === own);
