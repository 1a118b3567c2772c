import {
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { poll } from '../engine/polling/poll';
import { polledEvents, zenviaSalesPollTrigger } from './trigger/poll';

/** The polling trigger: what was made in Zenvia Sales, found without an address that Zenvia could call. */
export class ZenviaSalesPollTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Zenvia Sales Poll Trigger',
		name: 'zenviaSalesPollTrigger',
		icon: {
			light: 'file:../../icons/zenviaSales.svg',
			dark: 'file:../../icons/zenviaSales.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["events"].join(", ")}}',
		description:
			'Asks Zenvia Sales regularly, and starts the workflow when a contact wrote, or something new came',
		defaults: { name: 'Zenvia Sales Poll Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'zenviaSalesApi', required: true }],
		properties: [
			{
				displayName:
					'For an n8n that Zenvia cannot reach. What changes later in a record, such as the status of a message, is not found this way: for that, use the Zenvia Sales Trigger.',
				name: 'polled',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Trigger On',
				name: 'events',
				type: 'multiOptions',
				required: true,
				default: ['messageReceived'],
				options: polledEvents,
			},
			{
				displayName: 'Start From',
				name: 'startFrom',
				type: 'options',
				default: 'now',
				options: [
					{
						name: 'Date',
						value: 'date',
						description: 'The first poll starts the workflow with what is there since a date',
					},
					{ name: 'Now', value: 'now', description: 'The first poll starts nothing' },
				],
				description: 'What the first poll does. With another key, it starts again.',
			},
			{
				displayName: 'Start Date',
				name: 'startDate',
				type: 'dateTime',
				required: true,
				default: '',
				displayOptions: { show: { startFrom: ['date'] } },
				description: 'The first poll starts the workflow with what is there since then',
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				options: [
					{
						displayName: 'Overlap (Minutes)',
						name: 'overlap',
						type: 'number',
						typeOptions: { minValue: 1, maxValue: 1440 },
						default: 5,
						description:
							'How late a record may show, and how far clocks may be apart, so that none is lost. What comes again for it is left out.',
					},
				],
			},
		],
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this, zenviaSalesPollTrigger);
	}
}
