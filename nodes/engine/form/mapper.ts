import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { isNothing } from './empty';
import { readEach } from './fieldErrors';
import { cleaned, field, fieldError, type Item, type Property, readsAsMeant } from './fields';
import { refuseRounded } from './text';
import { trimInvisible } from '../util/invisible';
import { isRecord, own } from '../util/json';

/**
 * A resource mapper: the vendor's own columns, each filled by hand or from the input's columns of the
 * same name. Gives the filled ones by their id.
 * @throws UserError in read(), by the name of the column, about a value that is no text, number or yes and no
 */
export function mapper<const Name extends string>(property: Property<Name>) {
	return field(property, (raw, item): Record<string, unknown> => {
		if (isNothing(raw)) return {};
		if (!isRecord(raw))
			throw fieldError(property, 'is not a mapping', 'Map the columns in the form.');
		const { mappingMode, value, schema } = raw;
		const filled = mappingMode === 'autoMapInputData' ? fromInput(schema, item) : value;
		if (!isRecord(filled)) return {};
		const values = readEach(
			Object.entries(filled),
			([column, one]) =>
				[column, valueOf(titled(property, schema, column), one, item, property)] as const,
		);
		return Object.fromEntries(values.filter(([, one]) => !isNothing(one)));
	});
}

/** The property by the name of one of its columns. */
function titled(property: INodeProperties, schema: unknown, column: string): INodeProperties {
	const columns = Array.isArray(schema) ? schema.filter(isRecord) : [];
	const { displayName = column } = columns.find(({ id }) => String(id) === column) ?? {};
	return { ...property, displayName: String(displayName) };
}

/** @param mapper the property that has the column */
function valueOf(
	property: INodeProperties,
	raw: unknown,
	item: Item,
	mapper: INodeProperties,
): unknown {
	const value = cleaned(property, raw, item);
	if (typeof value === 'number' && readsAsMeant(item)) refuseRounded(property, value);
	if (typeof value !== 'object' || value === null) return value;
	const what = Array.isArray(value) ? 'is a list' : 'is an object';
	throw fieldError(property, what, `Map a column that holds text in '${mapper.displayName}'.`);
}

/** A column's `removed` is about the form only: n8n sets it on all columns that nobody added there by hand. */
function fromInput(schema: unknown, item: Item): Record<string, unknown> {
	const columns = Array.isArray(schema) ? schema.filter(isRecord) : [];
	const { json } = item;
	const alike = readsAsMeant(item) ? byShownName(json) : {};
	const find = (name: string) => own(json, name) ?? own(alike, shown(name));
	return Object.fromEntries(
		columns.map(({ id, displayName }) => [
			String(id),
			find(String(displayName)) ?? find(String(id)),
		]),
	);
}

/**
 * A column's name as a person sees it: a byte order mark clings to the first column of a file, blanks to any, and macOS
 * writes é as two characters.
 */
const shown = (name: string): string => trimInvisible(name).normalize('NFC');

const byShownName = (json: IDataObject): IDataObject =>
	Object.fromEntries(Object.entries(json).map(([name, value]) => [shown(name), value]));
