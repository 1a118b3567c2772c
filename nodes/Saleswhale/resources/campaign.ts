import { choices } from '../../engine/form/choice';
import { date } from '../../engine/form/date';
import { many, operation, type Resource } from '../../engine/operation/operation';
import { get } from '../../engine/http/request';
import { pages } from '../vendor';
import { filters } from '../../engine/form/fieldSets';

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
	date({
		displayName: 'Updated After',
		name: 'updatedAfter',
		type: 'dateTime',
		default: '',
		description: 'Only campaigns that were updated after this moment',
	}),
]);

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
			output: many('campaigns', { pages, date: 'updated_at' }),
		}),
	],
};
