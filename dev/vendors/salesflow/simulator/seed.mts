import type { Account, Campaign, CampaignStatus } from './model.mts';

/** The account that the token acts for, and a blocked one that it can list only. */
export const ACCOUNT_ID = 321;
export const accounts = (): Account[] => [
	{ AccountId: ACCOUNT_ID, AccountEmail: 'bob@example.com', Status: 'ACCOUNT_ACTIVE' },
	{ AccountId: 322, AccountEmail: 'blocked@example.com', Status: 'ACCOUNT_BLOCKED' },
];

const FIRST_CAMPAIGN_ID = 29_854;
const NEWEST_CAMPAIGN = Date.parse('2021-04-14T10:30:08.000Z');
const DAY_MS = 86_400_000;
const STATUSES: CampaignStatus[] = ['CAMPAIGN_RUNNING', 'CAMPAIGN_PAUSED', 'CAMPAIGN_STOPPED'];
const KINDS = ['Sales', 'Java developers', 'Founders', 'Agencies'];

/** A number of campaigns, newest first, a day apart, each state in turn. */
export function campaigns(count: number): Campaign[] {
	return Array.from({ length: count }, (_, index) => ({
		CampaignId: FIRST_CAMPAIGN_ID + index,
		CampaignName: `${KINDS[index % KINDS.length]} ${index + 1}`,
		Status: STATUSES[index % STATUSES.length] ?? 'CAMPAIGN_STOPPED',
		LastModifiedAt: new Date(NEWEST_CAMPAIGN - index * DAY_MS)
			.toISOString()
			.replace('Z', '0000+00:00'),
	}));
}
