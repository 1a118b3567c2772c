import {
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { poll } from '../engine/polling/poll';
import { endStatuses } from './resources/statuses';
import { saleswhalePollTrigger } from './trigger/poll';

/** The polling trigger: conversations that ended, found without an address that Saleswhale could call. */
export class SaleswhalePollTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Saleswhale Poll Trigger',
		name: 'saleswhalePollTrigger',
		icon: {
			light: 'file:../../icons/saleswhale.svg',
			dark: 'file:../../icons/saleswhale.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["events"].join(", ")}}',
		description:
			'Asks Saleswhale (6sense AI Email) regularly, and starts the workflow when a conversation has ended',
		defaults: { name: 'Saleswhale Poll Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'saleswhaleApi', required: true }],
		properties: [
			{
				displayName:
					'For an n8n that Saleswhale cannot reach. Conversations that have already ended do not start the workflow. Each poll reads all conversations, 100 with each request: choose an interval that leaves time for that.',
				name: 'firstPoll',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Trigger On',
				name: 'events',
				type: 'multiOptions',
				required: true,
				default: ['conversation.ended'],
				options: [
					{
						name: 'Conversation Ended',
						value: 'conversation.ended',
						description: 'A conversation reached its end, or reached it again after a late reply',
					},
				],
				description:
					'What starts the workflow. E-mails and leads that must not be contacted are in no list of Saleswhale: for these, use the Saleswhale Trigger.',
			},
			{
				displayName: 'Statuses',
				name: 'statuses',
				type: 'multiOptions',
				default: [],
				options: endStatuses,
				description:
					'Only conversations that ended with one of these statuses. Leave empty for all.',
			},
		],
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this, saleswhalePollTrigger);
	}
}
