import { ownMark } from '../../engine/operation/onlyNewFields';
import type { Newness } from '../../engine/polling/newness';
import { changedSinceQuery, updatedAfter } from './filters';
import { isoTime } from './records';

/**
 * What is new in a list that has UpdatedFromDate alone (versions 1.8 and 1.9): each change counts. A record that does
 * not say when it changed, as on an older server, counts once.
 * @param id the field that tells its records apart
 */
const changed = (id: 'MemberId' | 'CampaignId'): Newness => ({
	of: 'changed',
	reach: 'filter',
	key: (record) => JSON.stringify([record[id] ?? record, record.LastModifiedAt]),
	time: ({ LastModifiedAt }) => {
		const moment = isoTime(LastModifiedAt);
		return typeof moment === 'string' ? Date.parse(moment) : Number.NaN;
	},
	since: (request, from) => {
		if (request.query?.updatedFromDate !== undefined) throw ownMark(updatedAfter.property);
		const filter = changedSinceQuery({ updatedAfter: from.toISOString() });
		return { ...request, query: { ...request.query, ...filter } };
	},
});

/** SEED: a contact is told by its MemberId. */
export const changedContacts = changed('MemberId');
/** SEED: a campaign is told by its CampaignId. */
export const changedCampaigns = changed('CampaignId');
