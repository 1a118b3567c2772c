import { asText, type Cell, type Format, type Kind, type Locale, nothing, typed } from './cell.mts';
import { mobiles, phone } from './phones.mts';
import { Random } from './random.mts';
import { email, firstName, id, profile, tags, text } from './texts.mts';
import { amount, cpf, flag, moment, whole } from './values.mts';

/** The columns that values go out from, by name. */
export const kinds: Record<string, Kind> = {
	firstName,
	email,
	phone,
	text,
	id,
	moment,
	amount,
	whole,
	flag,
	cpf,
	profile,
	tags,
};

/** Rows that hold nothing at all, as spreadsheets keep them between and below others. */
const emptyRows = 0.02;

/** A row of a sheet; one without a mark holds nothing. */
export interface Row {
	mark: string;
	cells: Record<string, Cell>;
}

/** A sheet in one language and one format. */
export interface Sheet {
	locale: Locale;
	format: Format;
	rows: Row[];
}

/**
 * Rows by chance, the same for the same seed.
 * @param firstRow the number of the first row, which no other sheet has
 */
export function sheetOf(
	{ locale, format }: Pick<Sheet, 'locale' | 'format'>,
	{ count, firstRow, seed }: { count: number; firstRow: number; seed: number },
): Sheet {
	const random = new Random(seed * 1_000_003 + firstRow);
	const rows = Array.from({ length: count }, (_, n): Row => {
		const row = firstRow + n;
		if (random.chance(emptyRows)) return { mark: '', cells: {} };
		const country = random.chance(0.7) ? random.pick(Object.keys(mobiles)) : '';
		const making = { random, locale, format, row, country };
		const values = Object.entries(kinds).map(([name, kind]) => [name, kind.make(making)]);
		const given = country === '' ? nothing : asText(country, country);
		return {
			mark: `row-${row}`,
			cells: { ...(Object.fromEntries(values) as Row['cells']), country: given },
		};
	});
	return { locale, format, rows };
}

/** What was typed, the header first. */
export function tableOf({ rows }: Sheet): Cell[][] {
	const columns = [...Object.keys(kinds), 'country'];
	return [
		[...columns, 'mark'].map((name) => typed(name, name)),
		...rows.map(({ mark, cells }) => [
			...columns.map((name) => cells[name] ?? nothing),
			asText(mark, mark),
		]),
	];
}
