import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { nodeHints } from '../engine/operation/nodeHints';
import { nodeProperties } from '../engine/operation/nodeProperties';
import { execute } from '../engine/operation/execute';
import { receiveAnswer } from '../engine/sendAndWait/receive';
import { sendAndWaitWebhooks, waitingTooltip } from '../engine/sendAndWait/webhooks';
import { zenviaSales } from './vendor';
import { methods } from './listSearch/index';
import { resources } from './resources';

/** The action node: what can be done in Zenvia Sales, as its `resources` describe it. */
export class ZenviaSales implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Zenvia Sales',
		name: 'zenviaSales',
		icon: {
			light: 'file:../../icons/zenviaSales.svg',
			dark: 'file:../../icons/zenviaSales.dark.svg',
		},
		group: ['transform'],
		version: [1, 1.1, 1.2],
		defaultVersion: 1.2,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Work with leads, prospects and WhatsApp conversations in Zenvia Sales',
		defaults: { name: 'Zenvia Sales' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'zenviaSalesApi', required: true }],
		webhooks: sendAndWaitWebhooks,
		waitingNodeTooltip: waitingTooltip,
		hints: nodeHints(zenviaSales, resources),
		properties: nodeProperties(resources),
	};

	methods = methods;

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, zenviaSales, resources);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveAnswer(this);
	}
}
