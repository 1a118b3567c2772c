import type { IDataObject, INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import type { Field, Item } from '../../nodes/engine/form/fields.ts';
import { fieldsOf } from '../../nodes/engine/operation/readForm.ts';
import type { BatchOperation, Operation } from '../../nodes/engine/operation/operation.ts';

/** One parameter of an operation, or a field inside one, that takes what a person enters. */
export interface Parameter {
	/** Such as `additionalFields.nin.number.type`. */
	name: string;
	/** The names that the form shows; a sentence about the parameter holds one of them. */
	titles: string[];
	type: INodeProperties['type'];
	/** Whether the operation can be run without it. */
	isOptional: boolean;
	/** The operation's parameters with a value in this one, and what has to be chosen for it to show. */
	put(value: unknown): IDataObject;
	/** Two values that the operation takes; the same twice where it takes one only. */
	benign: [unknown, unknown];
}

/** Values of which each field of each vendor takes one. No two lists share a value. */
const first: unknown[] = [
	'507f191e810c19729de860ea',
	'21248461',
	'myah@example.com',
	'https://linkedin.com/in/john-smith-123456',
	'https://example.com/a',
	'2026-01-31T09:30:00.000Z',
	'+55',
	'+55 11 98765-4321',
	'whatsapp',
	'data',
	'{"note":"b"}',
	'[{"title":"a","key":"k","type":"note"}]',
	3,
];
const second: unknown[] = [
	'60d5ec49f8d2b43a1c8e4b11',
	'77',
	'ana@example.org',
	'https://linkedin.com/in/jane-doe',
	'https://example.org/b',
	'2026-01-30T00:00:00.000Z',
	'+1',
	'+1 212 736 5000',
	'facebook',
	'other',
	'{"note":"c"}',
	'[{"title":"b","key":"l","type":"call"}]',
	2,
];
/** For what else an operation requires. */
const third: unknown[] = [
	'5f0c2b7a9d3e4f1a2b3c4d5e',
	'88',
	'zoe@example.net',
	'https://linkedin.com/in/zoe',
	'https://example.net/c',
	'2026-01-29T00:00:00.000Z',
	'+44',
	'+44 20 7946 0958',
	'instagram',
	'file',
	'{"note":"d"}',
	'[{"title":"c","key":"m","type":"question"}]',
	1,
];

/** The files of an item, for fields that name one. */
export const binary = Object.fromEntries(
	['data', 'other', 'file'].map((name) => [
		name,
		{ data: Buffer.from(name).toString('base64'), mimeType: 'text/plain', fileName: `${name}.txt` },
	]),
);

type Wrap = (value: unknown) => unknown;

interface Leaf {
	path: string[];
	titles: string[];
	property: INodeProperties;
	wrap: Wrap;
	/** What has to be chosen elsewhere for it to show. */
	choices: IDataObject;
}

/** Every parameter of an operation that takes texts, numbers, dates, JSON or a choice. */
export function parametersOf(operation: Operation | BatchOperation): Parameter[] {
	return fieldsOf(operation).flatMap((field) => {
		const forms = [field.property, ...(field.alternative ? [field.alternative] : [])];
		return forms
			.flatMap((property) => leavesOf(property).map((leaf) => parameterOf(field, leaf)))
			.map((parameter) => ({
				...parameter,
				put: (value: unknown) => withNeeded(operation, parameter.put(value)),
			}));
	});
}

/** What a choice shows, and asks for then, has a value too. */
function withNeeded(operation: Operation | BatchOperation, chosen: IDataObject): IDataObject {
	const needed = fieldsOf(operation).filter(({ name, property: { required, displayOptions } }) => {
		const by = Object.entries(displayOptions?.show ?? {}).filter(([one]) => !one.startsWith('@'));
		// An expression may come to the value that shows it.
		const isShown = by.every(
			([one, values]) =>
				values?.includes(chosen[one] as string) || String(chosen[one]).startsWith('='),
		);
		return required && by.length > 0 && isShown && !(name in chosen);
	});
	const values = needed.map((field) => {
		const [leaf] = leavesOf(field.property);
		return leaf ? [field.name, leaf.wrap(benignOf(field, leaf, third, 0))] : [];
	});
	return { ...chosen, ...(Object.fromEntries(values) as IDataObject) };
}

function parameterOf(field: Field, leaf: Leaf): Parameter {
	const { path, titles, property, wrap, choices } = leaf;
	return {
		name: path.join('.'),
		titles: [...titles, ...rowTitles(field)],
		type: property.type,
		isOptional: path.length > 1 || property.required !== true,
		put: (value) => ({ ...choices, [field.name]: wrap(value) as IDataObject[string] }),
		benign: [benignOf(field, leaf, first, 0), benignOf(field, leaf, second, 1)],
	};
}

/** JSON in place of rows is spoken of by the names of their fields. */
const rowTitles = ({ property, alternative }: Field): string[] =>
	alternative
		? ((property.options ?? []) as INodePropertyCollection[]).flatMap(({ values }) =>
				values.map(({ displayName }) => displayName),
			)
		: [];

function leavesOf(property: INodeProperties): Leaf[] {
	const { name, displayName, type } = property;
	// What takes no expression is a choice of the form's own, which no data reaches.
	if (property.noDataExpression && type !== 'resourceMapper') return [];
	const leaf = (end: string[], wrap: Wrap, titles = [displayName]): Leaf => ({
		path: [name, ...end],
		titles,
		property,
		wrap,
		choices: choicesOf(property),
	});
	switch (type) {
		case 'boolean':
		case 'notice':
			return [];
		case 'resourceLocator':
			return modesOf(property).map((mode) =>
				leaf([mode.name], (value) => ({ __rl: true, mode: mode.name, value })),
			);
		case 'resourceMapper': {
			const mapped = (value: unknown) => ({ mappingMode: 'defineBelow', value, schema: [] });
			const about = [displayName, 'ustom attribute', 'ariable', 'template'];
			return [
				leaf(['value'], (value) => mapped({ 51661: value }), about),
				leaf(['column'], (value) => mapped({ [safeText(value)]: 'a' }), about),
			];
		}
		case 'collection':
			return inner(property, (property.options ?? []) as INodeProperties[], (one) => one);
		case 'fixedCollection':
			return ((property.options ?? []) as INodePropertyCollection[]).flatMap(
				({ name: row, values }) =>
					inner(property, values, (one) => ({
						[row]: [{ ...requiredOf(values), ...(one as object) }],
					})),
			);
		default:
			return [leaf([], (value) => value)];
	}
}

/** What is looked up by phone or e-mail is no place of a request; test/unit/zenvia/prospectLocator.test.mts tries it. */
const modesOf = ({ modes = [] }: INodeProperties) =>
	modes.filter(({ name }) => name !== 'phone' && name !== 'email');

/** The leaves of the fields inside a collection or a row. */
function inner(outer: INodeProperties, fields: INodeProperties[], around: Wrap): Leaf[] {
	return fields.flatMap(leavesOf).map((leaf) => {
		const [own = ''] = leaf.path;
		return {
			...leaf,
			path: [outer.name, ...leaf.path],
			titles: [...leaf.titles, outer.displayName],
			wrap: (value) => around({ ...startOf(own, fields), [own]: leaf.wrap(value) }),
			choices: { ...choicesOf(outer), ...leaf.choices },
		};
	});
}

/** The end of a range wants its start. */
function startOf(name: string, fields: INodeProperties[]): object {
	const start = name.replace(/Before$/, 'After');
	const hasStart =
		start !== name && fields.some((one) => one.name === start && one.type === 'dateTime');
	return hasStart ? { [start]: '2026-01-20T00:00:00.000Z' } : {};
}

const requiredOf = (fields: INodeProperties[]): object =>
	Object.fromEntries(
		fields
			.filter(({ required }) => required)
			.map(({ name, type }) => [name, type === 'number' ? 1 : 'a']),
	);

/** A value of the choices that show a property: `/type` is the operation's own field `type`. */
function choicesOf({ displayOptions }: INodeProperties): IDataObject {
	const shown = Object.entries(displayOptions?.show ?? {});
	return Object.fromEntries(
		shown.map(([name, values]) => [name.replace(/^\//, ''), values?.[0] as IDataObject[string]]),
	);
}

/** A column's name is text, whatever was meant. */
function safeText(value: unknown): string {
	try {
		return String(value);
	} catch {
		return 'no text';
	}
}

/** What an operation cannot be run without. */
export function requiredBy(operation: Operation | BatchOperation): IDataObject {
	const required = operation.fields.filter(({ property }) => property.required);
	return Object.assign(
		{},
		...required.map((field) => {
			const leaf = leavesOf(field.property)[0];
			return leaf && { [field.name]: leaf.wrap(benignOf(field, leaf, third, 0)), ...leaf.choices };
		}),
	) as IDataObject;
}

/** The first value of a list, or of the property's own options, that the field reads without a word in the version that is attacked. */
function benignOf(
	field: Field,
	{ path, property, wrap }: Leaf,
	list: unknown[],
	option: number,
): unknown {
	const own = (property.options ?? []).flatMap((one) =>
		// A choice of nothing in particular is a filter that came out empty, where an expression gives it.
		'value' in one && one.value !== '' ? [one.value] : [],
	);
	const columns = path.at(-1) === 'column' ? [`5166${option}`] : [];
	const context = {
		getInputData: () => [{ json: {}, binary }],
		getTimezone: () => 'UTC',
	} as unknown as Item['context'];
	const fits = (candidate: unknown): boolean => {
		try {
			return field.read(wrap(candidate), { index: 0, json: {}, context, version: 1 }) !== undefined;
		} catch {
			return false;
		}
	};
	// A field takes any text; that it has to be an address or a dial code, the operation says.
	const shapes = {
		...{ emails: /@/, matchEmail: /@/ },
		...{ dialCode: /^\+\d{1,3}$/, matchPhone: /^\+\d+ / },
	};
	const shape = Object.entries(shapes).find(([name]) => name === path.at(-1))?.[1];
	// Nor that a moment has to come yet, and that some choices want more.
	const chosen: Record<string, unknown[]> = {
		maxDateAndTime: ['2096-01-31T09:30:00.000Z', '2096-01-30T09:30:00.000Z'],
		fieldType: ['text', 'textarea'],
	};
	const apt = chosen[path.at(-1) ?? ''] ?? [];
	const addresses = shape ? list.filter((one) => shape.test(String(one))) : [];
	const known = [...apt.slice(option), ...own.slice(option), ...own];
	const found = [...known, ...columns, ...addresses, ...list].find(fits);
	if (found !== undefined) return found;
	throw new Error(`No value fits ${path.join('.')}`);
}
