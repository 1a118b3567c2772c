import { isNothing } from './empty';
import { field, fieldError, type Property } from './fields';
import { fromText } from './json';
import { wellFormed } from './text';
import { isRecord } from '../util/json';

/** A list of texts: a list from an expression, JSON text, or text with commas or line breaks between. */
export function list<const Name extends string>(property: Property<Name>) {
	return field(property, (raw): string[] => {
		const parsed =
			typeof raw === 'string' && raw.trim().startsWith('[') ? fromText(property, raw) : raw;
		if (isNothing(parsed)) return [];
		const entries: unknown[] = Array.isArray(parsed)
			? parsed
			: isRecord(parsed)
				? [parsed]
				: String(parsed).split(/[,\n]/);
		if (entries.some((entry) => typeof entry === 'object' && entry !== null)) {
			throw fieldError(property, 'is not a list of texts', 'Enter them separated by commas.');
		}
		return entries
			.filter((entry) => !isNothing(entry))
			.map((entry) => wellFormed(property, String(entry)).trim());
	});
}
