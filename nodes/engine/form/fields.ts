import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
	UserError,
} from 'n8n-workflow';
import type { Asked } from './lookup';
import { meant } from './empty';
import { spoilt, timeAsText } from './spoilt';

/** What a field may look at besides its own value. */
export interface Item {
	index: number;
	json: IDataObject;
	/** Whether an AI agent fills in the form, and so cannot leave a field out: it leaves it empty. */
	isTool?: boolean;
	context: IExecuteFunctions;
	/** The node's version; the newest if nothing is said. */
	version?: number;
	/**
	 * Says that a value was read differently from how it is written: once for the run, with all items it is so for.
	 * @param what goes on after the field's name, such as "is 45322, which was read as 2024-01-31"
	 */
	notice?(property: INodeProperties, what: string): void;
	/**
	 * Has the thing looked up that a value names by something other than its ID, before anything is sent. The field's
	 * value is that ID then, whatever it read.
	 */
	lookUp?(field: string, asked: Asked): void;
	/** What n8n resolved for another field of the form. */
	sibling?(name: string): unknown;
}

/** One question of an operation's form: how n8n shows it, and what its answer becomes. */
export interface Field<Name extends string = string, Value = unknown> {
	readonly name: Name;
	readonly property: INodeProperties;
	/** Another way to fill it in, of the same name, that n8n shows in its place. */
	readonly alternative?: INodeProperties;
	/** The first version of the node that shows `property`; older ones show the alternative. */
	readonly since?: number;
	/** The fields inside a set of optional ones. */
	readonly members?: readonly Field[];
	/** Fields that say how this one is read; they come behind it in the form. */
	readonly settings?: readonly Field[];
	/**
	 * What is listed, as in "prospect", where the field narrows a list down: one that was filled in and came out empty
	 * would find every one of them.
	 */
	readonly narrows?: string;
	/**
	 * @param raw what n8n resolved for one item
	 * @throws UserError with a sentence that names the field and says what to do
	 */
	read(raw: unknown, item: Item): Value;
}

/** The answers to a list of fields, by name. */
export type ValuesOf<Fields extends readonly Field[]> = {
	[F in Fields[number] as F['name']]: F extends Field<string, infer Value> ? Value : never;
};

/** n8n's description of a field whose name is known to the compiler. */
export type Property<Name extends string> = INodeProperties & { name: Name };

/** The first version of the nodes that reads values as what people mean; older ones do what they did. */
export const versionThatReads = 1.1;

/** Whether a value is read as what was meant: dates, flags, numbers and texts out of cells, and their errors. */
export const readsAsMeant = ({ version = versionThatReads }: Item): boolean =>
	version >= versionThatReads;

/**
 * A value as a reader wants it: a model's word for nothing is nothing, and a moment is ISO text.
 * @throws UserError for what stands for no value, such as #N/A and NaN
 */
export function cleaned(property: INodeProperties, raw: unknown, item: Item): unknown {
	const value = item.isTool ? meant(raw) : raw;
	if (!readsAsMeant(item)) return value;
	const wrong = spoilt(value);
	if (wrong) throw fieldError(property, wrong.what, wrong.hint);
	return timeAsText(value);
}

/** Makes a field from n8n's own description of it and a function that reads it. */
export function field<const Name extends string, Value>(
	property: Property<Name>,
	read: (raw: unknown, item: Item) => Value,
): Field<Name, Value> {
	return {
		name: property.name,
		property,
		read: (raw, item) => read(cleaned(property, raw, item), item),
	};
}

/** Lets a field narrow down what is found: an expression in it that comes out empty is refused. */
export const narrowing = <F extends Field>(found: string, narrow: F): F => ({
	...narrow,
	narrows: found,
});

/** A value that does not fit its field. Its parts are kept, so that one sentence can tell of many rows. */
export class FieldError extends UserError {
	/**
	 * @param field the field's name as the form shows it
	 * @param what what is wrong with the value, such as "is empty"
	 * @param hint a sentence
	 */
	constructor(
		readonly field: string,
		readonly what: string,
		readonly hint: string,
	) {
		super(`'${field}' ${what}. ${hint}`);
	}
}

/** "'First Name' is empty. Enter …": the sentence of a field that does not fit. */
export const fieldError = (
	{ displayName }: Pick<INodeProperties, 'displayName'>,
	what: string,
	hint: string,
): FieldError => new FieldError(displayName, what, hint);

/**
 * The sentence about a filter that came out empty: without it, all that is there would be found.
 * @param found what is listed, as in "prospect"
 */
export const emptyFilter = (property: INodeProperties, found: string, hint: string): UserError =>
	fieldError(property, `is empty, which would find every ${found}`, hint);

/** The end of a sentence that asks for a value: ", e.g. 7", where the form shows an example. */
export function example({ placeholder }: INodeProperties): string {
	return placeholder?.startsWith('e.g.') ? `, ${placeholder}` : '';
}
