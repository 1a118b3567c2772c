import { choices } from '../../engine/form/choice';
import { versionThatReads } from '../../engine/form/fields';
import { id } from '../../engine/form/id';
import { located } from '../../engine/form/located';
import { many, one, operation, type Resource } from '../../engine/operation/operation';
import { get, post } from '../../engine/http/request';
import { pages } from '../vendor';
import type { Newness } from '../../engine/polling/newness';
import { conversationStatuses } from './statuses';
import { filters } from '../../engine/form/fieldSets';

const conversationId = located({
	since: versionThatReads,
	before: {
		displayName: 'Conversation ID',
		name: 'conversationId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 12513522',
		description: 'The ID of the conversation',
	},
	now: {
		displayName: 'Conversation',
		description: 'The conversation',
		list: { search: 'searchConversations', placeholder: 'Select a conversation…' },
	},
	id,
});

const conversationFilters = filters('conversation', [
	choices({
		displayName: 'Status',
		name: 'status',
		type: 'multiOptions',
		default: [],
		options: conversationStatuses,
		description: 'Only conversations with one of these statuses',
	}),
]);

/**
 * SEED: conversations come in decreasing order of their ids, and have no filter by date. With a filter by status, an
 * old conversation comes into the list when it gets that status, so all of it is read.
 */
const newness: Newness = {
	of: 'new',
	reach: ({ query }) => (query?.status === undefined ? 'newestFirst' : 'whole'),
	key: (record) => String(record.id ?? JSON.stringify(record)),
	time: ({ started_at }) => Date.parse(String(started_at)),
	since: (request) => request,
	mayShift: true,
};

/** SEED, Conversations. */
export const conversation: Resource = {
	name: 'Conversation',
	value: 'conversation',
	operations: [
		operation({
			name: 'Cancel',
			value: 'cancel',
			action: 'Cancel conversation',
			description: 'Stop the AI assistant from writing to the lead',
			fields: [conversationId],
			request: ({ conversationId }) => post`/conversations/${conversationId}/cancel`,
			writes: ({ conversationId }) => conversationId,
			output: one('conversation'),
		}),
		operation({
			name: 'Get',
			value: 'get',
			action: 'Get conversation',
			description: 'Get a conversation by ID',
			fields: [conversationId],
			request: ({ conversationId }) => get`/conversations/${conversationId}`,
			output: one('conversation'),
		}),
		operation({
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many conversations',
			description: 'Get the conversations of the team, the newest first',
			fields: [conversationFilters],
			request: ({ filters: { status = [] } }) => ({
				...get`/conversations`,
				query: status.length > 0 ? { status } : {},
			}),
			output: many('conversations', { pages, newness, date: 'started_at' }),
		}),
	],
};
