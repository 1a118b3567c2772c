import { readFile } from 'node:fs/promises';
import type { INodeProperties } from 'n8n-workflow';
import { parse } from 'yaml';
import { vendorOf, vendors } from '../../dev/vendors.mts';
import { credentialsOf, type WorkflowNode } from '../../dev/n8n/workflow.mts';
import { fieldsOf } from '../../nodes/engine/operation/form.ts';
import type { BatchOperation, Operation } from '../../nodes/engine/operation/operation.ts';

/** A request in plain English, and what is right for it. */
export interface AgentRequest {
	request: string;
	/** Name of one of this package's action nodes, such as `saleswhale`. */
	node: string;
	resource: string;
	operation: string;
	/** The node's parameters that the model fills in, by their names; those inside others are nested. */
	arguments: Record<string, unknown>;
	/** Id of the contract's operation that the vendor has to be asked for. */
	asks: string;
}

/** One argument: where it goes, and how the model is told of it. */
export interface Argument {
	/** The name that the model sees. */
	key: string;
	/** From the node's parameters down; numbers are rows. */
	path: Array<string | number>;
	property: INodeProperties;
	value: unknown;
}

/** All requests; `{name}` in them stands for an id that only the account knows. */
export async function readRequests(ids: Record<string, string> = {}): Promise<AgentRequest[]> {
	const all = vendors.map(async ({ name: node, contract }) => {
		const text = await readFile(new URL('requests.yaml', contract), 'utf8');
		const filled = text.replace(/\{([a-z]\w+)\}/g, (whole, name: string) => ids[name] ?? whole);
		return (parse(filled) as Array<Omit<AgentRequest, 'node'>>).map((one) => ({ node, ...one }));
	});
	return (await Promise.all(all)).flat();
}

/** The operation that a request names. @throws Error where the node has none of this name */
export function operationOf({
	node,
	resource,
	operation,
}: AgentRequest): Operation | BatchOperation {
	const found = vendorOf(node)
		.resources.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);
	if (!found) throw new Error(`${node} has no operation "${operation}" for "${resource}".`);
	return found;
}

/** A request's arguments, each with the node's own property. @throws Error where the node has none */
export function argumentsOf(request: AgentRequest): Argument[] {
	// The tools are nodes of the first version.
	const fields = fieldsOf(operationOf(request)).map(
		({ property, since, alternative }) => (since && alternative) || property,
	);
	const found = Object.entries(request.arguments).flatMap(([name, value]) =>
		leaves(named(fields, name, request), [name], value, request),
	);
	return found.map((one, index) => {
		const key = keyOf(one.property);
		const earlier = found.slice(0, index).filter(({ property }) => keyOf(property) === key).length;
		return { ...one, key: earlier > 0 ? `${key}_${earlier + 1}` : key };
	});
}

const keyOf = ({ displayName }: INodeProperties): string =>
	displayName.replace(/ \(.*\)| Name or ID$/, '').replace(/\W+/g, '_');

type Leaf = Omit<Argument, 'key'>;

function leaves(
	property: INodeProperties,
	path: Leaf['path'],
	value: unknown,
	request: AgentRequest,
): Leaf[] {
	if (property.type === 'collection') {
		const options = property.options as INodeProperties[];
		return Object.entries(value as object).flatMap(([name, inner]) =>
			leaves(named(options, name, request), [...path, name], inner, request),
		);
	}
	if (property.type === 'fixedCollection') {
		const [row] = property.options as Array<{ name: string; values: INodeProperties[] }>;
		if (!row) throw new Error(`${property.name} has no rows.`);
		return (value as object[]).flatMap((one, index) =>
			Object.entries(one).flatMap(([name, inner]) => {
				const place = [...path, row.name, index, name];
				return leaves(named(row.values, name, request), place, inner, request);
			}),
		);
	}
	if (property.type === 'resourceMapper') {
		return Object.entries(value as object).map(([name, inner]: [string, unknown]) => ({
			path: [...path, 'value', name],
			property: { ...property, displayName: name },
			value: inner,
		}));
	}
	return [
		{ path: property.type === 'resourceLocator' ? [...path, 'value'] : path, property, value },
	];
}

function named(
	properties: INodeProperties[],
	name: string,
	request: AgentRequest,
): INodeProperties {
	const found = properties.find((property) => property.name === name);
	if (found) return found;
	throw new Error(
		`${request.node}, ${request.resource}: ${request.operation} has no field "${name}".`,
	);
}

const aiTypes: Record<string, string> = { boolean: 'boolean', number: 'number', json: 'json' };

/** What the model is told of an argument: what it is, an example, and what it may be. */
function told({ property }: Argument, resource: string): string {
	const { description = '', modes = [], options = [] } = property;
	const placeholder = property.placeholder ?? modes.find(({ name }) => name === 'id')?.placeholder;
	const values = options.flatMap((option) => ('value' in option ? [String(option.value)] : []));
	const choices = values.length > 0 ? `One of ${values.filter(Boolean).join(', ')}` : '';
	const plain = description.replace(/<[^>]+>/g, '') || `${property.displayName} of the ${resource}`;
	return [plain, placeholder, choices].filter(Boolean).join('. ');
}

const typeOf = ({ property }: Argument): string => aiTypes[property.type] ?? 'string';

/** `={{ $fromAI(…) }}`, as the editor's button "Let the model define this parameter" writes it. */
const fromAi = (argument: Argument, resource: string): string =>
	`={{ $fromAI('${argument.key}', ${JSON.stringify(told(argument, resource))}, '${typeOf(argument)}') }}`;

/** The arguments of a request's tool as the model sees them, in JSON Schema. */
export const schemaOf = (request: AgentRequest, all: AgentRequest[] = [request]) =>
	Object.fromEntries(
		ofSameTool(request, all)
			.flatMap(argumentsOf)
			.map((one) => [one.key, { type: typeOf(one), description: told(one, request.resource) }]),
	);

/** What the editor calls a tool: "Create lead in Saleswhale". */
export const toolName = (request: AgentRequest): string =>
	`${operationOf(request).action} in ${vendorOf(request.node).title}`;

/** The tool that an agent is given for a request: the node with what the model fills in. */
export function toolNode(
	request: AgentRequest,
	credential: { type: string; id: string; name: string },
	all: AgentRequest[] = [request],
): WorkflowNode {
	const { node, resource, operation } = request;
	const parameters: Record<string, unknown> = { descriptionType: 'auto', resource, operation };
	for (const each of ofSameTool(request, all)) {
		for (const argument of argumentsOf(each)) place(parameters, argument, resource);
	}
	return {
		name: toolName(request),
		type: `n8n-nodes-sales-engagement.${node}Tool`,
		typeVersion: 1,
		parameters,
		credentials: credentialsOf(credential),
	};
}

/** Puts an argument's expression where its path leads, with what n8n saves around it. */
function place(parameters: Record<string, unknown>, argument: Argument, resource: string): void {
	const { path, property } = argument;
	let at: Record<string | number, unknown> = parameters;
	path.slice(0, -1).forEach((step, index) => {
		at[step] ??= typeof path[index + 1] === 'number' ? [] : {};
		at = at[step] as Record<string, unknown>;
	});
	at[path.at(-1) ?? ''] = fromAi(argument, resource);
	const top = parameters[path[0] ?? ''];
	if (property.type === 'resourceLocator') Object.assign(at, { __rl: true, mode: 'id' });
	if (property.type === 'resourceMapper') Object.assign(top as object, columns);
}

/** What n8n saves beside the columns of a resource mapper. */
const columns = { mappingMode: 'defineBelow', matchingColumns: [] };

/** The requests that one tool is for. */
const ofSameTool = (one: AgentRequest, all: AgentRequest[]): AgentRequest[] =>
	all.filter(
		({ node, resource, operation }) =>
			node === one.node && resource === one.resource && operation === one.operation,
	);

/** What a model that gets a request right hands to its tool: what was not said is left empty. */
export function modelArguments(
	request: AgentRequest,
	all: AgentRequest[] = [request],
): Record<string, unknown> {
	const offered = ofSameTool(request, all)
		.flatMap(argumentsOf)
		.map(({ key }) => [key, '']);
	const said = argumentsOf(request).map(({ key, value }) => [key, value]);
	return Object.fromEntries([...offered, ...said]) as Record<string, unknown>;
}
