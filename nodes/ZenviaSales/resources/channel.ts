import { many, operation, type Resource } from '../../engine/operation/operation';
import { get } from '../../engine/http/request';
import { optionalProspectId } from './prospectLocator';

/** SEED, Channels. */
export const channel: Resource = {
	name: 'Channel',
	value: 'channel',
	operations: [
		operation({
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many channels',
			description:
				'Get the channels of the account, or those that reach a prospect, with their templates',
			fields: [optionalProspectId('channel')],
			request: ({ prospectId }) =>
				prospectId ? get`/prospect/${prospectId}/messaging/channels` : get`/messaging/channels`,
			output: many(),
		}),
	],
};
