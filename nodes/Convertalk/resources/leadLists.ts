import { choice } from '../../engine/form/choice';
import { rows } from '../../engine/form/collections';
import { type Item, readsAsMeant } from '../../engine/form/fields';
import { list } from '../../engine/form/list';
import { reference, text } from '../../engine/form/text';

/** Tags of a lead, as a list of texts. */
export const tags = list({
	displayName: 'Tags',
	name: 'tags',
	type: 'string',
	default: '',
	placeholder: 'e.g. customer, newsletter',
	description: 'Separated by commas. An expression may also return a list.',
});

/** n8n takes no expression for a list of rows as a whole, so that the number of rows would be fixed. */
export const specifyLists = choice({
	displayName: 'Specify Notes and Attributes',
	name: 'specifyLists',
	type: 'options',
	noDataExpression: true,
	default: 'fields',
	options: [
		{ name: 'Using Fields Below', value: 'fields' },
		{ name: 'Using JSON', value: 'json' },
	],
});

const asFields = { show: { specifyLists: ['fields'] } };
const asJson = { show: { specifyLists: ['json'] } };

/** Notes of a lead, as a list of records. */
export const notes = rows(
	{
		displayName: 'Notes',
		name: 'notes',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Note',
		default: {},
		displayOptions: asFields,
	},
	{ displayName: 'Note', name: 'note' },
	[
		text({
			displayName: 'Title',
			name: 'title',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Demo booked',
		}),
		text({
			displayName: 'Description',
			name: 'description',
			type: 'string',
			default: '',
			placeholder: 'e.g. Tuesday at 10, with the whole team',
		}),
	],
	{
		alternative: {
			displayName: 'Notes',
			name: 'notes',
			type: 'json',
			default: '',
			placeholder: 'e.g. [{"title": "Demo booked", "description": "Tuesday at 10"}]',
			displayOptions: asJson,
			description: 'A list of objects with title and description',
		},
	},
);

const attributeRows = rows(
	{
		displayName: 'Attributes',
		name: 'attributes',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Attribute',
		default: {},
		displayOptions: asFields,
	},
	{ displayName: 'Attribute', name: 'attribute' },
	[
		reference({
			displayName: 'Attribute Key',
			name: 'key',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. plan',
		}),
		text({
			displayName: 'Attribute Value',
			name: 'value',
			type: 'string',
			default: '',
			placeholder: 'e.g. Pro',
		}),
	],
	{
		alternative: {
			displayName: 'Attributes',
			name: 'attributes',
			type: 'json',
			default: '',
			placeholder: 'e.g. [{"key": "plan", "value": "Pro"}]',
			displayOptions: asJson,
			description: 'A list of objects with key and value',
		},
	},
);

/** Attributes of a lead, as a list of records; one whose value is empty stays as it is. */
export const attributes = {
	...attributeRows,
	read: (raw: unknown, item: Item) => {
		const all = attributeRows.read(raw, item);
		return readsAsMeant(item) ? all.filter(({ value }) => value !== undefined) : all;
	},
};
