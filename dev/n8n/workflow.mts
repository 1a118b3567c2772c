import { webhookTriggerVersion } from '../../nodes/engine/webhook/trigger.ts';

/** A node in a workflow, as the editor exports it. */
export interface WorkflowNode {
	id?: string;
	name: string;
	type: string;
	typeVersion: number;
	position?: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
	[field: string]: unknown;
}

/** A workflow, as the editor exports it. */
export interface Workflow {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	pinData?: Record<string, unknown>;
}

/** A workflow that n8n has saved. */
export interface SavedWorkflow extends Workflow {
	id: string;
	versionId: string;
	active: boolean;
	isArchived?: boolean;
}

/** A credential that n8n has saved. */
export interface SavedCredential {
	id: string;
	name: string;
	type: string;
}

/**
 * The version of a node of this package whose form tests fill in, told by its name there; where the editor gives a
 * new node a later one, a test says so.
 */
export const versionOf = (name: string): number =>
	/(?<!Poll|^convertalk)Trigger$/.test(name) ? webhookTriggerVersion : 1;

/** What a person starts by hand; items can be pinned to it. */
export const manualTrigger: WorkflowNode = {
	name: 'Start',
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
	parameters: {},
};

/** A node's credentials, where one is all that it has. */
export const credentialsOf = ({
	id,
	name,
	type,
}: SavedCredential): WorkflowNode['credentials'] => ({
	[type]: { id, name },
});

/** Joins nodes to a workflow in which each is followed by the next. */
export function chain(name: string, nodes: WorkflowNode[]): Workflow {
	const connections = Object.fromEntries(
		nodes
			.slice(0, -1)
			.map((node, index) => [
				node.name,
				{ main: [[{ node: nodes[index + 1]?.name, type: 'main', index: 0 }]] },
			]),
	);
	const placed = nodes.map((node, index) => ({
		id: `node-${index + 1}`,
		position: [index * 220, 0] as [number, number],
		...node,
	}));
	return { name, nodes: placed, connections, settings: { executionOrder: 'v1' } };
}

/** Whether a node starts workflows, told by its type's name. */
export function isTrigger({ type }: WorkflowNode): boolean {
	return /trigger$|\.webhook$/i.test(type);
}

/** The node that the editor would start from: the first enabled trigger. */
export function triggerOf({ name, nodes }: Workflow): WorkflowNode {
	const trigger = nodes.find((node) => isTrigger(node) && node.disabled !== true);
	if (!trigger) throw new Error(`The workflow "${name}" has no trigger to start from.`);
	return trigger;
}

/**
 * Gives the same items to each of several nodes; n8n runs one after the other, from top to bottom, also where one fails.
 * @param items pinned to the start; an empty one if not said
 */
export function sideBySide(
	name: string,
	nodes: WorkflowNode[],
	items: Array<{ json: object; binary?: object }> = [{ json: {} }],
): Workflow {
	const placed = [manualTrigger, ...nodes].map((node, n) => ({
		...{ id: `node-${n}`, position: [n === 0 ? 0 : 300, n * 100] as [number, number] },
		...(n > 0 && { onError: 'continueRegularOutput' }),
		...node,
	}));
	const behind = nodes.map((node) => ({ node: node.name, type: 'main', index: 0 }));
	const connections = { [manualTrigger.name]: { main: [behind] } };
	const pinData = { [manualTrigger.name]: items };
	return { name, nodes: placed, connections, settings: { executionOrder: 'v1' }, pinData };
}
