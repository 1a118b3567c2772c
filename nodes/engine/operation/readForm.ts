import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	UserError,
} from 'n8n-workflow';
import { isEmpty, isNothing, meant } from '../form/empty';
import { emptyFilter, fieldError, type Field, type Item, readsAsMeant } from '../form/fields';
import type { Asked } from '../form/lookup';
import { flag } from '../form/flag';
import { number } from '../form/number';
import { readEach } from '../form/fieldErrors';
import {
	columnOf,
	elsewhere,
	expressionsIn,
	inside,
	isComposed,
	refuseSpoiltParts,
	type Written,
} from './expressions';
import { cellsOf, isRow } from './emptyRow';
import { guardedFields } from './guardRails';
import { Notices } from './notices';
import { onlyNewFields } from './onlyNewFields';
import type { BatchOperation, Operation } from './operation';
import { returnAsFields } from './returnAs';
import { simplifyFields } from './simplify';

const returnAll = flag({
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
});

const limit = number({
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	default: 50,
	typeOptions: { minValue: 1, numberPrecision: 0 },
	displayOptions: { show: { returnAll: [false] } },
	description: 'Max number of results to return',
});

/** Whether a field is in the form of an AI agent's tool, or in a person's. */
function isShownTo({ property: { displayOptions } }: Field, isTool: boolean): boolean {
	const hidden = isTool ? displayOptions?.hide : displayOptions?.show;
	return hidden?.['@tool'] === undefined;
}

/** All fields of an operation's form: its own with their settings, and those that its answer brings with it. */
export function fieldsOf({
	fields: own,
	output,
	...guarded
}: Pick<Operation, 'fields' | 'output' | 'writes' | 'many'>): readonly Field[] {
	const fields = [
		...new Set(own.flatMap((each) => [each, ...(each.settings ?? [])])),
		...(output.pages ? [returnAll, limit, ...returnAsFields] : []),
		...onlyNewFields(output),
		...simplifyFields(output),
	];
	return guardedFields(fields, guarded);
}

/** Whether an AI agent runs the node: n8n then runs it under a type of its own. */
export const isTool = (context: IExecuteFunctions): boolean =>
	context.getNode().type.endsWith('Tool');

/**
 * Reads a form item by item. What holds no expression is the same for all items and resolved once; a plain
 * column of the input is taken from it. n8n's own evaluation of an expression costs more than a request.
 */
export class Form {
	private readonly fields: readonly Field[];
	private readonly items: readonly INodeExecutionData[];
	private readonly constants = new Map<string, unknown>();
	/** The column that a field's expression names, by the field's name. */
	private readonly columns = new Map<string, string>();
	/** The expressions that the form holds, by the field's name. */
	private readonly expressions = new Map<string, readonly Written[]>();
	/** Those of them that put texts together. */
	private readonly composed = new Map<string, readonly Written[]>();
	/** Whether an expression reads something else than the item, so that an empty item says nothing of the row. */
	readsElsewhere = false;
	private readonly context: IExecuteFunctions;
	private readonly notices: Notices;
	private readonly isTool: boolean;
	private readonly version: number;
	/** Whether some item has several columns. */
	private hasColumns?: boolean;

	/** @param notices takes what was read differently from how it was written */
	constructor(
		context: IExecuteFunctions,
		operation: Operation | BatchOperation,
		notices = new Notices(),
	) {
		this.context = context;
		this.notices = notices;
		this.items = context.getInputData();
		this.isTool = isTool(context);
		this.version = context.getNode().typeVersion;
		this.fields = fieldsOf(operation)
			.filter((each) => isShownTo(each, this.isTool))
			.map((each) => shownIn(each, this.version));
		for (const { name, property } of this.fields) {
			const raw = context.getNodeParameter(name, 0, property.default, { rawExpressions: true });
			const expressions = expressionsIn(raw);
			if (expressions.length > 0) this.expressions.set(name, expressions);
			this.composed.set(name, expressions.filter(isComposed));
			this.readsElsewhere ||= expressions.length > 0 && elsewhere.test(JSON.stringify(raw));
			const column = columnOf(raw);
			if (column !== undefined) this.columns.set(name, column);
			else if (expressions.length === 0) this.constants.set(name, this.resolve(property, 0));
		}
	}

	/**
	 * @param lookups takes what the values name by something other than an ID, by the field's name
	 * @returns the fields' values for one item, by name
	 * @throws UserError with a sentence about each field that does not fit
	 */
	read(index: number, lookups = new Map<string, Asked>()): Record<string, unknown> {
		const { context, isTool, version } = this;
		const json = this.items[index]?.json ?? {};
		const item: Item = {
			index,
			json,
			context,
			isTool,
			notice: ({ displayName: field }, what) => this.notices.add({ index, field, what }),
			version,
			lookUp: (name, asked) => lookups.set(name, asked),
			sibling: (name) => this.sibling(name, item),
		};
		const values = readEach(this.fields, (field) => {
			const { name, property, read } = field;
			const value = named(property, () => {
				const raw = this.raw(property, item);
				this.refuseEmptied(field, raw);
				if (readsAsMeant(item)) refuseSpoiltParts(property, this.composed.get(name) ?? [], raw);
				return read(this.orDefault(property, raw), item);
			});
			return [name, value] as const;
		});
		return Object.fromEntries(values);
	}

	/**
	 * Whether an item is an empty row of a table, such as ";;;;" in a CSV file: several columns, none with a value.
	 * Extract from File leaves empty cells out, so that such a row has no column at all while others have. A single
	 * column may be the one that was needed, and a filter that comes out empty is refused.
	 */
	isEmptyRow(index: number): boolean {
		const { json = {}, binary } = this.items[index] ?? {};
		const cells = cellsOf(json);
		if (!cells.every(isNothing) || binary) return false;
		if (cells.length === 1 || (cells.length === 0 && !this.isTable())) return false;
		const item: Item = { index, json, context: this.context, version: this.version };
		if (this.isTool || !readsAsMeant(item) || this.expressions.size === 0) return false;
		return [...this.expressions.keys()].every((name) => this.fieldOf(name)?.narrows === undefined);
	}

	/** Whether all that an item is asked for by expressions comes to nothing. */
	mapsNothing(index: number): boolean {
		const { json = {} } = this.items[index] ?? {};
		const item: Item = { index, json, context: this.context, version: this.version };
		return [...this.expressions].every(([name, all]) => {
			const field = this.fieldOf(name);
			if (!field) return false;
			const raw = this.raw(field.property, item);
			return all.every(({ path }) => isEmpty(inside(raw, path)));
		});
	}

	private fieldOf(name: string | undefined): Field | undefined {
		return this.fields.find((each) => each.name === name);
	}

	private isTable(): boolean {
		this.hasColumns ??= this.items.some(({ json }) => isRow(json) || cellsOf(json).length > 1);
		return this.hasColumns;
	}

	private sibling(name: string, item: Item): unknown {
		const field = this.fieldOf(name);
		if (!field) return undefined;
		const { property } = field;
		return named(property, () => this.orDefault(property, this.raw(property, item)));
	}

	private raw(property: INodeProperties, { index, json }: Item): unknown {
		if (this.constants.has(property.name)) return this.constants.get(property.name);
		const column = this.columns.get(property.name);
		const value = column !== undefined && Object.hasOwn(json, column) ? json[column] : undefined;
		// Anything but plain text and numbers is n8n's to resolve, and so is what is not there.
		return isPlain(value) ? value : this.resolve(property, index);
	}

	/** A field that narrows a list may be left empty in the form; what was put into it may not come out empty. */
	private refuseEmptied({ name, property, narrows }: Field, raw: unknown): void {
		if (narrows === undefined || this.isTool || !isEmpty(raw)) return;
		const isLeftEmpty = this.constants.has(name) && (typeof raw !== 'string' || raw === '');
		if (!isLeftEmpty) throw emptyFilter(property, narrows, 'Clear the field if that is meant.');
	}

	/**
	 * What an expression does not find leaves the field as the form shows it at first, and so does an empty choice, be it
	 * by a model's word for nothing; a required field says that it is empty.
	 */
	private orDefault({ type, required, default: atFirst }: INodeProperties, raw: unknown): unknown {
		const said = this.isTool ? meant(raw) : raw;
		const isMissing =
			said === undefined || said === null || (takesNoText.has(type) && isNothing(said));
		return isMissing && !required ? atFirst : raw;
	}

	private resolve({ name, default: fallback }: INodeProperties, index: number): unknown {
		return this.context.getNodeParameter(name, index, fallback);
	}
}

/** A field as a version of the node shows it. */
function shownIn(each: Field, version: number): Field {
	const { since = version, alternative: property } = each;
	return property && version < since ? { ...each, property } : each;
}

/**
 * What n8n throws where an expression cannot be resolved, and JavaScript where a value holds itself or too
 * many levels, does not say which field it is about.
 */
function named<T>(property: INodeProperties, read: () => T): T {
	try {
		return read();
	} catch (thrown) {
		throw about(property, thrown);
	}
}

function about(property: INodeProperties, thrown: unknown): UserError {
	if (thrown instanceof UserError) return thrown;
	const { name, message } = thrown instanceof Error ? thrown : new Error(String(thrown));
	const why = name === 'RangeError' ? 'It holds itself, or too many levels' : message.slice(0, 200);
	return fieldError(property, 'cannot be read', `${why.replace(/\.$/, '')}.`);
}

/** A choice or a number that is empty says nothing; an empty text may be meant. */
const takesNoText = new Set<INodeProperties['type']>(['options', 'number']);

const isPlain = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';
