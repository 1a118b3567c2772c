import { readFile } from 'node:fs/promises';
import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';
import { parse } from 'yaml';
import type { RequestRecord } from '../../dev/kit/simulator.mts';
import { vendorOf, vendors } from '../../dev/vendors.mts';
import { credentialsOf, type WorkflowNode } from '../../dev/n8n/workflow.mts';
import { fieldsOf } from '../../nodes/engine/operation/readForm.ts';
import type { BatchOperation, Operation } from '../../nodes/engine/operation/operation.ts';

/** A request in plain English, and what is right for it. */
export interface AgentRequest {
	request: string;
	/** Name of one of this package's action nodes, such as `saleswhale`. */
	node: string;
	resource: string;
	operation: string;
	/** What the tool is called where it is another way to do the same, such as "Send message by phone number". */
	tool?: string;
	/** What whoever makes the tool chooses in it, so that the model does not. */
	chosen?: Record<string, unknown>;
	/**
	 * The node's parameters that the model fills in, by their names; those inside others are nested. A resource locator
	 * takes an ID, or {by, value, is}: the way in which the tool names it, the value, and what that comes to; another
	 * field whose value reaches the vendor as something else takes {value, is}.
	 */
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
	/** What the vendor is asked with in place of it: the ID of what is looked up. */
	is?: unknown;
	/** The way in which a resource locator names it. */
	mode?: INodePropertyMode;
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
	const fields = fieldsOf(operationOf(request)).map(({ property }) => property);
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
	const { by = 'id', ...said } = isNamed(value) ? value : { value };
	if (property.type !== 'resourceLocator') return [{ path, property, ...said }];
	const mode = property.modes?.find(({ name }) => name === by);
	if (!mode) throw new Error(`${property.name} is not named by "${by}".`);
	return [{ path: [...path, 'value'], property, mode, ...said }];
}

/** A value that stands for somebody, and the ID that it comes to. */
interface Named {
	/** How a resource locator is named. */
	by?: string;
	value: unknown;
	is: unknown;
}

const isNamed = (value: unknown): value is Named =>
	typeof value === 'object' && value !== null && 'is' in value;

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
function told({ property, mode }: Argument, resource: string): string {
	const { description = '', options = [] } = property;
	const placeholder = property.placeholder ?? mode?.placeholder;
	const way = mode && mode.name !== 'id' ? mode.displayName : '';
	const values = options.flatMap((option) => ('value' in option ? [String(option.value)] : []));
	const choices = values.length > 0 ? `One of ${values.filter(Boolean).join(', ')}` : '';
	const plain = description.replace(/<[^>]+>/g, '') || `${property.displayName} of the ${resource}`;
	return [plain, way, placeholder, choices].filter(Boolean).join('. ');
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
	`${request.tool ?? operationOf(request).action} in ${vendorOf(request.node).title}`;

/** The tool that an agent is given for a request: the node with what the model fills in. */
export function toolNode(
	request: AgentRequest,
	credential: { type: string; id: string; name: string },
	all: AgentRequest[] = [request],
): WorkflowNode {
	const { node, resource, operation, tool, chosen } = request;
	const name = toolName(request);
	const described = tool
		? { descriptionType: 'manual', toolDescription: name }
		: { descriptionType: 'auto' };
	const parameters: Record<string, unknown> = { ...described, resource, operation, ...chosen };
	for (const each of ofSameTool(request, all)) {
		for (const argument of argumentsOf(each)) place(parameters, argument, resource);
	}
	return {
		name,
		type: `n8n-nodes-sales-engagement.${node}Tool`,
		typeVersion: vendorOf(node).node.description.defaultVersion ?? 1,
		parameters,
		credentials: credentialsOf(credential),
	};
}

/** Puts an argument's expression where its path leads, with what n8n saves around it. */
function place(parameters: Record<string, unknown>, argument: Argument, resource: string): void {
	const { path, property, mode } = argument;
	let at: Record<string | number, unknown> = parameters;
	path.slice(0, -1).forEach((step, index) => {
		at[step] ??= typeof path[index + 1] === 'number' ? [] : {};
		at = at[step] as Record<string, unknown>;
	});
	at[path.at(-1) ?? ''] = fromAi(argument, resource);
	const top = parameters[path[0] ?? ''];
	if (property.type === 'resourceLocator') Object.assign(at, { __rl: true, mode: mode?.name });
	if (property.type === 'resourceMapper') Object.assign(top as object, columns);
}

/** What n8n saves beside the columns of a resource mapper. */
const columns = { mappingMode: 'defineBelow', matchingColumns: [] };

/** The requests that one tool is for. */
const ofSameTool = (one: AgentRequest, all: AgentRequest[]): AgentRequest[] =>
	all.filter((other) => toolName(other) === toolName(one));

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

/** Whether a vendor was asked for the operation with all that a request's arguments say or come to. */
export function isAsked(request: AgentRequest, received: readonly RequestRecord[]): boolean {
	const said = argumentsOf(request).filter(({ path }) => path[0] !== 'limit');
	return received.some(({ operationId, path, query, body, status }) => {
		const sent = JSON.stringify([path, query, body]);
		const isComplete = said.every(({ value, is = value }) =>
			sent.includes(JSON.stringify(is).slice(1, -1)),
		);
		return operationId === request.asks && status < 300 && isComplete;
	});
}

/** A tool's parameters with an item's columns in place of what a model says, so that no model is needed. */
export function fromItem(parameters: Record<string, unknown>): Record<string, unknown> {
	const read = JSON.stringify(parameters, (_, value: unknown) => {
		const [, key] = /^=\{\{ \$fromAI\('(\w+)'/.exec(typeof value === 'string' ? value : '') ?? [];
		return key === undefined ? value : `={{ $json["${key}"] }}`;
	});
	return JSON.parse(read) as Record<string, unknown>;
}
