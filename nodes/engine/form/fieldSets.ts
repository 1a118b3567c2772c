import type { INodeProperties } from 'n8n-workflow';
import { readEach } from './fieldErrors';
import { emptyFilter, type Field, narrowing } from './fields';
import { group } from './collections';
import { isEmpty } from './empty';
import { isRecord } from '../util/json';

/** What n8n's guidelines call the sets of optional fields, and how they are shown: made once for all vendors. */
const set = <const Name extends string>(name: Name, displayName: string, placeholder: string) =>
	({ displayName, name, type: 'collection', placeholder, default: {} }) as const;

type More = Pick<INodeProperties, 'description' | 'displayOptions'>;

/** Optional fields of something that is made. */
export const additionalFields = <const Fields extends readonly Field[]>(
	fields: Fields,
	more: More = {},
) => group({ ...set('additionalFields', 'Additional Fields', 'Add Field'), ...more }, fields);

/** Optional fields of something that is changed. */
export const updateFields = <const Fields extends readonly Field[]>(fields: Fields) =>
	group(
		{
			...set('updateFields', 'Update Fields', 'Add Field'),
			description: 'What to change. A field that is empty stays as it is.',
		},
		fields,
	);

/** How an operation is done, where that is rarely of interest. */
export const options = <const Fields extends readonly Field[]>(fields: Fields, more: More = {}) =>
	group({ ...set('options', 'Options', 'Add Option'), ...more }, fields);

/**
 * What narrows a list down. A filter that was added and came out empty is refused, whatever its kind; an AI agent,
 * which cannot leave one out, leaves it empty.
 * @param found what is listed, as in "prospect"
 */
export function filters<const Fields extends readonly Field[]>(
	found: string,
	fields: Fields,
	more: More = {},
) {
	const all = group({ ...set('filters', 'Filters', 'Add Filter'), ...more }, fields);
	const refuseEmpty = (added: Record<string, unknown>) => {
		const empty = fields.filter(({ name }) => Object.hasOwn(added, name) && isEmpty(added[name]));
		readEach(empty, ({ property }) => {
			throw emptyFilter(property, found, 'Remove the filter if that is meant.');
		});
	};
	const read: typeof all.read = (raw, item) => {
		if (!item.isTool && isRecord(raw)) refuseEmpty(raw);
		const values = all.read(raw, item);
		// A list of commas, and rows that nobody filled in, turn out to be empty only now.
		if (!item.isTool) refuseEmpty(values);
		return values;
	};
	return narrowing(found, { ...all, read });
}
