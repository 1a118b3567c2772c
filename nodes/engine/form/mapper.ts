import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { isNothing } from './empty';
import { readEach } from './fieldErrors';
import { cleaned, field, fieldError, type Item, type Property, readsAsMeant } from './fields';
import { refuseRounded } from './text';
import { trimInvisible } from '../util/invisible';
import { isRecord, own } from '../util/json';
import { quote } from '../util/text';

/**
 * A resource mapper: the vendor's own columns, each filled by hand or from the input's columns of the
 * same name. Gives the filled ones by their id.
 * @throws UserError in read(), by the name of the column, about a value that is no text, number or yes and no
 */
export function mapper<const Name extends string>(property: Property<Name>) {
	return field(property, (raw, item): Record<string, unknown> => {
		if (isNothing(raw)) return {};
		if (!isRecord(raw))
			throw fieldError(property, 'is not a mapping', 'Map the columns in the form.');
		const { mappingMode, value, schema } = raw;
		const isAutomatic = mappingMode === 'autoMapInputData';
		if (isAutomatic) tellOfUnmapped(property, schema, item);
		const filled = isAutomatic ? fromInput(schema, item) : value;
		if (!isRecord(filled)) return {};
		const values = readEach(
			Object.entries(filled),
			([column, one]) =>
				[column, valueOf(titled(property, schema, column), one, item, property)] as const,
		);
		return Object.fromEntries(values.filter(([, one]) => !isNothing(one)));
	});
}

/** The property by the name of one of its columns. */
function titled(property: INodeProperties, schema: unknown, column: string): INodeProperties {
	const columns = Array.isArray(schema) ? schema.filter(isRecord) : [];
	const { displayName = column } = columns.find(({ id }) => String(id) === column) ?? {};
	return { ...property, displayName: String(displayName) };
}

/** @param mapper the property that has the column */
function valueOf(
	property: INodeProperties,
	raw: unknown,
	item: Item,
	mapper: INodeProperties,
): unknown {
	const value = cleaned(property, raw, item);
	if (typeof value === 'number' && readsAsMeant(item)) refuseRounded(property, value);
	if (typeof value !== 'object' || value === null) return value;
	const what = Array.isArray(value) ? 'is a list' : 'is an object';
	throw fieldError(property, what, `Map a column that holds text in '${mapper.displayName}'.`);
}

/** A column's `removed` is about the form only: n8n sets it on all columns that nobody added there by hand. */
function fromInput(schema: unknown, item: Item): Record<string, unknown> {
	const { json } = item;
	const alike = readsAsMeant(item) ? byShownName(json) : {};
	const find = (name: string) => own(json, name) ?? own(alike, shown(name));
	return Object.fromEntries(
		namesIn(schema).map(([id, title]) => [id, find(title) ?? find(id)] as const),
	);
}

/** The vendor's columns: the id of each, and its name in the form. */
const namesIn = (schema: unknown): Array<readonly [id: string, title: string]> =>
	(Array.isArray(schema) ? schema.filter(isRecord) : []).map(
		({ id, displayName }) => [String(id), String(displayName)] as const,
	);

/** Says what automatic mapping leaves out for its name alone, since the item ends well without it. */
function tellOfUnmapped(property: INodeProperties, schema: unknown, item: Item): void {
	const { notice, json } = item;
	if (!notice) return;
	const names = namesIn(schema);
	if (names.length === 0) {
		notice(property, 'knows no columns to fill: refresh them in the form');
		return;
	}
	const taken = new Set(names.flat().map(shown));
	const there = Object.keys(json).map(shown);
	if (!there.some((name) => taken.has(name)) && isInNone(item, taken))
		notice(property, 'found no column of its names in the input');
	const missing = names.map(([, title]) => title).filter((title) => !there.includes(shown(title)));
	for (const [name, value] of Object.entries(json)) {
		const title = missing.find((one) => loosely(one) === loosely(name));
		if (title !== undefined && !taken.has(shown(name)) && !isNothing(value))
			notice(
				property,
				`left out the column ${quote(name)}, which has to be called ${quote(title)}`,
			);
	}
}

/** Whether no item of a run has one of the columns; Extract from File leaves empty cells out of a row. */
function isInNone({ context }: Item, names: ReadonlySet<string>): boolean {
	const items = context.getInputData();
	const isFound =
		foundIn.get(items) ??
		items.some(({ json }) => Object.keys(json).some((name) => names.has(shown(name))));
	foundIn.set(items, isFound);
	return !isFound;
}

/** By the items of a run, whether one of them has one of the columns: a run has one mapping. */
const foundIn = new WeakMap<object, boolean>();

/** A column's name without what people write in more than one way: capitals, accents, and what parts the words. */
const loosely = (name: string): string =>
	name
		.normalize('NFKD')
		.replace(/[^\p{L}\p{N}]/gu, '')
		.toLowerCase();

/**
 * A column's name as a person sees it: a byte order mark clings to the first column of a file, blanks to any, and macOS
 * writes é as two characters.
 */
const shown = (name: string): string => trimInvisible(name).normalize('NFC');

const byShownName = (json: IDataObject): IDataObject =>
	Object.fromEntries(Object.entries(json).map(([name, value]) => [shown(name), value]));
