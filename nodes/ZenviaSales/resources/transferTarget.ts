import { many, operation, type Resource } from '../../engine/operation/operation';
import { get } from '../../engine/http/request';
import { dig } from '../../engine/util/json';
import { withOwnFields } from '../../engine/util/ownFields';

/** SEED, Transfer: one list of users and one of groups. */
export const transferTarget: Resource = {
	name: 'Possible New Owner',
	value: 'transferTarget',
	operations: [
		operation({
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many possible new owners',
			description:
				'Get the users and groups that prospects can be transferred to, one item for each',
			fields: [],
			request: () => get`/as-user/transfer`,
			output: {
				records: (body) => [
					...many()
						.records(dig(body, 'agents'))
						.map((user) => withOwnFields({ type: 'user' }, user)),
					...many()
						.records(dig(body, 'groups'))
						.map((group) => withOwnFields({ type: 'group' }, group)),
				],
			},
		}),
	],
};
