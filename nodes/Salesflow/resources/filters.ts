import type { IDataObject } from 'n8n-workflow';
import { date } from '../../engine/form/date';
import { group } from '../../engine/form/collections';

/** What narrows a list down. */
export const filters = group(
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
	},
	[
		date({
			displayName: 'Updated After',
			name: 'updatedAfter',
			type: 'dateTime',
			default: '',
			description: 'Only what changed at this moment or later',
		}),
	],
);

/** The vendor's changes 1.8 and 1.9 print the name as UpdatedFromDate; .NET minds no case (inferred). */
export const changedSinceQuery = ({ updatedAfter }: { updatedAfter?: string }): IDataObject =>
	updatedAfter === undefined ? {} : { updatedFromDate: updatedAfter };
