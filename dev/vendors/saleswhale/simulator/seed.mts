import type { Campaign, CampaignStatus, CustomAttribute, SalesRep } from './model.mts';

/** The team that the API key belongs to. */
export const TEAM = { id: 91233, name: 'The Best Team' };

const SALES_REPS = 30;
/** How many of the first sales reps are handoff reps; leads can be owned by these only. */
const HANDOFF_REPS = 20;
const FIRST_SALES_REP_ID = 4401;
const FIRST_CAMPAIGN_ID = 41201;
const FIRST_CUSTOM_ATTRIBUTE_ID = 51661;
const NEWEST_CAMPAIGN = Date.parse('2022-08-14T10:30:08.000Z');
const DAY_MS = 86_400_000;

/** 60 campaigns, enough for several pages of a dropdown; each tenth is a draft. */
const CAMPAIGN_STATUSES: CampaignStatus[] = [
	'running',
	'scheduled',
	'running',
	'ended',
	'running',
	'paused',
	'scheduled',
	'canceled',
	'ended',
	'draft',
];
const CAMPAIGN_KINDS = ['Inbound', 'Webinar', 'Reactivation', 'Trial', 'Event', 'Renewal'];

const FIRST_NAMES = ['Jermaine', 'Marlon', 'Clara', 'Amina', 'Kenji', 'Paula'];
const LAST_NAMES = ['Clement', 'Turcotte', 'Smith', 'Okafor', 'Sato'];
const CUSTOM_ATTRIBUTES = [
	'industry',
	'lead_source',
	'company_size',
	'country',
	'plan',
	'webinar_date',
];

/** 60 campaigns, newest first, a day apart. */
export function campaigns(): Campaign[] {
	return CAMPAIGN_KINDS.flatMap((kind, row) =>
		CAMPAIGN_STATUSES.map((status, column) => {
			const index = row * CAMPAIGN_STATUSES.length + column;
			return {
				id: FIRST_CAMPAIGN_ID + index,
				name: `${kind} Lead Engagement ${column + 1}`,
				status,
				updated_at: new Date(NEWEST_CAMPAIGN - index * DAY_MS).toISOString(),
			};
		}),
	);
}

/** 30 sales reps, and the ids of those who are handoff reps. */
export function salesReps(): { reps: SalesRep[]; handoff: Set<number> } {
	const reps = Array.from({ length: SALES_REPS }, (_, index) => ({
		id: FIRST_SALES_REP_ID + index,
		type: 'sales_rep',
		email: `rep${index + 1}@example.co`,
		first_name: FIRST_NAMES[index % FIRST_NAMES.length] ?? '',
		last_name: LAST_NAMES[index % LAST_NAMES.length] ?? '',
	}));
	return { reps, handoff: new Set(reps.slice(0, HANDOFF_REPS).map(({ id }) => id)) };
}

export function customAttributes(): CustomAttribute[] {
	return CUSTOM_ATTRIBUTES.map((name, index) => ({
		id: FIRST_CUSTOM_ATTRIBUTE_ID + index,
		name,
		fallback_value: '',
		attr_type: 'lead',
	}));
}
