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
import { salesflow } from './vendor';
import { methods } from './listSearch/index';
import { resources } from './resources';

/** The action node: what can be done in Salesflow, as its `resources` describe it. */
export class Salesflow implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Salesflow',
		name: 'salesflow',
		icon: {
			light: 'file:../../icons/salesflow.svg',
			dark: 'file:../../icons/salesflow.dark.svg',
		},
		group: ['transform'],
		version: [1, 1.1, 1.2],
		defaultVersion: 1.2,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description:
			'Add leads to LinkedIn campaigns in Salesflow, start campaigns and read their numbers',
		defaults: { name: 'Salesflow' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'salesflowApi', required: true }],
		hints: nodeHints(salesflow, resources),
		properties: nodeProperties(resources),
	};

	methods = methods;

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, salesflow, resources);
	}
}
