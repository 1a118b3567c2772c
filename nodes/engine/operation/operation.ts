import { type IDataObject, UserError } from 'n8n-workflow';
import type { Field, ValuesOf } from '../form/fields';
import type { IfExists } from '../form/lookup';
import type { Pages } from '../pagination/pages';
import type { Newness } from '../polling/newness';
import type { Client } from '../http/client';
import type { Request } from '../http/request';
import type { Wait } from '../sendAndWait/question';
import { isRecord } from '../util/json';

/** What a person works with: a lead, a campaign. */
export interface Resource {
	name: string;
	value: string;
	operations: ReadonlyArray<Operation | BatchOperation>;
}

/** What comes back, and how it becomes records. */
export interface Output {
	/**
	 * Finds the records in an answer's body.
	 * @throws UserError when the body is not what the vendor documents
	 */
	records(body: unknown): IDataObject[];
	/** How the rest is read where one answer does not hold all; brings Return All and Limit with it. */
	pages?: Pages;
	/** How what is new is told from what was there; brings Only New Since Last Run with it. */
	newness?: Newness;
	/** The field with a record's date, of which a list that is returned as a file tells the first and the last. */
	date?: string;
	/** What Simplify leaves; brings the Simplify switch with it, which is on. */
	simplify?: Smaller;
	/** The same where the switch is on for an AI agent, which pays for every word, and off for a person. */
	simplifyForAgent?: Smaller;
	/** The same where the switch is off for both, since workflows had all fields before there was a switch. */
	simplifyIfAsked?: Smaller;
	/** What stands deep inside a record, on top and under a name of its own, for Simplify and Selected Fields. */
	flat?: Flat;
	/** All fields of a record, by the vendor's document. */
	fields?: readonly string[];
	/** Those that the form asks the vendor for by their names. */
	fieldsAsked?(values: Record<string, unknown>): readonly string[];
}

/** What every entry of a node's Operation list has: its names, its form, its answer. */
interface Entry<Fields extends readonly Field[]> {
	name: string;
	value: string;
	/** The sentence in n8n's list of actions, such as "Create lead". */
	action: string;
	description: string;
	fields: Fields;
	output: Output;
}

/** The fields that stay of a record, its ID first. */
export type Smaller = readonly string[];

/** Fields that are made of a record, and how. */
export interface Flat {
	names: readonly string[];
	of(record: IDataObject): IDataObject;
}

/** What an operation makes one of for each item, as in "send 10,000 messages". */
export interface Many {
	verb: string;
	/** Its plural ends in s. */
	thing: string;
	/** The first version of the node that has Most Items; older ones do what they did. */
	since: number;
}

/** An operation that asks once for each item. */
export interface Operation<
	Fields extends readonly Field[] = readonly Field[],
> extends Entry<Fields> {
	/** Pure: what has to be read of an item before it is known what is asked; nothing where that is known. */
	first?(values: ValuesOf<Fields>): Request | undefined;
	/**
	 * Pure: from the fields' values to what is asked. May throw a UserError about them.
	 * @param seen what was read first; nothing while the values are checked
	 */
	request(values: ValuesOf<Fields>, seen?: IDataObject): Request;
	/**
	 * What it writes, as goes on behind its action: "welcome to +55 11 91234-5678" behind "Send template". An operation
	 * without it only reads. Brings Dry Run with it.
	 * @param values what was named by something other than its ID, as it was entered
	 * @param request what would be sent
	 */
	writes?(values: ValuesOf<Fields>, request: Request): string;
	/** What it does for many people at once where nobody meant it; brings Most Items with it. */
	many?: Many;
	/** What is done where the person whom this would create is there; nothing where nobody asks. */
	ifExists?(values: ValuesOf<Fields>): IfExists | undefined;
	/**
	 * A last look at each record, to add a warning, to leave the record out by giving nothing, or to throw
	 * a UserError that fails the item.
	 * @param sent what was asked
	 */
	mapRecord?(record: IDataObject, values: ValuesOf<Fields>, sent: Request): IDataObject | undefined;
	/**
	 * What is said above the output of a record that is there and yet not what was asked for, so that nobody takes it
	 * for done: a sentence without its full stop; nothing where it is.
	 */
	notice?(record: IDataObject): string | undefined;
	/**
	 * What is asked further where one request cannot say it all, such as the same for each record of a list. Has to be
	 * repeatable: an item that fails half way may be run again.
	 * @param found the records of the first answer
	 * @returns the records that the item gives in place of them
	 */
	follow?(client: Client, found: IDataObject[], values: ValuesOf<Fields>): Promise<IDataObject[]>;
	/**
	 * Pure: what the request asks somebody, where the execution waits for the answer once it is sent. The node needs
	 * the webhooks of sendAndWait, and the operation its value.
	 */
	wait?(values: ValuesOf<Fields>): Wait;
}

/** An operation that asks for many items at once, and tells each its own answer. */
export interface BatchOperation<
	Fields extends readonly Field[] = readonly Field[],
> extends Entry<Fields> {
	/** Most items to one request. */
	batchSize: number;
	/** Pure: from the values of several items, in their order, to one request for all of them. */
	batch(all: ReadonlyArray<ValuesOf<Fields>>): Request;
	/** For each of `all`, in its order, what belongs to it among the records. */
	distribute(records: IDataObject[], all: ReadonlyArray<ValuesOf<Fields>>): IDataObject[][];
}

/** Lets TypeScript tell `request` the names and types of the operation's own fields. */
export function operation<const Fields extends readonly Field[]>(
	described: Operation<Fields>,
): Operation {
	return described as unknown as Operation;
}

/** The same for an operation that asks for many items at once. */
export function batchOperation<const Fields extends readonly Field[]>(
	described: BatchOperation<Fields>,
): BatchOperation {
	return described as unknown as BatchOperation;
}

/** How an answer's records are made smaller for a person and for an agent. */
export type OutputOptions = Pick<
	Output,
	'simplify' | 'simplifyForAgent' | 'simplifyIfAsked' | 'flat'
>;

/** The answer is one record, under a key or bare. */
export function one(key?: string, options: OutputOptions = {}): Output {
	return { ...options, records: (body) => [expectRecord(key ? at(body, key) : body, key)] };
}

/** The same of a list, how its pages are read, and the field with a record's date. */
type ListOptions = OutputOptions & Pick<Output, 'pages' | 'newness' | 'date'>;

/** The answer is a list of records, under a key or bare. */
export function many(key?: string, options: ListOptions = {}): Output {
	return { ...options, records: (body) => expectRecords(key ? at(body, key) : body, key) };
}

/** The answer is one record or a list: the vendor's document shows the one, its name says the other. */
export function oneOrMany(key: string, plural: string, options: OutputOptions = {}): Output {
	return {
		...options,
		records: (body) => {
			const found = Array.isArray(body) ? body : (at(body, key) ?? at(body, plural));
			if (found === undefined || found === null) return noneIn(body, key, plural);
			return Array.isArray(found) ? expectRecords(found, key) : [expectRecord(found, key)];
		},
	};
}

/** An answer that says that there is none, or nothing. @throws UserError where it says something else */
function noneIn(body: unknown, ...keys: string[]): IDataObject[] {
	const names = isRecord(body) ? Object.keys(body) : [];
	if (names.length > 0 && !keys.some((key) => names.includes(key))) throw unexpected(keys[0]);
	return [];
}

/** The answer says no more than that it went well; the item says so too, as n8n's own nodes do. */
export function done(record: IDataObject): Output {
	return { records: () => [{ ...record }] };
}

const at = (body: unknown, key: string): unknown => (isRecord(body) ? body[key] : undefined);

/** The sentence about an answer of another shape. @param key what it should hold; a record, if not said */
export const unexpected = (key?: string): UserError =>
	new UserError(
		`The answer holds no ${key === undefined ? 'record' : `"${key}"`}. The vendor may have changed its API: please report it.`,
	);

function expectRecord(found: unknown, key?: string): IDataObject {
	if (!isRecord(found)) throw unexpected(key);
	return found as IDataObject;
}

function expectRecords(found: unknown, key?: string): IDataObject[] {
	if (!Array.isArray(found) || !found.every(isRecord)) throw unexpected(key);
	return found as IDataObject[];
}
