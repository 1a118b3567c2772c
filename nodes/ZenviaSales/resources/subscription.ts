import type { IDataObject } from 'n8n-workflow';
import { choices } from '../../engine/form/choice';
import { webUrl } from '../../engine/form/text';
import { done, many, one, operation, type Resource } from '../../engine/operation/operation';
import { del, get, post } from '../../engine/http/request';
import { withoutAddressSecret } from '../../engine/webhook/addressSecret';
import { listedId } from './fields';
import { topicOptions } from './options';

const subscriptionId = listedId(
	{
		displayName: 'Subscription ID',
		name: 'subscriptionId',
		description: 'The ID of the subscription',
	},
	{
		displayName: 'Subscription',
		description: 'The subscription',
		list: { search: 'searchSubscriptions', placeholder: 'Select a subscription…' },
	},
);

const topics = choices({
	displayName: 'Topics',
	name: 'topics',
	type: 'multiOptions',
	required: true,
	options: topicOptions,
	default: ['interactions'],
	description: 'What to be notified of',
});

const callbackUrl = webUrl({
	displayName: 'Callback URL',
	name: 'callbackUrl',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. https://example.com/zenvia',
	description: 'The address that Zenvia sends notifications to',
});

const mapRecord = (record: IDataObject): IDataObject => withoutAddressSecret(record, 'callbackUrl');

/** SEED, Notifications. A trigger node does all of this by itself. */
export const subscription: Resource = {
	name: 'Subscription',
	value: 'subscription',
	operations: [
		operation({
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many subscriptions',
			description: 'Get the active subscriptions',
			fields: [],
			request: () => get`/notifications/subscriptions`,
			output: many(),
			mapRecord,
		}),
		operation({
			name: 'Create',
			value: 'create',
			action: 'Create subscription',
			description:
				'Send the events of some topics to an address. It replaces the current receiver of the group, even one of a trigger.',
			fields: [topics, callbackUrl],
			request: ({ topics, callbackUrl }) => ({
				...post`/notifications/subscriptions`,
				body: { topics, callbackUrl },
				label: `subscription of ${callbackUrl}`,
			}),
			writes: ({ topics, callbackUrl }) => `of ${callbackUrl} to ${topics.join(', ')}`,
			output: one(),
			mapRecord,
		}),
		operation({
			name: 'Delete',
			value: 'delete',
			action: 'Delete subscription',
			description: 'End a subscription',
			fields: [subscriptionId],
			request: ({ subscriptionId }) => del`/notifications/subscription/${subscriptionId}`,
			writes: ({ subscriptionId }) => subscriptionId,
			output: done({ deleted: true }),
		}),
		operation({
			name: 'Get',
			value: 'get',
			action: 'Get subscription',
			description: 'Get an active subscription by ID',
			fields: [subscriptionId],
			request: ({ subscriptionId }) => get`/notifications/subscription/${subscriptionId}`,
			output: one(),
			mapRecord,
		}),
		operation({
			name: 'Get Topics',
			value: 'getTopics',
			action: 'Get topics',
			description: 'Get the topics that can be subscribed to',
			fields: [],
			request: () => get`/notifications/topics`,
			output: many(),
		}),
	],
};
