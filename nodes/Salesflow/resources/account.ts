import { operation, type Resource } from '../../engine/operation/operation';
import { get } from '../../engine/http/request';
import { list } from './answers';

/** SEED, List Accounts. */
export const account: Resource = {
	name: 'Account',
	value: 'account',
	operations: [
		operation({
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many accounts',
			description:
				'Get the LinkedIn accounts that the token gives access to, blocked ones included',
			fields: [],
			request: () => get`/api/accounts/list`,
			output: list(),
		}),
	],
};
