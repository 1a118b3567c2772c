import { expect } from '@jest/globals';
import { itemsOf } from '../../dev/n8n/execution.mts';
import { nodeName, type NodeRunOptions, type TestN8n } from '../../dev/n8n/harness.mts';
import { chain, manualTrigger, type WorkflowNode } from '../../dev/n8n/workflow.mts';

type Options = Pick<NodeRunOptions, 'node' | 'typeVersion' | 'parameters' | 'credential'>;

/** n8n's own node that reads a file. */
const extract = (parameters: Record<string, unknown>): WorkflowNode => ({
	name: 'Read',
	type: 'n8n-nodes-base.extractFromFile',
	typeVersion: 1,
	parameters: { binaryPropertyName: 'data', ...parameters },
});

/** Reads a list into a file, and the file with n8n's own node. @returns the node's item, and what the file holds */
export async function readBack(
	{ n8n, node }: TestN8n,
	{ parameters, ...options }: Options,
	how: Record<string, unknown> = { operation: 'text', destinationKey: 'text', options: {} },
) {
	const file = node({
		...options,
		parameters: { ...parameters, returnAll: true, returnAs: 'file' },
	});
	const execution = await n8n.run(chain('A list as a file', [manualTrigger, file, extract(how)]));
	if (execution.error) throw new Error(execution.error.message);
	const [item] = itemsOf(execution, nodeName);
	return { item, read: itemsOf(execution, 'Read').map(({ json }) => json), execution };
}

/** Holds that a list as JSON Lines is, byte for byte, what its items are. @returns how many there are */
export async function expectSameRecords(test: TestN8n, options: Options): Promise<number> {
	const { items, error } = await test.runNode({
		...options,
		parameters: { ...options.parameters, returnAll: true },
	});
	expect(error).toBeUndefined();
	const lines = items.map(({ json }) => `${JSON.stringify(json)}\n`).join('');
	const { item, read } = await readBack(test, options);
	expect(read.map(({ text }) => text)).toEqual([lines]);
	expect(item?.json).toMatchObject({ count: items.length, bytes: Buffer.byteLength(lines) });
	return items.length;
}
