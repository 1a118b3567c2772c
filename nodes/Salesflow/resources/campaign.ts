import { flag } from '../../engine/form/flag';
import { inVersions } from '../../engine/form/versions';
import { operation, type Resource } from '../../engine/operation/operation';
import { get, post } from '../../engine/http/request';
import { changedSince, statisticsHost } from '../vendor';
import { doneInWords, list, record } from './answers';
import { campaignId } from './fields';
import { withTimes } from './records';
import { campaignFilters, changedSinceQuery } from './filters';
import { changedCampaigns } from './newness';

/** The first version of the node that has the numbers recalculated unless somebody switches it off. */
const refreshingVersion = 1.2;

/** DOC112, 1.11, calls it optional; an older copy of the article says that without it no numbers come back. */
const forceRefresh = inVersions(
	refreshingVersion,
	flag({
		displayName: 'Force Refresh',
		name: 'forceRefresh',
		type: 'boolean',
		default: true,
		description:
			'Whether to recalculate the numbers. If off, they are as of UpdatedAt, and some may be missing.',
	}),
	flag({
		displayName: 'Force Refresh',
		name: 'forceRefresh',
		type: 'boolean',
		default: false,
		description:
			'Whether to recalculate the numbers. If off, they are as of UpdatedAt. Switch it on if numbers are missing.',
	}),
);

/** What most people read of a campaign's numbers, out of twelve. */
const numbers = [
	'CampaignId',
	'Total',
	'Imported',
	'Invitations',
	'Connections',
	'Messages',
	'InMails',
	'Replies',
	'Pending',
	'UpdatedAt',
] as const;

/** SEED, ListCampaigns, Start campaign, GetCampaignStatistics. */
export const campaign: Resource = {
	name: 'Campaign',
	value: 'campaign',
	operations: [
		operation({
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many campaigns',
			description: 'Get the campaigns of the account, with their status',
			fields: [campaignFilters],
			request: ({ filters }) => ({
				...get`/api/campaigns/list-campaigns`,
				query: changedSinceQuery(filters),
			}),
			output: list({
				pages: changedSince,
				newness: changedCampaigns,
				date: 'LastModifiedAt',
			}),
			mapRecord: withTimes,
		}),
		operation({
			name: 'Get Statistics',
			value: 'getStatistics',
			action: 'Get statistics of campaign',
			description: 'Get the numbers of a campaign: invitations, connections, replies and others',
			fields: [campaignId, forceRefresh],
			request: ({ campaignId, forceRefresh }) => ({
				...get`/api/statistics/GetCampaignStatistics`,
				query: { campaignId, ...(forceRefresh && { isForceRequest: true }) },
				host: statisticsHost,
			}),
			output: record(['CampaignId', 'Total'], { simplifyIfAsked: numbers }),
			mapRecord: withTimes,
		}),
		operation({
			name: 'Start',
			value: 'start',
			action: 'Start campaign',
			description: 'Start a campaign that is paused or stopped',
			fields: [campaignId],
			request: ({ campaignId }) => ({
				...post`/api/campaigns/start`,
				query: { campaignId },
				label: `campaign ${campaignId}`,
			}),
			writes: ({ campaignId }) => campaignId,
			output: doneInWords,
			mapRecord: ({ Message }, { campaignId }) => ({
				started: true,
				CampaignId: Number(campaignId),
				Message,
			}),
		}),
	],
};
