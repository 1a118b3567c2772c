import { one, operation, type Resource } from '../../engine/operation/operation';
import { get } from '../../engine/http/request';

/** SEED, Team. */
export const team: Resource = {
	name: 'Team',
	value: 'team',
	operations: [
		operation({
			name: 'Get',
			value: 'get',
			action: 'Get team',
			description: 'Get the team that the API key belongs to',
			fields: [],
			request: () => get`/team`,
			output: one('team'),
		}),
	],
};
