import { readFile } from 'node:fs/promises';
import type { Options, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { OpenAPIBackend } from 'openapi-backend';
import type { Document, Operation, Request } from 'openapi-backend';
import { parse } from 'yaml';
import type { Json, Violation } from './types.mts';
import {
	bodyViolations,
	describe,
	requiredFiles,
	toViolation,
	withoutBytes,
} from './violations.mts';
import type { Content } from './violations.mts';

// ajv-formats is CommonJS: what an ES module gets as its default is the module itself.
const addFormats = addFormatsModule.default;

/** A request as the contract is asked about it. */
export interface Incoming {
	method: string;
	path: string;
	query: Json;
	headers: Record<string, string | string[] | undefined>;
	body: unknown;
	mediaType: string | undefined;
}

/** What the contract says of a request. */
export interface Reading {
	operationId: string | undefined;
	params: Json;
	query: Json;
	violations: Violation[];
}

interface Schemes {
	[name: string]: { type?: string; in?: string; name?: string };
}

interface WebhookItem {
	post?: { requestBody?: Content };
}

/** An OpenAPI 3.1 document with its validators: routes requests, checks them and their answers. */
export class Contract {
	private static readonly loaded = new Map<string, Promise<Contract>>();
	private readonly roots: string[];
	private readonly operations: Map<string, Operation>;
	private readonly webhooks = new Map<string, ValidateFunction>();
	/** Required files of multipart bodies, which the library leaves out of what it checks. */
	private readonly files: Map<string, string[]>;

	private constructor(private readonly api: OpenAPIBackend) {
		const { definition, router } = api;
		// The host differs here, the path of each environment does not: /api/v1 and /v1 are both served.
		this.roots = (definition.servers ?? [])
			.map(({ url }) => new URL(url, 'http://localhost').pathname.replace(/\/$/, ''))
			.sort((a, b) => b.length - a.length);
		if (this.roots.length === 0) this.roots.push('');
		const operations = router.getOperations().map((operation) => this.withKeys(operation));
		// The library gathers its operations anew several times for each request; once is enough.
		router.getOperations = () => operations;
		this.operations = new Map(operations.map((one) => [one.operationId ?? '', one]));
		router.getOperation = (id) => this.operations.get(id);
		this.files = new Map(operations.map((one) => [one.operationId ?? '', requiredFiles(one)]));
	}

	/**
	 * Reads and compiles the document at `url`, once in a process, since it takes some 400 ms.
	 * Throws where a schema in it cannot be compiled.
	 */
	static async load(url: URL): Promise<Contract> {
		const known = Contract.loaded.get(url.href) ?? Contract.compile(url);
		Contract.loaded.set(url.href, known);
		return known;
	}

	private static async compile(url: URL): Promise<Contract> {
		const definition = parse(await readFile(url, 'utf8'), { merge: true }) as Document;
		const compilers = new Map<string, Ajv2020>();
		// OpenAPI 3.1 speaks JSON Schema 2020-12; one compiler for each purpose saves most of the start.
		const compiler = (options: Options, purpose: string): Ajv2020 => {
			const known = compilers.get(purpose);
			if (known) return known;
			// Every breach is wanted, not the first; a type list is 3.1's way to say "or null".
			const ajv = new Ajv2020({ ...options, strict: false, allErrors: true });
			addFormats(ajv);
			compilers.set(purpose, ajv);
			return ajv;
		};
		const api = new OpenAPIBackend({
			definition,
			// Quick leaves out the check of the document itself, which the linter does better.
			quick: true,
			coerceTypes: true,
			ignoreTrailingSlashes: false,
			customizeAjv: (_ajv, options, purpose) => compiler(options, purpose),
		});
		await api.init();
		const contract = new Contract(api);
		const { webhooks = {} } = api.definition as { webhooks?: Record<string, WebhookItem> };
		for (const [name, { post }] of Object.entries(webhooks)) {
			const schema = post?.requestBody?.content?.['application/json']?.schema;
			if (schema) contract.webhooks.set(name, compiler({}, 'webhook').compile(schema));
		}
		for (const id of contract.operations.keys()) {
			api.validator.getRequestValidatorsForOperation(id);
			api.validator.getStatusBasedResponseValidatorForOperation(id);
		}
		return contract;
	}

	/** The ids of all operations. */
	get operationIds(): string[] {
		return [...this.operations.keys()];
	}

	/** Finds the operation of a request and every way in which the request breaks the contract. */
	read(incoming: Incoming): Reading {
		const { method, query, headers, body, mediaType } = incoming;
		const operation = this.match(method, incoming.path);
		if (!operation) {
			const message = `The contract has no ${method} ${incoming.path}`;
			const violations: Violation[] = [{ where: 'route', pointer: '', keyword: 'route', message }];
			return { operationId: undefined, params: {}, query, violations };
		}
		const path = this.withoutRoot(incoming.path) ?? '';
		const files = this.files.get(operation.operationId ?? '') ?? [];
		const violations = bodyViolations(operation, body, mediaType, files);
		try {
			const request = { method, path, query, headers, body: withoutBytes(body) } as Request;
			const { errors, coerced } = this.api.validator.validateRequest(request, operation);
			for (const error of errors ?? []) violations.push(toViolation(error));
			return {
				operationId: operation.operationId,
				// Coerced only where they are valid; else as they were sent.
				params: (coerced?.params ??
					this.api.router.parseRequest(request, operation).params) as Json,
				query: (coerced?.query ?? query) as Json,
				violations,
			};
		} catch (error) {
			// A path whose percent-encoding is broken cannot be decoded.
			if (!(error instanceof URIError)) throw error;
			violations.push({ where: 'path', pointer: '', keyword: 'encoding', message: error.message });
			return { operationId: operation.operationId, params: {}, query, violations };
		}
	}

	/** What is wrong with an answer, '' if nothing is. */
	answerFaults(operationId: string, status: number, body: unknown): string {
		const documented = this.response(operationId, status);
		if (!documented) return `the contract has no status ${status} for ${operationId}`;
		if (!documented.content) {
			return body === undefined ? '' : `the contract has no body for ${status} of ${operationId}`;
		}
		if (body === undefined && documented['x-may-be-empty']) return '';
		if (!('application/json' in documented.content)) return '';
		const { errors } = this.api.validator.validateResponse(body, operationId, status);
		return errors ? errors.map((error) => describe(error)).join('; ') : '';
	}

	/** What the contract says of an answer with this status, undefined if nothing. */
	response(operationId: string, status: number): Content | undefined {
		const responses = (this.operations.get(operationId)?.responses ?? {}) as Record<
			string,
			Content
		>;
		const range = `${Math.floor(status / 100)}XX`;
		return responses[status] ?? responses[range] ?? responses['default'];
	}

	/** Throws unless `payload` is what the `webhooks` section says of the event `name`. */
	checkWebhook(name: string, payload: unknown): void {
		const validate = this.webhooks.get(name);
		if (!validate) throw new Error(`The contract has no webhook ${name}`);
		if (validate(payload)) return;
		const faults = (validate.errors ?? []).map((error) => describe(error)).join('; ');
		throw new Error(`A webhook ${name} breaks the contract: ${faults}`);
	}

	private match(method: string, path: string): Operation | undefined {
		const relative = this.withoutRoot(path);
		if (relative === undefined) return undefined;
		return this.api.router.matchOperation({ method, path: relative, headers: {} });
	}

	private withoutRoot(path: string): string | undefined {
		const root = this.roots.find((one) => path.startsWith(`${one}/`));
		return root === undefined ? undefined : path.slice(root.length);
	}

	/** Lets the API keys of the security schemes into the query, where only parameters may be. */
	private withKeys(operation: Operation): Operation {
		const schemes = (this.api.definition.components?.securitySchemes ?? {}) as Schemes;
		const keys = (operation.security ?? [])
			.flatMap((requirement) => Object.keys(requirement))
			.map((name) => schemes[name])
			.filter((scheme) => scheme?.type === 'apiKey' && scheme.in === 'query')
			.map((scheme) => ({ name: scheme?.name ?? '', in: 'query', schema: { type: 'string' } }));
		return { ...operation, parameters: [...(operation.parameters ?? []), ...keys] } as Operation;
	}
}
