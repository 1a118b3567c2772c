import type { ErrorObject } from 'ajv';
import type { Operation } from 'openapi-backend';
import type { Json, UploadedFile, Violation } from './types.mts';

/** The part of a request body or a response that says what its content is. */
export interface Content {
	content?: Record<string, { schema?: object }>;
	/** OpenAPI has no word for a body that comes or not. */
	'x-may-be-empty'?: boolean;
}

interface FormSchema {
	required?: string[];
	properties?: Record<string, { format?: string }>;
}

/** The names of the files that a multipart body must have. */
export function requiredFiles(operation: Operation): string[] {
	const content = (operation.requestBody as Content | undefined)?.content;
	const schema = content?.['multipart/form-data']?.schema as FormSchema | undefined;
	return (schema?.required ?? []).filter((name) => schema?.properties?.[name]?.format === 'binary');
}

/** What is wrong with a body beside its schema: not documented, of another type, without a file. */
export function bodyViolations(
	operation: Operation,
	body: unknown,
	mediaType: string | undefined,
	files: string[],
): Violation[] {
	const missing = files.filter((name) => !isFile((body as Json | undefined)?.[name]));
	const violations = missing.map((name) => inBody('required', `The file ${name} is missing`));
	if (body === undefined) return violations;
	const content = (operation.requestBody as Content | undefined)?.content;
	if (!content) return [inBody('undocumented', `${operation.operationId} takes no body`)];
	if (mediaType === undefined || !(mediaType in content)) {
		const documented = Object.keys(content).join(' or ');
		const message = `The body is ${mediaType ?? 'of no type'}, not ${documented}`;
		violations.unshift(inBody('media-type', message));
	}
	return violations;
}

function inBody(keyword: string, message: string): Violation {
	return { where: 'body', pointer: '', keyword, message };
}

/** A JSON Schema sees a file as a binary string; its bytes are of no concern to it. */
export function withoutBytes(body: unknown): unknown {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
	const entries = Object.entries(body);
	if (!entries.some(([, value]) => isFile(value))) return body;
	return Object.fromEntries(entries.map(([key, value]) => [key, isFile(value) ? '' : value]));
}

function isFile(value: unknown): value is UploadedFile {
	return (
		typeof value === 'object' && value !== null && 'bytes' in value && Buffer.isBuffer(value.bytes)
	);
}

const places: Record<string, Violation['where']> = {
	path: 'path',
	query: 'query',
	header: 'header',
	cookie: 'header',
	requestBody: 'body',
};

/** An error of the library's validators as a violation. */
export function toViolation(error: ErrorObject): Violation {
	const missing = (error.params as { missingProperty?: string }).missingProperty;
	// A body that is missing altogether is reported at the root of the library's wrapper.
	const [, first = missing ?? '', ...rest] = error.instancePath.split('/');
	const where = places[first] ?? 'body';
	const pointer = rest.length > 0 ? `/${rest.join('/')}` : '';
	return { where, pointer, keyword: error.keyword, message: describe(error) };
}

/** An error in words, with what was not allowed. */
export function describe(error: ErrorObject): string {
	const { additionalProperty, allowedValues } = error.params as Record<string, unknown>;
	const allowed = Array.isArray(allowedValues) ? allowedValues.join(', ') : '';
	const detail = String(additionalProperty ?? allowed);
	return `${error.instancePath} ${error.message ?? error.keyword} ${detail}`.trim();
}
