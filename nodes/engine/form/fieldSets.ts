import type { INodeProperties } from 'n8n-workflow';
import type { Field } from './fields';
import { group } from './collections';

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
export const options = <const Fields extends readonly Field[]>(fields: Fields) =>
	group(set('options', 'Options', 'Add Option'), fields);

/** What narrows a list down. */
export const filters = <const Fields extends readonly Field[]>(fields: Fields, more: More = {}) =>
	group({ ...set('filters', 'Filters', 'Add Filter'), ...more }, fields);
