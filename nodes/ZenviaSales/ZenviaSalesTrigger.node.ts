import {
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { webhookTriggerVersion } from '../engine/webhook/trigger';
import { eventsVersion, triggerFields } from './trigger/fields';
import { receive } from './trigger/receive';
import { isSubscribed, subscribe, unsubscribe } from './trigger/register';

/** The webhook trigger: notifications that Zenvia Sales sends to a subscription. */
export class ZenviaSalesTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Zenvia Sales Trigger',
		name: 'zenviaSalesTrigger',
		icon: {
			light: 'file:../../icons/zenviaSales.svg',
			dark: 'file:../../icons/zenviaSales.dark.svg',
		},
		group: ['trigger'],
		version: [webhookTriggerVersion, eventsVersion],
		defaultVersion: eventsVersion,
		subtitle: '={{($parameter["events"] || $parameter["topics"]).join(", ")}}',
		description: 'Starts the workflow when something happens in Zenvia Sales',
		defaults: { name: 'Zenvia Sales Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'zenviaSalesApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: '',
				path: 'webhook',
			},
		],
		properties: triggerFields,
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await isSubscribed(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await subscribe(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await unsubscribe(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}
