import {
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { poll } from '../engine/polling/poll';
import { methods } from './listSearch/index';
import { campaignFields } from './trigger/campaigns';
import { polledEvents, salesflowPollTrigger } from './trigger/poll';

/** The polling trigger: contacts and campaigns that are new, found without an address that Salesflow could call. */
export class SalesflowPollTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Salesflow Poll Trigger',
		name: 'salesflowPollTrigger',
		icon: {
			light: 'file:../../icons/salesflow.svg',
			dark: 'file:../../icons/salesflow.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["events"].join(", ")}}',
		description:
			'Asks Salesflow regularly, and starts the workflow when a contact was added, or a campaign was created, started or stopped',
		defaults: { name: 'Salesflow Poll Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'salesflowApi', required: true }],
		properties: [
			{
				displayName:
					'For an n8n that Salesflow cannot reach. Who connected or replied is in no list of Salesflow: for that, use the Salesflow Trigger. For Contact Added, each poll asks one request for each campaign.',
				name: 'polled',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Trigger On',
				name: 'events',
				type: 'multiOptions',
				required: true,
				default: ['contactAdded'],
				options: polledEvents,
			},
			...campaignFields('Which campaigns to watch'),
		],
	};

	methods = { loadOptions: methods.loadOptions };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this, salesflowPollTrigger);
	}
}
