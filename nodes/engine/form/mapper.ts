import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { isNothing } from './empty';
import { cleaned, field, fieldError, type Property } from './fields';
import { isRecord, own } from '../util/json';

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
		return Object.fromEntries(
			Object.entries(filled)
				.map(([column, one]) => [column, cleaned(titled(property, schema, column), one, item)])
				.filter(([, one]) => !isNothing(one)),
		);
	});
}

/** The property by the name of one of its columns. */
function titled(property: INodeProperties, schema: unknown, column: string): INodeProperties {
	const columns = Array.isArray(schema) ? schema.filter(isRecord) : [];
	const { displayName = column } = columns.find(({ id }) => String(id) === column) ?? {};
	return { ...property, displayName: String(displayName) };
}

/** A column's `removed` is about the form only: n8n sets it on all columns that nobody added there by hand. */
function fromInput(schema: unknown, input: IDataObject): Record<string, unknown> {
	const columns = Array.isArray(schema) ? schema.filter(isRecord) : [];
	return Object.fromEntries(
		columns.map(({ id, displayName }) => [
			String(id),
			own(input, String(displayName)) ?? own(input, String(id)),
		]),
	);
}
