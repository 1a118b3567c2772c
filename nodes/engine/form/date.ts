import { toIsoDate } from './checks';
import { isNothing } from './empty';
import { field, fieldError, type Item, type Property, readsAsMeant } from './fields';
import { isNoDate, type Moment, readMoment } from './moment';
import { refuseIfRequired } from './required';
import { quote } from '../util/text';

/** A moment, as ISO 8601 in UTC; undefined where nothing was entered. Without a zone, it is in the workflow's. */
export function date<const Name extends string>(property: Property<Name>) {
	return field(property, (raw, item) => {
		if (isNothing(raw)) {
			refuseIfRequired(property, 'Pick a date.');
			return undefined;
		}
		const moment = momentOf(raw, item);
		if (moment === undefined) {
			throw fieldError(
				property,
				`is ${quote(raw)}, which is not a valid date`,
				'Pick one, or enter it as in 2026-01-31 or 2026-01-31T09:30:00Z.',
			);
		}
		if (readsAsMeant(item) && isNoDate(moment)) {
			throw fieldError(
				property,
				`is ${quote(raw)}, which programs write when there is no date`,
				'Pick a later one.',
			);
		}
		const { iso, from } = moment;
		if (from) item.notice?.(property, `is ${quote(raw)}, which was read as ${from}: ${iso}`);
		return iso;
	});
}

function momentOf(raw: unknown, item: Item): Moment | undefined {
	const zone = item.context.getTimezone();
	if (readsAsMeant(item)) return readMoment(raw, zone);
	const iso = toIsoDate(raw, zone);
	return iso === undefined ? undefined : { iso };
}
