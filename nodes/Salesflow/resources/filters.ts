import type { IDataObject } from 'n8n-workflow';
import { date } from '../../engine/form/date';
import { filters } from '../../engine/form/fieldSets';

/** By when something changed. */
export const updatedAfter = date({
	displayName: 'Updated After',
	name: 'updatedAfter',
	type: 'dateTime',
	default: '',
	description: 'Only what changed at this moment or later',
});

/** What narrows a list down. */
export const campaignFilters = filters('campaign', [updatedAfter]);
/** By what contacts are narrowed down. */
export const contactFilters = filters('contact', [updatedAfter]);

/** The vendor's changes 1.8 and 1.9 print the name as UpdatedFromDate; .NET minds no case (inferred). */
export const changedSinceQuery = ({ updatedAfter }: { updatedAfter?: string }): IDataObject =>
	updatedAfter === undefined ? {} : { updatedFromDate: updatedAfter };
