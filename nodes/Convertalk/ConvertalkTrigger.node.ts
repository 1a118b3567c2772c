import {
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { poll } from '../engine/polling/poll';
import { convertalkTrigger } from './trigger/poll';

/** The polling trigger: leads that are new or changed since the last poll. */
export class ConvertalkTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Convertalk Trigger',
		name: 'convertalkTrigger',
		icon: {
			light: 'file:../../icons/convertalk.svg',
			dark: 'file:../../icons/convertalk.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["events"].join(", ")}}',
		description: 'Starts the workflow when a lead is new or has changed in Convertalk (BotPenguin)',
		defaults: { name: 'Convertalk Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'convertalkApi', required: true }],
		properties: [
			{
				displayName:
					'Existing leads do not start the workflow. After that, each new or changed lead starts it once.',
				name: 'firstPoll',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Trigger On',
				name: 'events',
				type: 'multiOptions',
				required: true,
				default: ['leadCreated', 'leadUpdated'],
				options: [
					{
						name: 'Chat Started',
						value: 'chatStarted',
						description: 'A visitor chats with the bot and has not left contact data',
					},
					{
						name: 'Lead Created',
						value: 'leadCreated',
						description: 'A visitor left contact data and became a lead',
					},
					{
						name: 'Lead Updated',
						value: 'leadUpdated',
						description:
							'Any detail of a lead changed, also by n8n: a workflow that writes another value each time starts itself again',
					},
				],
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				options: [
					{
						displayName: 'Simplify',
						name: 'simplify',
						type: 'boolean',
						default: true,
						description:
							'Whether to return a simplified version of the response instead of the raw data',
					},
				],
			},
		],
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this, convertalkTrigger);
	}
}
