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

/** The people's phones, each as somebody else writes it; Bruno has none. */
const phones: Record<string, string> = {
	ana: 'p:+5511987654320',
	joao: '(011) 98765-4321',
	zoe: '5511987654322',
	angela: 'whatsapp:+55 11 98765-4323',
	ines: '0055 11 98765.4324',
	raul: '11 98765-4325',
	lia: "'+5511987654326",
	kim: '5511987654327.0',
};

/** The phone in a person's row. */
export const phoneOf = (email: string): string => phones[profileOf(email)] ?? '';

/** What they come to in E.164, in the order of the rows. */
export const e164Phones = Object.keys(phones).map((_, n) => `+551198765432${n}`);

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
