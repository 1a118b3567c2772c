import {
	type IExecuteFunctions,
	type INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import { sentenceOf } from '../http/apiError';
import type { Vendor } from '../http/vendor';
import { quote } from '../util/text';
import { isTool } from './readForm';
import type { BatchOperation, Operation, Resource } from './operation';
import { Run } from './run';

/**
 * Runs the chosen operation for every input item: bounded concurrency, answers in the order of the
 * items, each linked to the item it belongs to.
 * @throws NodeApiError or NodeOperationError for the first item that did not end well, unless the node
 * is set to continue, or an AI agent runs it: what is thrown ends an agent's run in n8n 1.x, and in 2.x
 * the agent is told the first half of it
 */
export async function execute(
	context: IExecuteFunctions,
	vendor: Vendor,
	resources: readonly Resource[],
): Promise<INodeExecutionData[][]> {
	try {
		const chosen = chosenOperation(context, resources);
		const list = String(context.getNodeParameter('resource', 0));
		const items = await new Run(context, vendor, chosen, list).execute();
		return [isTool(context) && items.length === 0 ? [nothingFound] : items];
	} catch (thrown) {
		return [[toldAgent(context, thrown)]];
	}
}

/** n8n tells an AI agent of no items with an empty text, which reads as if the tool were broken. */
const nothingFound: INodeExecutionData = {
	json: { result: 'Nothing was found.' },
	pairedItem: { item: 0 },
};

/** @throws what was thrown, unless it is for an AI agent to act on */
function toldAgent(context: IExecuteFunctions, thrown: unknown): INodeExecutionData {
	const isSentence = thrown instanceof NodeApiError || thrown instanceof NodeOperationError;
	const isEnded =
		context.getExecutionCancelSignal()?.aborted || context.getNode().onError === 'stopWorkflow';
	if (!isTool(context) || !isSentence || isEnded) throw thrown;
	return { json: { error: sentenceOf(thrown) }, pairedItem: { item: 0 } };
}

function chosenOperation(
	context: IExecuteFunctions,
	resources: readonly Resource[],
): Operation | BatchOperation {
	const resource = context.getNodeParameter('resource', 0);
	const operation = context.getNodeParameter('operation', 0);
	const chosen = resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);
	if (chosen) return chosen;
	const what = `There is no operation ${quote(operation)} for ${quote(resource)}`;
	throw new NodeOperationError(context.getNode(), what, { description: 'Choose one in the node.' });
}
