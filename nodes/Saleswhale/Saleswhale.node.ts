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
import { saleswhale } from './vendor';
import { methods } from './listSearch/index';
import { resources } from './resources';

/** The action node: what can be done in Saleswhale, as its `resources` describe it. */
export class Saleswhale implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Saleswhale',
		name: 'saleswhale',
		icon: {
			light: 'file:../../icons/saleswhale.svg',
			dark: 'file:../../icons/saleswhale.dark.svg',
		},
		group: ['transform'],
		version: [1, 1.1],
		defaultVersion: 1.1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Create and enrol leads, follow conversations in Saleswhale (6sense AI Email)',
		defaults: { name: 'Saleswhale' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'saleswhaleApi', required: true }],
		hints: nodeHints(saleswhale, resources),
		properties: nodeProperties(resources),
	};

	methods = methods;

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, saleswhale, resources);
	}
}
