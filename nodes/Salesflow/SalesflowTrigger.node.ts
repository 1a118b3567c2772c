import {
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { ignoreRepeats, webhookTriggerVersion } from '../engine/webhook/trigger';
import { newSecret } from '../engine/webhook/addressSecret';
import { campaignFields } from './trigger/campaigns';
import { events } from './trigger/events';
import { laterCampaignsVersion } from './trigger/laterCampaigns';
import { isRegistered, register, unregister } from './trigger/register';
import { methods } from './listSearch/index';
import { receive } from './trigger/receive';

/** The webhook trigger: events of Salesflow campaigns. */
export class SalesflowTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Salesflow Trigger',
		name: 'salesflowTrigger',
		icon: {
			light: 'file:../../icons/salesflow.svg',
			dark: 'file:../../icons/salesflow.dark.svg',
		},
		group: ['trigger'],
		version: [webhookTriggerVersion, laterCampaignsVersion],
		defaultVersion: laterCampaignsVersion,
		subtitle: '={{$parameter["events"].join(", ")}}',
		description: 'Starts the workflow when a contact of a Salesflow campaign connects or replies',
		defaults: { name: 'Salesflow Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'salesflowApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: '',
				path: 'webhook',
			},
		],
		properties: [
			{
				displayName: 'Trigger On',
				name: 'events',
				type: 'multiOptions',
				default: ['replyDetected'],
				options: events.map(({ name, value, description }) => ({ name, value, description })),
			},
			...campaignFields(
				'Which campaigns to watch. The trigger looks for new campaigns when an event comes, at most once an hour, and whenever the workflow is published. Before version 1.2 of this node: only when it is published.',
			),
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				options: [
					ignoreRepeats('Salesflow delivers the same event with the same content again'),
					newSecret,
					{
						displayName: 'Skip Muted Contacts',
						name: 'skipMutedContacts',
						type: 'boolean',
						default: false,
						description:
							'Whether to leave out all events of muted contacts. Salesflow never sends their replies.',
					},
				],
			},
		],
	};

	methods = { loadOptions: methods.loadOptions };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await isRegistered(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await register(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await unregister(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}
