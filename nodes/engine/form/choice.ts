import type { INodeProperties } from 'n8n-workflow';
import { isNothing } from './empty';
import { cleaned, field, fieldError, type Item, type Property } from './fields';
import { refuseIfRequired } from './required';
import { referenceText } from './text';
import { quote } from '../util/text';

const optionValues = ({ options = [] }: INodeProperties): string[] =>
	options.flatMap((option) => ('value' in option ? [String(option.value)] : []));

function oneOf(property: INodeProperties, raw: unknown, item: Item): string {
	const value = referenceText(property, raw, item);
	const known = optionValues(property);
	if (value !== '' && known.length > 0 && !known.includes(value)) {
		throw fieldError(
			property,
			`is ${quote(value)}`,
			`Choose one of ${known.filter(Boolean).join(', ')}.`,
		);
	}
	return value;
}

/** One of the property's own options, or of a list that comes from the vendor. */
export function choice<const Name extends string>(property: Property<Name>) {
	return field(property, (raw, item) => oneOf(property, raw, item));
}

function listOf(raw: unknown): unknown[] {
	if (isNothing(raw)) return [];
	const all = Array.isArray(raw) ? raw : typeof raw === 'object' ? [raw] : String(raw).split(',');
	return all.filter((one) => !isNothing(one));
}

/** Several of them; a single text and a comma-separated one count as a list. */
export function choices<const Name extends string>(property: Property<Name>) {
	return field(property, (raw, item) => {
		const values = listOf(raw)
			.map((one) => cleaned(property, typeof one === 'string' ? one.trim() : one, item))
			.filter((one) => !isNothing(one))
			.map((one) => oneOf(property, one, item));
		if (values.length === 0) refuseIfRequired(property, 'Choose at least one.');
		return values;
	});
}
