import type { Columns } from '../engine/operation/execute';

/** Written by `npm run schemas`: the columns of lists that are returned as CSV files, by their output schemas. */
export const columns: Columns = {
	'contact.getAll': [
		'MemberId',
		'FirstName',
		'LastName',
		'Location',
		'Occupation',
		'Industry',
		'Email',
		'Phone',
		'Company',
		'MemberUrl',
		'LastModifiedAt',
		'AddedAt',
	],
	'campaign.getAll': ['CampaignId', 'CampaignName', 'Status', 'LastModifiedAt'],
};
