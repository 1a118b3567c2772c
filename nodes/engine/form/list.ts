import type { INodeProperties } from 'n8n-workflow';
import { isNothing } from './empty';
import { cleaned, field, fieldError, type Item, type Property, readsAsMeant } from './fields';
import { fromText } from './json';
import { nameLike, plainText } from './text';
import { isRecord } from '../util/json';

type ReadEntry = (property: INodeProperties, text: string, item: Item) => string;

const trimmed: ReadEntry = (_, text) => text.trim();

/**
 * A list of texts: a list from an expression, JSON text, or text with commas or line breaks between.
 * @param readEntry reads one of them
 */
export function list<const Name extends string>(
	property: Property<Name>,
	readEntry: ReadEntry = trimmed,
) {
	return field(property, (raw, item): string[] => {
		const entries = entriesOf(property, raw, item);
		if (entries.some((entry) => typeof entry === 'object' && entry !== null)) {
			throw fieldError(property, 'is not a list of texts', 'Enter them separated by commas.');
		}
		return entries.map((entry) => readEntry(property, plainText(property, entry, item), item));
	});
}

/** A list of IDs or addresses. */
export const nameList = <const Name extends string>(property: Property<Name>) =>
	list(property, nameLike);

function entriesOf(property: INodeProperties, raw: unknown, item: Item): unknown[] {
	const parsed = isJson(raw, item) ? fromText(property, raw) : raw;
	if (isNothing(parsed)) return [];
	const entries: unknown[] = Array.isArray(parsed)
		? parsed
		: isRecord(parsed)
			? [parsed]
			: String(parsed).split(/[,\n]/);
	return entries
		.map((entry) => cleaned(property, entry, item))
		.filter((entry) => !isNothing(entry));
}

/** Whether a text is meant as a list in JSON: "[VIP] customer" is a tag. */
function isJson(raw: unknown, item: Item): boolean {
	if (typeof raw !== 'string' || !raw.trim().startsWith('[')) return false;
	return !readsAsMeant(item) || /^\s*\[\s*(?:["'[{\]]|[\d\s,.-]+\]\s*$)/.test(raw);
}
