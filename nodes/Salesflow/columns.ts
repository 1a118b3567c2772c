import type { Columns } from '../engine/operation/simplify';

const contactGet = [
	'Status',
	'StatusNames',
	'CampaignId',
	'CampaignName',
	'PublicIdentifier',
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
];
const contactGetAll = [
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
];
const campaignGetAll = ['CampaignId', 'CampaignName', 'Status', 'LastModifiedAt'];
const campaignGetStatistics = [
	'CampaignId',
	'Total',
	'InMails',
	'Imported',
	'Connections',
	'Messages',
	'Pending',
	'Replies',
	'Withdrawn',
	'Invitations',
	'UpdatedAt',
	'Elapsed',
];

/**
 * Written by `npm run schemas`: all fields of the records of lists, and of what Simplify makes smaller, by the
 * vendor's contract.
 */
export const columns: Columns = {
	'contact.get': contactGet,
	'contact.getAll': contactGetAll,
	'campaign.getAll': campaignGetAll,
	'campaign.getStatistics': campaignGetStatistics,
};
