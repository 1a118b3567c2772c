import { flag } from '../../engine/form/flag';
import { narrowing } from '../../engine/form/fields';
import { many, one, operation, type Output, type Resource } from '../../engine/operation/operation';
import { get, post } from '../../engine/http/request';
import { groupLocator } from './fields';
import { isRecord } from '../../engine/util/json';

/** The id of a group, from a list or entered. */
export const groupId = groupLocator({ name: 'groupId', required: true, description: 'The group' });

const parentId = groupLocator({
	name: 'groupId',
	required: true,
	description: 'The group whose children to get',
});

const availableAgents = narrowing(
	'agent',
	flag({
		displayName: 'Available Agents Only',
		name: 'availableAgents',
		type: 'boolean',
		default: false,
		description: 'Whether to return only agents who are available',
	}),
);

/**
 * The vendor's description calls this answer an object without saying more; anything else, such as plain text
 * (`takesText`), is kept as it is.
 */
export const anything: Output = {
	records: (body) => (isRecord(body) ? one().records(body) : [{ result: body as string }]),
};

/** SEED, Groups; the path of "immediate children" is lost, so the list of groups is asked with `parent`. */
export const group: Resource = {
	name: 'Group',
	value: 'group',
	operations: [
		operation({
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many groups',
			description: 'Get the groups in the scope of the key',
			fields: [],
			request: () => get`/groups`,
			output: many(),
		}),
		operation({
			name: 'Get',
			value: 'get',
			action: 'Get group',
			description: 'Get a group by ID',
			fields: [groupId],
			request: ({ groupId }) => get`/group/${groupId}`,
			output: one(),
		}),
		operation({
			name: 'Get Children',
			value: 'getChildren',
			action: 'Get children of group',
			description: 'Get the groups right below a group',
			fields: [parentId],
			request: ({ groupId }) => ({
				...get`/groups`,
				query: { parent: groupId },
			}),
			output: many(),
			// No call with `parent` is on record, so what names another one, and the group itself, is left out here too.
			mapRecord: (record, { groupId }) => {
				const isOther = record.parent !== undefined && record.parent !== groupId;
				return isOther || record.id === groupId ? undefined : record;
			},
		}),
		operation({
			name: 'Get Online Agents',
			value: 'getOnlineAgents',
			action: 'Get online agents of group',
			description: 'Get the agents of a group who are online, and whether it has office hours now',
			fields: [groupId, availableAgents],
			request: ({ groupId, availableAgents }) => ({
				...get`/group/${groupId}/agents/online`,
				query: availableAgents ? { availableAgents } : {},
			}),
			output: one(),
		}),
		operation({
			name: 'Get Response Time',
			value: 'getResponseTime',
			action: 'Get response time of group',
			description: 'Get the response time of a group',
			fields: [groupId],
			// A read, though by POST.
			request: ({ groupId }) => ({
				...post`/groups/${groupId}/response-time`,
				isRead: true,
				allowText: true,
			}),
			output: anything,
		}),
		operation({
			name: 'Check Availability',
			value: 'isWorking',
			action: 'Check availability of group',
			description: 'Check whether an agent of a group is within working hours',
			fields: [groupId],
			request: ({ groupId }) => ({
				...get`/groups/${groupId}/is-working`,
				allowEmptyBody: true,
				allowText: true,
			}),
			output: anything,
		}),
	],
};
