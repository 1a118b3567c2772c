import { toIsoDate } from './checks';
import { isNothing } from './empty';
import { field, fieldError, type Property } from './fields';
import { quote } from '../util/text';

/** A moment, as ISO 8601 in UTC; undefined where nothing was entered. Without a zone, it is in the workflow's. */
export function date<const Name extends string>(property: Property<Name>) {
	return field(property, (raw, { context }) => {
		if (isNothing(raw)) {
			if (property.required) throw fieldError(property, 'is empty', 'Pick a date.');
			return undefined;
		}
		const moment = toIsoDate(raw, context.getTimezone());
		if (moment === undefined) {
			throw fieldError(
				property,
				`is ${quote(raw)}, which is not a valid date`,
				'Pick one, or enter it as in 2026-01-31 or 2026-01-31T09:30:00Z.',
			);
		}
		return moment;
	});
}
