import {
	type ICredentialsDecrypted,
	type ICredentialTestFunctions,
	type INodeCredentialTestResult,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { registeredByHand, webhookTriggerVersion } from '../engine/webhook/trigger';
import { testApp } from './app/credential';
import { appFields } from './app/fields';
import { receiveCall } from './app/receive';
import { checkForm } from './app/jsonField';

/** The webhook trigger that Zenvia calls as an app, in place of a subscription. */
export class ZenviaSalesAppTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Zenvia Sales App Trigger',
		name: 'zenviaSalesAppTrigger',
		icon: {
			light: 'file:../../icons/zenviaSales.svg',
			dark: 'file:../../icons/zenviaSales.dark.svg',
		},
		group: ['trigger'],
		version: webhookTriggerVersion,
		subtitle: '={{$parameter["events"].join(", ")}}',
		description: 'Answers what Zenvia calls on an app of your own, and starts the workflow',
		defaults: { name: 'Zenvia Sales App Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'zenviaSalesAppApi', required: true, testedBy: 'zenviaSalesAppTest' }],
		// SEED names one method, the PUT of settings; the path is one for all, since SEED leaves paths to the app.
		webhooks: [
			{
				name: 'default',
				httpMethod: 'GET,POST,PUT,PATCH,DELETE',
				responseMode: 'onReceived',
				path: 'app',
			},
		],
		properties: appFields,
	};

	methods = {
		credentialTest: {
			async zenviaSalesAppTest(
				this: ICredentialTestFunctions,
				{ data }: ICredentialsDecrypted,
			): Promise<INodeCredentialTestResult> {
				return await testApp(data);
			},
		},
	};

	// SEED, App Lifecycle: the app's addresses are entered at Zenvia by hand; no endpoint registers them.
	webhookMethods = { default: registeredByHand(this.description.properties, checkForm) };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveCall(this);
	}
}
