import { tryToParseDateTime } from 'n8n-workflow';
import { toIsoDate } from './checks';
import { trimInvisible } from '../util/invisible';

/** A moment that was understood. */
export interface Moment {
	/** ISO 8601, UTC. */
	iso: string;
	/** What a number was taken for. */
	from?: string;
}

/**
 * The years in which a number can be a moment. No two of the units below share a number in these, and neither does
 * a date that was typed without its separators (20260131, 31012026, 202601310930) or a year fall into one of them.
 */
const [firstYear, endYear] = [1980, 2100];
const [firstMs, endMs] = [Date.UTC(firstYear, 0), Date.UTC(endYear, 0)];

/**
 * Whether a moment is before all that a vendor may have, such as the 0 of programs (1970-01-01), of spreadsheets
 * (1899-12-30) and of databases (0001-01-01), which they write where there is no date.
 */
export const isNoDate = ({ iso }: Moment): boolean => Date.parse(iso) < firstMs;

const dayMs = 24 * 60 * 60 * 1000;
/** Day 0 of the 1900 date system, for days after its made-up 29 February 1900 (Microsoft, "Date systems in Excel"). */
const dayZeroMs = Date.UTC(1899, 11, 30);

const units = [
	{ from: 'the day count of a spreadsheet', ms: (days: number) => dayZeroMs + days * dayMs },
	{ from: 'seconds since 1970', ms: (seconds: number) => seconds * 1000 },
	{ from: 'milliseconds since 1970', ms: (ms: number) => ms },
] as const;
const [dayCount] = units;

/**
 * Reads a moment as people bring it: as toIsoDate does, and numbers for what they are, also as text, with a comma or
 * a point before a fraction.
 * @param zone IANA name of the time zone of what names none: texts, and day counts, which are a wall's time
 */
export function readMoment(raw: unknown, zone: string): Moment | undefined {
	const value = typeof raw === 'string' ? trimInvisible(raw) : raw;
	const number = numberOf(value);
	if (number === undefined) {
		const iso = toIsoDate(value, zone);
		return iso === undefined ? undefined : { iso };
	}
	const unit = units.find(({ ms }) => ms(number) >= firstMs && ms(number) < endMs);
	if (!unit) return undefined;
	// A day count has some ten digits behind the point: less than a millisecond is not in there.
	const ms = Math.round(unit.ms(number));
	return { iso: isoOf(unit === dayCount ? atWall(ms, zone) : ms), from: unit.from };
}

function numberOf(raw: unknown): number | undefined {
	if (typeof raw === 'number') return raw;
	if (typeof raw !== 'string' || !/^\d+(?:[.,]\d+)?$/.test(raw)) return undefined;
	return Number(raw.replace(',', '.'));
}

/** The moment at which a clock on the wall of a time zone shows what one in UTC shows at `ms`. */
const atWall = (ms: number, zone: string): number =>
	tryToParseDateTime(isoOf(ms).replace('Z', ''), zone).toMillis();

const isoOf = (ms: number): string => new Date(ms).toISOString();
