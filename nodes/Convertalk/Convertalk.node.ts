import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { nodeHints } from '../engine/operation/nodeHints';
import { nodeProperties } from '../engine/operation/nodeProperties';
import { execute } from '../engine/operation/execute';
import { convertalk } from './vendor';
import { methods } from './listSearch/index';
import { resources } from './resources';

/** The action node: leads of Convertalk, as its `resources` describe them. */
export class Convertalk implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Convertalk',
		name: 'convertalk',
		icon: {
			light: 'file:../../icons/convertalk.svg',
			dark: 'file:../../icons/convertalk.dark.svg',
		},
		group: ['transform'],
		version: [1, 1.1],
		defaultVersion: 1.1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Read and update the leads of a chatbot in Convertalk (BotPenguin)',
		defaults: { name: 'Convertalk' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'convertalkApi', required: true }],
		hints: nodeHints(convertalk, resources),
		properties: nodeProperties(resources),
	};

	methods = methods;

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, convertalk, resources);
	}
}
