import { readFile } from 'node:fs/promises';
import { OpenAPIBackend } from 'openapi-backend';
import type { Document } from 'openapi-backend';
import { parse } from 'yaml';

/** How sure the contract is of something: unmarked is the vendor's own word. */
export type Confidence = 'inferred' | 'third-party' | 'documented';

/** A JSON Schema as OpenAPI 3.1 has it, without references. */
export interface Schema {
	type?: string | string[];
	properties?: Record<string, Schema>;
	required?: string[];
	items?: Schema;
	additionalProperties?: boolean | Schema;
	allOf?: Schema[];
	anyOf?: Schema[];
	oneOf?: Schema[];
	enum?: unknown[];
	const?: unknown;
	format?: string;
	'x-confidence'?: Confidence;
	[keyword: string]: unknown;
}

/** An answer that the contract knows. */
export interface Documented {
	content?: Record<string, { schema?: Schema }>;
	'x-may-be-empty'?: boolean;
	'x-confidence'?: Confidence;
}

export interface Parameter {
	name: string;
	in: string;
	required?: boolean;
}

/** An operation of the contract, with all that stands above it. */
export interface ContractOperation {
	id: string;
	method: string;
	path: string;
	parameters: Parameter[];
	responses: Record<string, Documented>;
	confidence: Confidence;
}

interface Item {
	parameters?: Parameter[];
	[method: string]: unknown;
}

interface RawOperation {
	operationId?: string;
	parameters?: Parameter[];
	responses?: Record<string, Documented>;
	'x-confidence'?: Confidence;
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/** Reads the operations of an OpenAPI document, in its order. */
export async function readContract(url: URL): Promise<ContractOperation[]> {
	const definition = parse(await readFile(url, 'utf8'), { merge: true }) as Document;
	// The library resolves the references; nothing is validated by it here.
	const api = new OpenAPIBackend({ definition, quick: true, validate: false });
	await api.init();
	const paths = Object.entries(api.definition.paths ?? {}) as unknown as Array<[string, Item]>;
	return paths.flatMap(([path, item]) =>
		methods
			.filter((method) => method in item)
			.map((method) => {
				const {
					operationId = '',
					parameters = [],
					responses = {},
					...raw
				} = item[method] as RawOperation;
				return {
					id: operationId,
					method: method.toUpperCase(),
					path,
					parameters: [...(item.parameters ?? []), ...parameters],
					responses,
					confidence: raw['x-confidence'] ?? 'documented',
				};
			}),
	);
}
