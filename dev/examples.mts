import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TOP } from './n8n/runtime.mts';
import type { SavedCredential, Workflow } from './n8n/workflow.mts';

/** How an example is made fit for one account: what its sticky note asks a person to fill in. */
export interface FillIn {
	/** For each type of credential that the example uses, the one to use. */
	credentials: SavedCredential[];
	/** Parameters of nodes, by the node's name. */
	parameters?: Record<string, Record<string, unknown>>;
}

/**
 * Reads a workflow of the folder `examples` and fills in what its sticky note asks for.
 * @param name the file's name without `.json`
 */
export async function example(
	name: string,
	{ credentials, parameters = {} }: FillIn = { credentials: [] },
): Promise<Workflow> {
	const text = await readFile(join(TOP, 'examples', `${name}.json`), 'utf8');
	const workflow = JSON.parse(text) as Workflow;
	for (const node of workflow.nodes) {
		Object.assign(node.parameters, parameters[node.name]);
		for (const type of Object.keys(node.credentials ?? {})) {
			const own = credentials.find((credential) => credential.type === type);
			if (own && node.credentials) node.credentials[type] = { id: own.id, name: own.name };
		}
	}
	return workflow;
}
