import type { Random } from './random.mts';

/** What a spreadsheet is saved as. */
export type Format = 'xlsx' | 'ods' | 'csv';

/** How people of a place write, and save a CSV file. */
export interface Locale {
	name: string;
	/** Microsoft's number of the language, which LibreOffice's filters take. */
	lcid: number;
	decimal: string;
	group: string;
	dayFirst: boolean;
	yes: string;
	no: string;
	/** What LibreOffice separates the cells of a CSV file with there, and its encoding by LibreOffice's and by n8n's name. */
	csv: { separator: string; charset: number; encoding: string };
}

/** Brazil and Mexico write dates alike and numbers differently; the United States differ from both in dates. */
export const locales: readonly Locale[] = [
	{
		name: 'pt-BR',
		lcid: 1046,
		decimal: ',',
		group: '.',
		dayFirst: true,
		yes: 'VERDADEIRO',
		no: 'FALSO',
		csv: { separator: ';', charset: 1, encoding: 'latin1' },
	},
	{
		name: 'es-MX',
		lcid: 2058,
		decimal: '.',
		group: ',',
		dayFirst: true,
		yes: 'VERDADERO',
		no: 'FALSO',
		csv: { separator: ',', charset: 76, encoding: 'utf8' },
	},
	{
		name: 'en-US',
		lcid: 1033,
		decimal: '.',
		group: ',',
		dayFirst: false,
		yes: 'TRUE',
		no: 'FALSE',
		csv: { separator: ',', charset: 76, encoding: 'utf8' },
	},
];

/** What a person typed into a cell, and what was meant by it. */
export interface Cell {
	typed: string;
	/** In a cell that is formatted as text, in which a spreadsheet changes nothing. */
	isText: boolean;
	/** Undefined where nothing was. */
	meant: unknown;
	/** Whether the value has to arrive, has to be refused, or may do either, since it cannot be told from the cell. */
	must: 'arrive' | 'be refused' | 'either';
}

/** What a cell is made from. */
export interface Making {
	random: Random;
	locale: Locale;
	format: Format;
	/** The row's number, for what has to differ from row to row. */
	row: number;
	/** What the row's column for the country says; empty where it says nothing. */
	country: string;
}

/** A kind of column, with its own idea of when what arrived is what was meant. */
export interface Kind {
	make(making: Making): Cell;
	isSame(arrived: unknown, meant: unknown): boolean;
}

export const typed = (text: string, meant: unknown, must: Cell['must'] = 'arrive'): Cell => ({
	typed: text,
	isText: false,
	meant,
	must,
});

export const asText = (text: string, meant: unknown, must: Cell['must'] = 'arrive'): Cell => ({
	...typed(text, meant, must),
	isText: true,
});

/** Text that stands for no value at all. */
export const wrong = (text: string): Cell => asText(text, 'no value', 'be refused');

export const nothing: Cell = typed('', undefined);

/** Characters that do not show; a file in windows-1252 has none of them but the soft hyphen and the hard blank. */
export const unseen = ({ random, locale, format }: Making): string =>
	random.pick(
		format === 'csv' && locale.csv.encoding === 'latin1'
			? ['\u00a0', '\u00ad', ' ']
			: ['\u200b', '\u00a0', '\u00ad', '\ufeff', '\u202a', ' '],
	);
