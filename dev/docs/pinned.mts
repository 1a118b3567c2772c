import { type Item, itemsOf } from '../n8n/execution.mts';
import type { TestN8n } from '../n8n/harness.mts';
import { chain, isTrigger, type Workflow, type WorkflowNode } from '../n8n/workflow.mts';
import { simulatorsOf, type StartedVendor, type StartedVendors } from '../simulators.mts';

/** The triggers of this package in a workflow. */
export const ownTriggers = ({ nodes }: Workflow): WorkflowNode[] =>
	nodes.filter((node) => isTrigger(node) && node.type.startsWith('n8n-nodes-sales-engagement.'));

/**
 * What a trigger hands on in a real n8n where its vendor's simulator lets happen the first event that it waits for.
 * @param trigger as it stands in an example
 * @throws Error where nothing comes
 */
export async function handedOn(
	{ n8n, credential }: TestN8n,
	vendors: StartedVendors,
	trigger: WorkflowNode,
): Promise<Array<Item['json']>> {
	const { vendor, simulator, type, data } = vendorOf(vendors, trigger);
	const saved = await credential(type, data);
	const { events, ...parameters } = trigger.parameters;
	const first = Array.isArray(events) ? { events: events.slice(0, 1) as unknown[] } : {};
	const node = {
		...trigger,
		parameters: { ...parameters, ...first },
		credentials: { [type]: saved },
	};
	const workflow = chain(`Sample of ${trigger.name}`, [node, after]);
	const { happen } = vendor.kit;
	const { name, webhookId } = trigger;
	try {
		if (webhookId === undefined) {
			happen(simulator.vendor, '');
			return firstOf(itemsOf(await n8n.run(workflow, { trigger: name }), name));
		}
		const { id } = await n8n.createWorkflow(workflow);
		await n8n.activate(id);
		happen(simulator.vendor, `${n8n.url}/webhook/${String(webhookId)}/webhook`);
		const [execution] = await n8n.untilExecutions(id, 1);
		const items = itemsOf(await n8n.execution(execution?.id ?? ''), name);
		await n8n.deactivate(id);
		return firstOf(items);
	} finally {
		for (const one of simulatorsOf(vendors)) one.reset();
	}
}

const after = { name: 'After', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };

const firstOf = (items: Item[]): Array<Item['json']> => items.slice(0, 1).map(({ json }) => json);

function vendorOf(
	vendors: StartedVendors,
	{ name, credentials = {} }: WorkflowNode,
): StartedVendor {
	const own = Object.values(vendors).find(({ type }) => type in credentials);
	if (!own) throw new Error(`${name} is no trigger of a vendor.`);
	return own as unknown as StartedVendor;
}
