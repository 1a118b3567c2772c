import type { IDataObject } from 'n8n-workflow';
import { fieldError, type Field } from './fields';

/**
 * Leaves out what was not filled in: an empty cell of a mapped column says nothing, and sent as an empty text it would
 * clear what somebody filled in.
 */
export function compact(values: object): IDataObject {
	const filled = Object.entries(values).filter(
		([, value]) =>
			value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
	);
	return Object.fromEntries(filled) as IDataObject;
}

/** The names of what was filled in, as a sentence tells them. */
export const namesOf = (values: object): string => Object.keys(compact(values)).join(', ');

/**
 * A write without anything to write is a column that was not mapped.
 * @throws UserError when there is none
 */
export function something(values: IDataObject, { property }: Field): IDataObject {
	if (Object.keys(values).length > 0) return values;
	throw fieldError(property, 'is empty', 'Add at least one field to change.');
}
