import { isRecord } from '../../../nodes/engine/util/json.ts';

/** The part of JSON Schema that the contracts use, with their references resolved. */
export interface Schema {
	type?: string | string[];
	properties?: Record<string, Schema>;
	items?: Schema;
	allOf?: Schema[];
	oneOf?: Schema[];
	anyOf?: Schema[];
	const?: unknown;
	enum?: unknown[];
	examples?: unknown[];
	example?: unknown;
	format?: string;
	minimum?: number;
}

/** A schema may hold itself, as a group holds groups; so deep it is followed. */
const deepest = 8;

const texts: Record<string, string> = {
	'date-time': '2026-01-31T09:30:00.000Z',
	date: '2026-01-31',
	email: 'nathan@example.com',
	uri: 'https://example.com/',
};

/**
 * Values that fit a schema: so many that each of its alternatives, of each of its parts, is in one of them.
 * The first value has everything filled in.
 */
export function samples(schema: Schema, depth = 0): unknown[] {
	if (depth > deepest) return [];
	if (schema.allOf) {
		const { allOf, ...own } = schema;
		return samples(merged([own, ...allOf]), depth);
	}
	const { oneOf, anyOf, ...own } = schema;
	const alternatives = oneOf ?? anyOf;
	if (alternatives) return alternatives.flatMap((one) => samples(merged([own, one]), depth + 1));
	const known = schema.const ?? schema.example ?? schema.examples?.[0] ?? schema.enum?.[0];
	const types = [schema.type ?? (schema.properties ? 'object' : [])].flat();
	// What the contract leaves open is left open.
	if (types.length === 0) return known === undefined ? [] : [known];
	return types.flatMap((type) => ofType(type, schema, known, depth));
}

function ofType(type: string, schema: Schema, known: unknown, depth: number): unknown[] {
	if (type === 'null') return [null];
	if (type === 'array') return [samples(schema.items ?? {}, depth + 1).map(withOwnId)];
	if (type === 'object') return objects(schema.properties ?? {}, depth);
	if (type === 'string')
		return [typeof known === 'string' ? known : (texts[schema.format ?? ''] ?? 'text')];
	if (type === 'boolean') return [typeof known === 'boolean' ? known : true];
	return [typeof known === 'number' ? known : (schema.minimum ?? 1)];
}

/** Two of a list have no ID in common, or the node would take them for one that came twice. */
const withOwnId = (one: unknown, n: number): unknown =>
	isRecord(one) && typeof one.id === 'number' ? { ...one, id: one.id + n } : one;

/** The first object holds the first sample of each property, the second the second ones, and so on. */
function objects(properties: Record<string, Schema>, depth: number): unknown[] {
	const columns = Object.entries(properties).map(
		([name, schema]) => [name, samples(schema, depth + 1)] as const,
	);
	const count = Math.max(1, ...columns.map(([, values]) => values.length));
	return Array.from({ length: count }, (_, n) =>
		Object.fromEntries(
			columns
				.filter(([, values]) => values.length > 0)
				.map(([name, values]) => [name, n < values.length ? values[n] : values[0]]),
		),
	);
}

const merged = (all: Schema[]): Schema =>
	all
		.map((one) => (one.allOf ? merged([{ ...one, allOf: undefined }, ...one.allOf]) : one))
		.reduce((sum, one) => ({
			...sum,
			...one,
			properties: { ...sum.properties, ...one.properties },
		}));
