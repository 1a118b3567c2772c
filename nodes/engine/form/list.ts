import type { INodeProperties } from 'n8n-workflow';
import { isNothing } from './empty';
import { cleaned, field, fieldError, type Item, type Property, readsAsMeant } from './fields';
import { fromText } from './json';
import { nameLike, plainText } from './text';
import { quote } from '../util/text';

type ReadEntry = (property: INodeProperties, text: string, item: Item) => string;

const trimmed: ReadEntry = (_, text) => text.trim();

const betweenTexts = /[,\n]/;
/** No name has a semicolon, which stands between addresses in e-mail programs and between cells in CSV files. */
const betweenNames = /[,;\n]/;

/**
 * A list of texts: a list from an expression, JSON text, or text with commas or line breaks between.
 * @param readEntry reads one of them
 * @param separator what stands between them in a text
 */
export function list<const Name extends string>(
	property: Property<Name>,
	readEntry: ReadEntry = trimmed,
	separator = betweenTexts,
) {
	return field(property, (raw, item): string[] => {
		const entries = entriesOf(property, raw, item, readsAsMeant(item) ? separator : betweenTexts);
		if (entries.some((entry) => typeof entry === 'object' && entry !== null)) {
			throw fieldError(property, 'is not a list of texts', 'Enter them separated by commas.');
		}
		return entries.map((entry) => readEntry(property, plainText(property, entry, item), item));
	});
}

/**
 * A list of IDs or addresses.
 * @param readEntry reads one of them
 */
export const nameList = <const Name extends string>(
	property: Property<Name>,
	readEntry: ReadEntry = nameLike,
) => list(property, readEntry, betweenNames);

function entriesOf(
	property: INodeProperties,
	raw: unknown,
	item: Item,
	separator: RegExp,
): unknown[] {
	const parsed = isJson(raw, item) ? fromText(property, raw) : raw;
	if (isNothing(parsed)) return [];
	const entries: unknown[] = Array.isArray(parsed)
		? parsed
		: typeof parsed === 'string'
			? split(property, parsed, item, separator)
			: [parsed];
	return entries
		.map((entry) => cleaned(property, entry, item))
		.filter((entry) => !isNothing(entry));
}

/** @throws UserError where brackets stand around several entries: parted, each would keep a half of them */
function split(property: INodeProperties, text: string, item: Item, separator: RegExp): string[] {
	const entries = text.split(separator);
	if (!readsAsMeant(item) || !/^\s*\[[^\]]*$/.test(entries[0] ?? '')) return entries;
	const hint = 'Enter them without brackets, or as JSON, as in ["a", "b"].';
	throw fieldError(property, `is ${quote(text)}, with brackets around several entries`, hint);
}

/** Whether a text is meant as a list in JSON: "[VIP] customer" is a tag. */
function isJson(raw: unknown, item: Item): boolean {
	if (typeof raw !== 'string' || !raw.trim().startsWith('[')) return false;
	return !readsAsMeant(item) || /^\s*\[\s*(?:["'[{\]]|[\d\s,.-]+\]\s*$)/.test(raw);
}
