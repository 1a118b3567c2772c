import type { Cell } from './cell.mts';
import { kinds, type Row } from './sheet.mts';
import type { Write } from './writes.mts';

/** What became of a row. */
export type Verdict =
	| 'as meant'
	| 'refused'
	| 'nothing in it'
	// The three that must not be.
	| 'silently wrong'
	| 'refused without cause'
	| 'unexplained';

/** A row's verdict, and what speaks against it. */
export interface Judged {
	verdict: Verdict;
	/** The column that it was wrong or refused for. */
	column?: string;
	complaint?: string;
}

/** What a node gave for a row, and what arrived of it. */
export interface Outcome {
	/** The sentence that it was refused with. */
	error: string | undefined;
	/** What the vendor was sent, by column; once if all is well. */
	arrived: Array<Record<string, unknown>>;
}

/** Holds what became of a row to what a careful person would have typed in its place. */
export function judge(row: Row, { labels }: Write, { error, arrived }: Outcome): Judged {
	if (row.mark === '') return { verdict: error ? 'unexplained' : 'nothing in it' };
	if (error !== undefined) {
		if (arrived.length === 0) return refusal(row, labels, error);
		return { verdict: 'silently wrong', complaint: `sent, and said not to be: ${error}` };
	}
	const [values] = arrived;
	if (values === undefined || arrived.length > 1) {
		return { verdict: 'silently wrong', complaint: `sent ${arrived.length} times` };
	}
	const column = Object.keys(labels).find((name) => !fits(row, name, values[name]));
	if (column === undefined) return { verdict: 'as meant' };
	return { verdict: 'silently wrong', column, complaint: told(row, column, values[column]) };
}

function fits({ cells }: Row, column: string, value: unknown): boolean {
	const cell = cells[column];
	const kind = kinds[column];
	if (!cell || !kind || cell.must === 'be refused') return false;
	return cell.meant === undefined ? isNothing(value) : kind.isSame(value, cell.meant);
}

function refusal(row: Row, labels: Record<string, string>, error: string): Judged {
	const named = Object.keys(labels).filter((column) => error.includes(`'${labels[column]}'`));
	if (named.length === 0) return { verdict: 'unexplained', complaint: error };
	const mayBe = (column: string) => mayBeRefused(row.cells[column], error);
	const column = named.find(mayBe);
	if (column !== undefined) return { verdict: 'refused', column };
	const complaint = `${told(row, named[0] ?? '', 'nothing')}: ${error}`;
	return { verdict: 'refused without cause', column: named[0] ?? '', complaint };
}

/** An empty cell may be needed, and is called empty then. */
const mayBeRefused = (cell: Cell | undefined, error: string): boolean =>
	cell !== undefined &&
	(cell.meant === undefined ? /\bempty\b/.test(error) : cell.must !== 'arrive');

const isNothing = (value: unknown): boolean =>
	value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

function told({ mark, cells }: Row, column: string, value: unknown): string {
	const { typed = '', isText = false, meant } = cells[column] ?? {};
	return `${mark}, ${column}: ${JSON.stringify(typed)} in a cell ${isText ? 'of text' : 'as it is'}, meant ${JSON.stringify(meant)}, sent ${JSON.stringify(value)}`;
}
