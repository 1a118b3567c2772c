import { standsForNone } from '../util/noValue';
import { quote } from '../util/text';
import { example, field, fieldError, type Property, readsAsMeant } from './fields';
import { pickedValue } from './empty';
import { nameLike, plainText } from './text';

/** The longest id that any vendor hands out is far below this; a longer one is a wrong column. */
const longestId = 512;

/** A number as a spreadsheet shows it, with its groups or a fraction, or several numbers in one cell. */
const parted = /^\d+(?:[.,;\s]+\d+)+$/;

/**
 * A thing's id: typed, from an expression (also as a number), or picked in a resource locator.
 * @param fits whether a text can be an id of the vendor's at all
 */
export function id<const Name extends string>(
	property: Property<Name>,
	fits: (value: string) => boolean = () => true,
) {
	return field(property, (raw, item) => {
		const picked = pickedValue(raw);
		const value = nameLike(property, plainText(property, picked, item), item);
		if (value.length > longestId) {
			throw fieldError(property, `has ${value.length} characters`, 'Enter the ID only.');
		}
		if (readsAsMeant(item) && parted.test(value)) {
			const what = `is ${quote(value)}, which has something between its digits`;
			throw fieldError(property, what, 'Enter one ID, without it.');
		}
		if (readsAsMeant(item) && /[\n\r\v\f\u2028\u2029]/.test(value)) {
			throw fieldError(property, `is ${quote(value)}, which has several lines`, 'Enter one ID.');
		}
		const isStep = value === '.' || value === '..' || !value.isWellFormed();
		const isNone = readsAsMeant(item) && standsForNone.test(value);
		if (isStep || isNone || (value !== '' && !fits(value))) {
			throw fieldError(
				property,
				`is ${quote(value)}, which is not a valid ID`,
				`Enter an ID${example(property)}.`,
			);
		}
		return value;
	});
}

/** Whether a text is a number as vendors count their records. */
export const isNumericId = (value: string): boolean => /^\d{1,18}$/.test(value);
