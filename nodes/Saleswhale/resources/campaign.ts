import { choices } from '../../engine/form/choice';
import { date } from '../../engine/form/date';
import { many, operation, type Resource } from '../../engine/operation/operation';
import { get } from '../../engine/http/request';
import { pages } from '../vendor';
import { ownMark } from '../../engine/operation/onlyNewFields';
import type { Newness } from '../../engine/polling/newness';
import { filters } from '../../engine/form/fieldSets';

const updatedAfter = date({
	displayName: 'Updated After',
	name: 'updatedAfter',
	type: 'dateTime',
	default: '',
	description: 'Only campaigns that were updated after this moment',
});

const campaignFilters = filters('campaign', [
	choices({
		displayName: 'Status',
		name: 'status',
		type: 'multiOptions',
		default: [],
		description: 'Only campaigns with one of these statuses. Drafts are never returned.',
		options: [
			{ name: 'Canceled', value: 'canceled' },
			{ name: 'Ended', value: 'ended' },
			{ name: 'Paused', value: 'paused' },
			{ name: 'Running', value: 'running' },
			{ name: 'Scheduled', value: 'scheduled' },
		],
	}),
	updatedAfter,
]);

/** SEED: campaigns have a filter by their last change, and no other; their order is not documented. */
const newness: Newness = {
	of: 'changed',
	reach: 'filter',
	key: (record) => JSON.stringify([record.id ?? record, record.updated_at]),
	time: ({ updated_at }) => Date.parse(String(updated_at)),
	since: (request, from) => {
		if (request.query?.updated_at__is_after !== undefined) throw ownMark(updatedAfter.property);
		const query = { ...request.query, updated_at__is_after: from.toISOString() };
		return { ...request, query };
	},
	mayShift: true,
};

/** SEED, Campaigns. */
export const campaign: Resource = {
	name: 'Campaign',
	value: 'campaign',
	operations: [
		operation({
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many campaigns',
			description: 'Get the campaigns of the team',
			fields: [campaignFilters],
			request: ({ filters: { status = [], updatedAfter } }) => ({
				...get`/campaigns`,
				query: {
					...(status.length > 0 && { status }),
					...(updatedAfter && { updated_at__is_after: updatedAfter }),
				},
			}),
			output: many('campaigns', { pages, newness, date: 'updated_at' }),
		}),
	],
};
