import { isNothing } from './empty';
import { field, fieldError, type Property } from './fields';
import { quote } from '../util/text';

/** A number within the bounds of its own typeOptions; undefined where nothing was entered. */
export function number<const Name extends string>(property: Property<Name>) {
	return field(property, (raw) => {
		if (isNothing(raw)) {
			if (property.required) throw fieldError(property, 'is empty', 'Enter a number.');
			return undefined;
		}
		const value = typeof raw === 'string' ? Number(raw.trim() || Number.NaN) : raw;
		const {
			minValue = -Infinity,
			maxValue = Infinity,
			numberPrecision,
		} = property.typeOptions ?? {};
		const whole = numberPrecision === 0;
		if (
			typeof value !== 'number' ||
			!Number.isFinite(value) ||
			(whole && !Number.isInteger(value))
		) {
			throw fieldError(property, `is ${quote(raw)}`, `Enter a ${whole ? 'whole ' : ''}number.`);
		}
		if (value < minValue || value > maxValue) {
			const bounds =
				maxValue === Infinity ? `${minValue} or more` : `from ${minValue} to ${maxValue}`;
			throw fieldError(property, `is ${value}`, `Enter a number ${bounds}.`);
		}
		return value;
	});
}
