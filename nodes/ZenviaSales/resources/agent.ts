import { choice } from '../../engine/form/choice';
import { narrowing } from '../../engine/form/fields';
import { compact } from '../../engine/form/filled';
import { many, operation, type Resource } from '../../engine/operation/operation';
import { get, post } from '../../engine/http/request';
import { listedId } from './fields';
import { anything, groupId } from './group';
import { byEmail, findsUser } from './userLookup';

const agentId = listedId(
	{ displayName: 'Agent ID', name: 'agentId', description: 'The ID of the agent' },
	{
		displayName: 'Agent',
		description: 'The agent',
		list: { search: 'searchUsers', placeholder: 'Select an agent…' },
		by: [byEmail],
	},
	findsUser('Agent'),
);

const active = narrowing(
	'agent',
	choice({
		displayName: 'Active',
		name: 'active',
		type: 'options',
		default: '',
		options: [
			{ name: 'All', value: '' },
			{ name: 'Only Active', value: 'true' },
			{ name: 'Only Inactive', value: 'false' },
		],
		// SEED: "Status of the agent/s", without values.
		description: 'Which agents to return',
	}),
);

/** SEED, Agents. */
export const agent: Resource = {
	name: 'Agent',
	value: 'agent',
	operations: [
		operation({
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many agents',
			description: 'Get the agents of a group',
			fields: [groupId, active],
			request: ({ groupId, active }) => ({
				...get`/agents`,
				query: compact({ group: groupId, active }),
			}),
			output: many(),
		}),
		operation({
			name: 'Get Response Time',
			value: 'getResponseTime',
			action: 'Get response time of agent',
			description: 'Get the response time of an agent',
			fields: [agentId],
			// A read, though by POST.
			request: ({ agentId }) => ({
				...post`/agents/${agentId}/response-time`,
				isRead: true,
				allowText: true,
			}),
			output: anything,
		}),
		operation({
			name: 'Check Availability',
			value: 'isWorking',
			action: 'Check availability of agent',
			description: 'Check whether an agent is within working hours',
			fields: [agentId],
			// The models have no answer for it, as for checkCredentials: what comes without a body is handed on as it is.
			request: ({ agentId }) => ({
				...get`/agents/${agentId}/is-working`,
				allowEmptyBody: true,
				allowText: true,
			}),
			output: anything,
		}),
	],
};
