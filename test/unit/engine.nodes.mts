import type { IBinaryKeyData, IDataObject, INodeExecutionData, INodeType } from 'n8n-workflow';

/** What the node is called that gives the items. */
export const startName = 'Items';

/** A node that gives these items, each with these files. */
export const source = (items: IDataObject[], binary?: IBinaryKeyData): INodeType => ({
	description: {
		displayName: startName,
		name: 'items',
		group: ['input'],
		version: 1,
		description: '',
		defaults: {},
		inputs: [],
		outputs: ['main'],
		properties: [],
	},
	execute: async () => [
		items.map((json) => ({ json, ...(binary && { binary }), pairedItem: { item: 0 } })),
	],
});

/** A node behind the one that is run, which may throw. */
export const behind = (
	then: (items: INodeExecutionData[]) => Promise<void> | void = () => {},
): INodeType => ({
	description: { ...source([]).description, name: 'behind', inputs: ['main'] },
	async execute() {
		await then(this.getInputData());
		return [this.getInputData()];
	},
});

/** The node as n8n makes a tool of it. */
export const toolOf = (node: INodeType): INodeType =>
	Object.assign(Object.create(node) as INodeType, {
		description: { ...node.description, name: `${node.description.name}Tool` },
	});
