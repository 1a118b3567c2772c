import { email } from '../../engine/form/text';
import { id } from '../../engine/form/id';
import { many, one, operation, type Resource } from '../../engine/operation/operation';
import { get } from '../../engine/http/request';
import { resourceLocator } from '../../engine/form/resourceLocator';
import { filters } from '../../engine/form/fieldSets';

const salesRepId = id(
	resourceLocator({
		displayName: 'Sales Rep',
		name: 'salesRepId',
		required: true,
		description: 'The sales rep to get',
		list: { search: 'searchSalesReps', placeholder: 'Select a sales rep…' },
		byId: { placeholder: 'e.g. 5283' },
	}),
);

const salesRepFilters = filters('sales rep', [
	email({
		displayName: 'Email',
		name: 'email',
		type: 'string',
		placeholder: 'e.g. nathan@example.com',
		default: '',
		description: 'Only the sales rep with this e-mail address',
	}),
]);

/** SEED, Sales Reps. */
export const salesRep: Resource = {
	name: 'Sales Rep',
	value: 'salesRep',
	operations: [
		operation({
			name: 'Get',
			value: 'get',
			action: 'Get sales rep',
			description: 'Get a sales rep by ID',
			fields: [salesRepId],
			request: ({ salesRepId }) => get`/sales_reps/${salesRepId}`,
			output: one('sales_rep'),
		}),
		operation({
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many sales reps',
			description: 'Get the sales reps of the team, or the one with a certain e-mail address',
			fields: [salesRepFilters],
			request: ({ filters: { email } }) => ({ ...get`/sales_reps`, query: email ? { email } : {} }),
			output: many('sales_reps'),
		}),
	],
};
