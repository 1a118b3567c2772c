/** Ten rows as people have them in a sheet: accents, capitals, blanks around, one wrong, one empty. */
const people = [
	['Ana', 'Conceição', 'ana@example.com'],
	['João', 'Muñoz', ' JOAO@Example.com '],
	['Zoë', 'O’Brien', 'zoe@example.com'],
	['Ângela', 'de Sá', 'angela@example.com'],
	['', '', ''],
	['Bruno', 'Müller', 'bruno@example'],
	['Inês', 'Peña', 'ines@example.com'],
	['Raúl', 'Ibáñez', 'raul@example.com'],
	['Lia', '“Lili” Souza', 'lia@example.com'],
	['Kim', 'Lee', 'kim@example.com'],
];

/** How a spreadsheet saves a CSV file, by what a person calls it. */
export const saved: Record<string, (rows: string[][]) => Buffer> = {
	'Google Sheets': (rows) => Buffer.from(textOf(rows, ',')),
	'Excel, CSV UTF-8': (rows) => Buffer.from(`\uFEFF${textOf(rows, ',')}`),
	'Excel in Brazil, CSV UTF-8': (rows) => Buffer.from(`\uFEFF${textOf(rows, ';')}`),
	'Excel in Brazil, CSV': (rows) => windows1252(textOf(rows, ';')),
};

/** The ten rows with a header; what a column holds is made of the first name, the last name and the e-mail. */
export function sheet(
	columns: Record<string, (first: string, last: string, email: string) => string>,
): string[][] {
	const makers = Object.values(columns);
	const rows = people.map(([first = '', last = '', email = '']) =>
		makers.map((make) => (email === '' ? '' : make(first, last, email))),
	);
	return [Object.keys(columns), ...rows];
}

/** The name in a profile's address. */
export const profileOf = (email: string): string => email.trim().toLowerCase().split('@')[0] ?? '';

const textOf = (rows: string[][], separator: string): string =>
	rows.map((row) => `${row.join(separator)}\r\n`).join('');

/** The characters of windows-1252 that are others in Latin-1 and stand in the rows (WHATWG Encoding, index-windows-1252). */
const of1252 = new Map([
	['’', 0x92],
	['“', 0x93],
	['”', 0x94],
]);

const windows1252 = (text: string): Buffer =>
	Buffer.from([...text].map((character) => of1252.get(character) ?? character.charCodeAt(0)));
