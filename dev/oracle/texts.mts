import { asText, type Kind, type Making, nothing, typed, unseen, wrong } from './cell.mts';

const names = [
	'Ana',
	'João',
	'Zoë',
	'Ângela',
	'Bruno Müller',
	'Inês',
	'Raúl',
	'Kim',
	'D’Ávila',
	"O'Neil",
];
/** What a file in windows-1252 holds, in its half that is the same in Latin-1. */
const narrow = /^[\u0000-\u007f\u00a0-\u00ff]*$/;
const isNarrow = ({ locale, format }: Making): boolean =>
	format === 'csv' && locale.csv.encoding === 'latin1';

const errors = [
	'#N/A',
	'#DIV/0!',
	'#REF!',
	'#VALOR!',
	'#¡VALOR!',
	'#N/D',
	'#NOME?',
	'#NAME?',
	'Err:502',
	'NaN',
	'undefined',
	'[object Object]',
	'Invalid DateTime',
	'###',
];

const lines = [
	'[VIP] customer',
	'Souza; Filho, "o bom"',
	'Rua das Flores, 12\nApto 3',
	'=1+1',
	'“Lili”',
	'{"a": 1}',
	'{{ $json.key }}',
	'100% sim',
	'R$ 1.000',
	'<b>bold</b>',
	'a\\b',
	'👍🏽 ok',
	'null and void',
	'#1 client',
	'N/A until May',
	'C:\\leads',
	'Señor Ñandú',
];

/** Text that somebody reads: what was typed, whatever it is. */
export const text: Kind = {
	make: (making) => {
		const { random } = making;
		const share = random.next();
		if (share < 0.15) return nothing;
		if (share < 0.2) return wrong(random.pick(errors));
		if (share < 0.24) return asText(random.pick([' ', '\u00a0', '   ', '\t']), undefined);
		if (share < 0.3) {
			const number = String(random.int(1, 99_999));
			return typed(number, number);
		}
		const line = random.pick(random.chance(0.5) ? lines : names);
		if (isNarrow(making) && !narrow.test(line)) return asText('Zoë', 'Zoë');
		return asText(line, line);
	},
	// Blanks around it are nobody's value.
	isSame: (arrived, meant) => String(arrived).trim() === String(meant).trim(),
};

/** A first name, which has to be there. */
export const firstName: Kind = {
	...text,
	make: (making) => {
		const { random } = making;
		if (random.chance(0.03)) return nothing;
		const name = random.pick(names);
		const fits = isNarrow(making) && !narrow.test(name) ? 'Zoë' : name;
		return asText(random.chance(0.1) ? ` ${fits} ` : fits, fits);
	},
};

/** An e-mail address; capitals mean nothing in it. */
export const email: Kind = {
	make: (making) => {
		const { random, row } = making;
		const address = `${random.pick(['ana', 'joao', 'Zoe.B', 'KIM+x'])}.${row}@example.com`;
		const share = random.next();
		if (share < 0.05) return nothing;
		if (share < 0.1) {
			return wrong(
				random.pick([
					`ana.${row}example.com`,
					`ana.${row}@example`,
					'ana@',
					'#N/A',
					`a na.${row}@example.com`,
					`ana.${row}@@example.com`,
				]),
			);
		}
		if (share < 0.14) {
			// One that shows as a blank shows.
			const inside = unseen(making);
			return asText(`ana.${inside}${row}@example.com`, 'no value', 'be refused');
		}
		if (share < 0.18) return asText(`mailto:${address}`, address, 'either');
		if (share < 0.21) return asText(`Ana <${address}>`, address, 'either');
		if (share < 0.24) return asText(`${address}${random.pick([',', ';', '.'])}`, address, 'either');
		const around = random.chance(0.25) ? unseen(making) : '';
		return asText(
			`${around}${random.chance(0.2) ? address.toUpperCase() : address}${around}`,
			address,
		);
	},
	isSame: (arrived, meant) => String(arrived).toLowerCase() === String(meant).toLowerCase(),
};

/** What something is called in another system. */
export const id: Kind = {
	make: (making) => {
		const { random } = making;
		const share = random.next();
		if (share < 0.15) return nothing;
		if (share < 0.2) return wrong(random.pick(['1,23457E+17', '1.23457E+17', '#N/A', 'NaN']));
		if (share < 0.25) return typed(`9${random.digits(18)}`, 'no value', 'be refused');
		if (share < 0.5) {
			const digits = `${random.int(1, 9)}${random.digits(random.int(3, 13))}`;
			return typed(digits, digits);
		}
		const code = `00${random.digits(3)}UK${random.digits(6)}x`;
		const around = random.chance(0.2) ? unseen(making) : '';
		return asText(`${around}${code}${around}`, code);
	},
	isSame: (arrived, meant) => String(arrived) === meant,
};

/** A LinkedIn profile, as people copy its address. */
export const profile: Kind = {
	make: (making) => {
		const { random, row } = making;
		const person = `${random.pick(['ana-souza', 'joão-conceição', 'zoë', 'kim-lee'])}-${row}`;
		const share = random.next();
		if (share < 0.04) return nothing;
		if (share < 0.1) {
			return wrong(
				random.pick([
					'https://www.linkedin.com/sales/lead/ACwAAAJ1,NAME_SEARCH,x',
					'https://www.linkedin.com/company/acme',
					'https://example.com/in/ana',
					'n/a',
				]),
			);
		}
		const encoded = encodeURIComponent(person);
		const spellings = [
			`https://www.linkedin.com/in/${person}`,
			`https://www.linkedin.com/in/${encoded}/`,
			`https://m.linkedin.com/in/${person}`,
			`linkedin.com/in/${person},`,
			`www.linkedin.com/in/${encoded}.`,
			`https://br.linkedin.com/in/${encoded}/pt?utm_source=share&utm_medium=ios`,
			`https://www.linkedin.com/comm/in/${encoded}?midToken=AQ&trk=eml`,
			`HTTPS://WWW.LINKEDIN.COM/in/${encoded}`,
			`https://www.linkedin.com/in/${encoded}/details/experience/`,
		];
		if (!isNarrow(making)) spellings.push(`https://www.linkedin.com/in/${person.normalize('NFD')}`);
		const around = random.chance(0.1) ? unseen(making) : '';
		return asText(`${around}${random.pick(spellings)}${around}`, person);
	},
	isSame: (arrived, meant) => {
		const [, identifier = ''] =
			/^https:\/\/linkedin\.com\/in\/([\w%.~-]+)$/.exec(String(arrived)) ?? [];
		return decodeURIComponent(identifier) === meant;
	},
};

/** Tags in one cell. */
export const tags: Kind = {
	make: ({ random }) => {
		if (random.chance(0.2)) return nothing;
		if (random.chance(0.05)) return wrong(random.pick(['#N/A', 'a, #VALOR!', '[object Object]']));
		const all = ['[VIP] customer', 'novo', 'São Paulo', '2026', 'a (b)', 'C&A', '[beta]'];
		const some = [...new Set([random.pick(all), random.pick(all)])];
		const ways = [some.join(', '), some.join(','), `${some.join(', ')},`, some.join('\n')];
		return asText(random.pick([...ways, JSON.stringify(some)]), some);
	},
	isSame: (arrived, meant) => JSON.stringify(arrived) === JSON.stringify(meant),
};
