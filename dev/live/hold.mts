import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import type { Confidence, Schema } from './contract.mts';
import type { Findings } from './findings.mts';

const ajv = new Ajv2020({ strict: false, allErrors: true });
// ajv-formats is CommonJS: what an ES module gets as its default is the module itself.
addFormatsModule.default(ajv);

/** What a value says of itself alone; what is inside of it is looked at by itself. */
const shallowKeywords = [
	'type',
	'enum',
	'const',
	'format',
	'pattern',
	'required',
	'minimum',
	'maximum',
	'minLength',
	'maxLength',
	'minItems',
	'maxItems',
];
/** The one that doubts most first. */
const doubts: Confidence[] = ['inferred', 'third-party', 'documented'];

const compiled = new WeakMap<Schema, { whole: ValidateFunction; shallow: ValidateFunction }>();

function validatorsOf(schema: Schema) {
	const known = compiled.get(schema);
	if (known) return known;
	const own = shallowKeywords.filter((key) => key in schema);
	const shallow = Object.fromEntries(own.map((key) => [key, schema[key]]));
	const validators = { whole: ajv.compile(schema), shallow: ajv.compile(shallow) };
	compiled.set(schema, validators);
	return validators;
}

/** What a value is, as JSON Schema calls it; of it, no more than this is ever kept. */
export function typeOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	return Number.isInteger(value) ? 'integer' : typeof value;
}

/**
 * Holds a value against a schema, field by field, and tells the findings what was seen: names and types.
 * @param path names of fields, [] for the records of a list, * where the name itself is data
 */
export function hold(
	schema: Schema,
	value: unknown,
	path: string,
	inherited: Confidence,
	findings: Findings,
): void {
	const parts = partsOf(schema, value);
	const confidence = confidenceOf(parts, inherited);
	findings.seen(path, confidence, typeOf(value));
	for (const part of parts) {
		const { shallow } = validatorsOf(part);
		if (shallow(value)) continue;
		for (const error of shallow.errors ?? []) {
			const { missingProperty: name } = error.params as { missingProperty?: string };
			const [field, marked] =
				name === undefined
					? [path, confidence]
					: [below(path, name), fieldConfidence(parts, name, confidence)];
			findings.differs(field, marked, problemOf(error, value, schema));
		}
	}
	if (Array.isArray(value)) holdItems(parts, value, path, confidence, findings);
	else if (typeof value === 'object' && value !== null) {
		holdFields(parts, value as Record<string, unknown>, path, confidence, findings);
	}
}

function holdItems(
	parts: Schema[],
	value: unknown[],
	path: string,
	confidence: Confidence,
	findings: Findings,
): void {
	const items = parts.map((part) => part.items).find((one) => one !== undefined);
	if (!items || typeof items !== 'object') return;
	if (value.length === 0) findings.untold(`${path}[]`, confidence, 'the list was empty');
	for (const one of value) hold(items, one, `${path}[]`, confidence, findings);
}

function holdFields(
	parts: Schema[],
	value: Record<string, unknown>,
	path: string,
	confidence: Confidence,
	findings: Findings,
): void {
	const known = new Map(parts.flatMap(({ properties = {} }) => Object.entries(properties)));
	for (const [name, schema] of known) {
		if (name in value) hold(schema, value[name], below(path, name), confidence, findings);
		else
			findings.untold(
				below(path, name),
				fieldConfidence(parts, name, confidence),
				'it was never there',
			);
	}
	const others = parts.map((part) => part.additionalProperties).find((one) => one !== undefined);
	// An object of which the contract says nothing is free.
	if (others === true || (known.size === 0 && others === undefined)) return;
	for (const [name, extra] of Object.entries(value)) {
		if (known.has(name)) continue;
		if (typeof others === 'object') hold(others, extra, below(path, '*'), confidence, findings);
		else {
			const problem = `not in the contract; ${typeOf(extra)}`;
			findings.differs(below(path, shown(name)), confidence, problem, typeOf(extra));
		}
	}
}

/** A schema and those that it is made of; of several that exclude each other, the one that is meant. */
function partsOf(schema: Schema, value: unknown): Schema[] {
	const { allOf = [], anyOf, oneOf } = schema;
	const choice = anyOf ?? oneOf;
	const chosen = choice && meant(choice, value);
	return [
		schema,
		...[...allOf, ...(chosen ? [chosen] : [])].flatMap((part) => partsOf(part, value)),
	];
}

/** The one that holds; else the one of this type, with the fewest names missing, that is broken least. */
function meant(choice: Schema[], value: unknown): Schema {
	const scores = choice.map((one) => ({ one, score: brokenness(one, value) }));
	const [first] = scores.sort((a, b) => {
		const step = a.score.findIndex((part, n) => part !== b.score[n]);
		return step < 0 ? 0 : (a.score[step] ?? 0) - (b.score[step] ?? 0);
	});
	return first?.one ?? {};
}

/** Zeros where it holds: whether the type is another, how many names are missing, how much is wrong. */
function brokenness(schema: Schema, value: unknown): number[] {
	const { whole } = validatorsOf(schema);
	const errors = whole(value) ? [] : (whole.errors ?? []);
	const atTop = (wanted: string) =>
		errors.filter(({ keyword, instancePath }) => keyword === wanted && instancePath === '').length;
	return [atTop('type'), atTop('required'), errors.length];
}

/** The mark that stands nearest; of several, the one that doubts most. */
function confidenceOf(parts: Schema[], inherited: Confidence): Confidence {
	const marks = parts.flatMap((part) => part['x-confidence'] ?? []);
	return doubts.find((one) => marks.includes(one)) ?? inherited;
}

function fieldConfidence(parts: Schema[], name: string, inherited: Confidence): Confidence {
	const own = parts.map((part) => part.properties?.[name]).filter((one) => one !== undefined);
	return confidenceOf(
		own.flatMap((field) => partsOf(field, undefined)),
		inherited,
	);
}

const below = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

/** A name that may be data itself, such as an id, an address or a sentence, is not shown. */
const shown = (name: string): string =>
	/^[A-Za-z_$][\w$-]{0,40}$/.test(name) && !/\d{4}|^[0-9a-f]{12,}$|^[a-z0-9]{24}$/i.test(name)
		? name
		: '*';

/** In words, from the schema alone: what the value was is left out, but for its type. */
function problemOf(error: ErrorObject, value: unknown, schema: Schema): string {
	const { keyword, params, message = keyword } = error;
	switch (keyword) {
		case 'required':
			return 'missing';
		case 'type':
			return `${typeOf(value)} in place of ${typesOf(schema).join(' or ')}`;
		case 'enum':
			return `another value than ${(params as { allowedValues: unknown[] }).allowedValues.join(', ')}`;
		case 'format':
			return `a text that is no ${(params as { format: string }).format}`;
		default:
			return message;
	}
}

/** All types that a schema lets through. */
function typesOf({ type = [], allOf = [], anyOf = [], oneOf = [] }: Schema): string[] {
	return [...new Set([...[type].flat(), ...[...allOf, ...anyOf, ...oneOf].flatMap(typesOf)])];
}
