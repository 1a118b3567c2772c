import {
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { reachableNotice } from '../engine/webhook/reachable';
import { ignoreRepeats, registeredByHand, webhookTriggerVersion } from '../engine/webhook/trigger';
import { sharedIdVersion } from './trigger/event';
import { receive } from './trigger/receive';
import { endStatuses } from './resources/statuses';

/** The webhook trigger: signed events of Saleswhale. */
export class SaleswhaleTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Saleswhale Trigger',
		name: 'saleswhaleTrigger',
		icon: {
			light: 'file:../../icons/saleswhale.svg',
			dark: 'file:../../icons/saleswhale.dark.svg',
		},
		group: ['trigger'],
		version: [webhookTriggerVersion, sharedIdVersion],
		defaultVersion: sharedIdVersion,
		subtitle: '={{$parameter["events"].join(", ")}}',
		description: 'Starts the workflow when something happens in Saleswhale (6sense AI Email)',
		defaults: { name: 'Saleswhale Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'saleswhaleApi', required: true }],
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
				displayName: `Open Webhook URLs above and copy the production URL (the test URL for a test event). In Saleswhale, open Account Settings, paste it as the webhook Target URL, and save. Saleswhale has one Target URL for each account; the example one-trigger-many-workflows.json hands on to several workflows. ${reachableNotice('Saleswhale')}`,
				name: 'setUp',
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
					{
						name: 'Email Sent',
						value: 'email.sent',
						description: 'The AI assistant sent an e-mail to a lead',
					},
					{
						name: 'Lead Marked Do Not Contact',
						value: 'lead.marked_do_not_contact',
						description: 'A lead asked not to be contacted any more',
					},
				],
			},
			{
				displayName: 'Statuses',
				name: 'statuses',
				type: 'multiOptions',
				default: [],
				options: endStatuses,
				displayOptions: { show: { events: ['conversation.ended'] } },
				description:
					'Only conversations that ended with one of these statuses. Leave empty for all.',
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				options: [
					ignoreRepeats(
						'Saleswhale delivers the same event again, as it does when it got no answer',
					),
					{
						displayName: 'Include Leads',
						name: 'includeLeads',
						type: 'boolean',
						default: false,
						description:
							'Whether to fetch every field of the leads in a conversation. The event itself carries their ID and e-mail only.',
					},
					{
						displayName: 'Maximum Age (Seconds)',
						name: 'toleranceSeconds',
						type: 'number',
						typeOptions: { minValue: 0 },
						default: 300,
						description:
							'How old a delivery may be. Older ones are refused. 0 turns the check off.',
					},
				],
			},
		],
	};

	// SEED, Webhook, Setup: the Target URL is set by hand; no endpoint registers or removes it.
	webhookMethods = { default: registeredByHand(this.description.properties) };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}
