import { example } from '../../dev/examples.mts';
import type { Execution } from '../../dev/n8n/execution.mts';
import { triggerOf, type Workflow, type WorkflowNode } from '../../dev/n8n/workflow.mts';
import type { Vendors } from './vendors.setup.mts';

/** The json of all items that a node gave, in all of its runs and on all of its outputs. */
export type Given = (node: string) => Array<Record<string, unknown>>;

/** Parameters by the name of the node. */
type Parameters = Record<string, Record<string, unknown>>;

/** What a person would pick in the list of a resource locator. */
export const picked = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });

/** An example with the credentials of the test, and what its sticky note asks for. */
export async function filledIn(
	vendors: Vendors,
	name: string,
	parameters: Parameters = {},
): Promise<Workflow> {
	const credentials = [...Object.values(vendors.credentials), vendors.formUsers];
	return await example(name, { credentials, parameters });
}

/**
 * Puts a stand-in in the place of a node of an outside service. It gives what the node would have been
 * told by these of its parameters, which n8n resolves as ever, and what the service would have answered.
 */
export function standIn(
	workflow: Workflow,
	name: string,
	told: string[],
	answered: object = {},
): void {
	const node = nodeOf(workflow, name);
	const entries = told.map((parameter) => {
		const value = String(node.parameters[parameter] ?? '');
		if (value === '') throw new Error(`${name} has no ${parameter}.`);
		return { id: parameter, name: parameter, value, type: 'string' };
	});
	const answers = Object.entries(answered).map(([key, value]) => ({
		id: key,
		name: key,
		value: `={{ ${JSON.stringify(value)} }}`,
		type: 'object',
	}));
	Object.assign(node, {
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: {
			assignments: { assignments: [...entries, ...answers] },
			includeOtherFields: told.length === 0,
			options: {},
		},
	});
	delete node.webhookId;
}

function nodeOf({ nodes }: Workflow, name: string): WorkflowNode {
	const node = nodes.find((one) => one.name === name);
	if (!node) throw new Error(`There is no node "${name}".`);
	return node;
}

/** What a form gives when a person fills it in. @throws Error where the form has no such field */
export function formOf(workflow: Workflow, answers: Record<string, string>): object {
	const { formFields } = triggerOf(workflow).parameters as {
		formFields: {
			values: Array<{ fieldLabel?: string; fieldName?: string; requiredField?: boolean }>;
		};
	};
	const fields = formFields.values.map(({ fieldLabel, fieldName }) => fieldLabel ?? fieldName);
	const unknown = Object.keys(answers).filter((name) => !fields.includes(name));
	if (unknown.length > 0) throw new Error(`The form has no field ${unknown.join(', ')}.`);
	return { ...Object.fromEntries(fields.map((name) => [name, ''])), ...answers };
}

/** An item as an upload in a form gives it: one file, under the name of the form's field. */
export class UploadedFile {
	readonly json = {};
	readonly binary: Record<string, object>;

	constructor(field: string, bytes: Buffer) {
		const data = bytes.toString('base64');
		this.binary = {
			[field]: { data, fileName: 'rows.csv', fileExtension: 'csv', mimeType: 'text/csv' },
		};
	}
}

/**
 * Runs an example by hand, from what is pinned to its nodes.
 * @param pinned by the node's name, the json of its items, or files; left out, what the example itself has pinned
 */
export async function runExample(
	{ tested }: Vendors,
	workflow: Workflow,
	pinned?: Record<string, object[]>,
): Promise<Given> {
	const pinData = pinned ? pinDataOf(workflow, pinned) : workflow.pinData;
	return given(
		await tested.n8n.run({ ...workflow, pinData }, { trigger: triggerNameOf(workflow) }),
	);
}

function pinDataOf(workflow: Workflow, pinned: Record<string, object[]>): Workflow['pinData'] {
	return Object.fromEntries(
		Object.entries(pinned).map(([name, items]) => [
			nodeOf(workflow, name).name,
			items.map((item) => (item instanceof UploadedFile ? { ...item } : { json: item })),
		]),
	);
}

/** Every example starts from a trigger, a schedule included. */
const triggerNameOf = (workflow: Workflow): string => triggerOf(workflow).name;

/** Publishes an example, lets something happen, and gives what the first execution gave. */
export async function publishExample(
	{ tested: { n8n } }: Vendors,
	workflow: Workflow,
	happen: (webhookUrl: string) => unknown,
): Promise<Given> {
	const saved = await n8n.createWorkflow(workflow);
	await n8n.activate(saved.id);
	try {
		await happen(`${n8n.url}/webhook/${String(triggerOf(workflow).webhookId)}/webhook`);
		const [newest] = await n8n.untilExecutions(saved.id, 1);
		return given(await n8n.execution(newest?.id ?? ''));
	} finally {
		await n8n.deactivate(saved.id);
	}
}

function given({ error, nodes }: Execution): Given {
	if (error) throw new Error(`${error.message} ${error.description ?? ''}`);
	return (name) =>
		(nodes[name] ?? []).flatMap(({ outputs }) => outputs.flat()).map(({ json }) => json);
}
