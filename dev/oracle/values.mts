import { asText, type Kind, type Making, nothing, typed, wrong } from './cell.mts';

const two = (n: number): string => String(n).padStart(2, '0');

/** São Paulo has been three hours behind UTC all year since 2019 (IANA, tzdata). */
const offset = '-03:00';

/** A moment, as people and programs write it. */
export const moment: Kind = {
	make: ({ random, locale, format }) => {
		const share = random.next();
		if (share < 0.1) return nothing;
		if (share < 0.15) {
			return wrong(random.pick(['20260131', '2026', 'Invalid DateTime', 'amanhã', '#VALOR!']));
		}
		const [year, month, day] = [random.int(2020, 2030), random.int(1, 12), random.int(1, 28)];
		const time = random.chance(0.5) ? `${two(random.int(0, 23))}:${two(random.int(0, 59))}` : '';
		const iso = `${year}-${two(month)}-${two(day)}`;
		const ms = Date.parse(`${iso}T${time || '00:00'}:00${offset}`);
		const inUtc = `${iso}T${time || '00:00'}:00Z`;
		if (random.chance(0.15)) return asText(inUtc, Date.parse(inUtc));
		if (random.chance(0.15)) return typed(String(ms / 1000), ms);
		if (random.chance(0.1)) return asText(time ? `${iso} ${time}` : iso, ms, 'either');
		const [first, second] = locale.dayFirst ? [day, month] : [month, day];
		const written = [`${two(first)}/${two(second)}/${year}`, time].filter(Boolean).join(' ');
		// A CSV file has it as it was shown, and nobody can tell whether the day or the month comes first.
		if (format === 'csv') return typed(written, ms, 'either');
		return random.chance(0.2) ? asText(written, ms, 'either') : typed(written, ms);
	},
	isSame: (arrived, meant) => Date.parse(String(arrived)) === meant,
};

/** A number in the digits of a place: with its decimal mark, and between groups of three its other mark. */
function written(
	value: number,
	{ locale: { decimal, group } }: Making,
	isGrouped: boolean,
): string {
	const [whole = '', rest] = String(value).split('.');
	const grouped = isGrouped ? whole.replace(/\B(?=(\d{3})+$)/g, group) : whole;
	return rest === undefined ? grouped : `${grouped}${decimal}${rest}`;
}

/** A price, or another amount. */
export const amount: Kind = {
	make: (making) => {
		const { random } = making;
		const share = random.next();
		if (share < 0.1) return nothing;
		if (share < 0.16) return wrong(random.pick(['#DIV/0!', 'NaN', '12 kg', 'a combinar', '1,2,3']));
		const decimals = random.pick([0, 0, 1, 2, 2, 3]);
		const value = Number((random.int(1, 9_999_999) / 100).toFixed(decimals));
		const isGrouped = random.chance(0.3);
		const text = written(value, making, isGrouped);
		if (random.chance(0.6)) return typed(text, value);
		// Three digits behind a single mark are thousands to some and decimals to others.
		const isAmbiguous = /^[+-]?\d{1,3}[.,]\d{3}$/.test(text);
		return asText(text, value, isAmbiguous ? 'either' : 'arrive');
	},
	isSame: (arrived, meant) => arrived === meant,
};

/** A duration in milliseconds. */
export const whole: Kind = {
	make: (making) => {
		const { random } = making;
		if (random.chance(0.1)) return nothing;
		if (random.chance(0.05)) return wrong(random.pick(['-5', '#NUM!', '1h']));
		const value = random.int(0, 7_200_000);
		if (random.chance(0.7)) return typed(String(value), value);
		const text = written(value, making, random.chance(0.5));
		return asText(text, value, /^\d{1,3}[.,]\d{3}$/.test(text) ? 'either' : 'arrive');
	},
	isSame: (arrived, meant) => arrived === meant,
};

/** Yes or no. */
export const flag: Kind = {
	make: ({ random, locale }) => {
		const share = random.next();
		if (share < 0.1) return nothing;
		if (share < 0.15) return wrong(random.pick(['maybe', '2', 'talvez', 'x']));
		const value = random.chance(0.5);
		const word = value ? locale.yes : locale.no;
		if (random.chance(0.4)) return typed(word, value);
		if (random.chance(0.2)) return typed(value ? '1' : '0', value);
		const words = value
			? [word, word.toLowerCase(), 'true', ' True ', 'yes', 'Sim', 'sí', 'SIM']
			: [word, word.toLowerCase(), 'false', ' False ', 'no', 'Não', 'não', 'NO'];
		return asText(random.pick(words), value);
	},
	isSame: (arrived, meant) => arrived === meant,
};

/** CPF: nine digits and two that are computed from them (Receita Federal, cálculo do dígito verificador, módulo 11). */
function cpfOf(nine: string): string {
	const check = (digits: string): number => {
		const sum = [...digits].reduce(
			(all, digit, n) => all + Number(digit) * (digits.length + 1 - n),
			0,
		);
		const rest = (sum * 10) % 11;
		return rest === 10 ? 0 : rest;
	};
	const ten = `${nine}${check(nine)}`;
	return `${ten}${check(ten)}`;
}

/** A Brazilian's tax number, of which every tenth begins with a zero that a spreadsheet drops. */
export const cpf: Kind = {
	make: ({ random }) => {
		const share = random.next();
		if (share < 0.2) return nothing;
		if (share < 0.24) return wrong(random.pick(['#REF!', '1,23457E+10', 'CPF?']));
		const number = cpfOf(`${random.chance(0.4) ? '0' : ''}${random.digits(9)}`.slice(0, 9));
		if (/^(\d)\1+$/.test(number)) return nothing;
		if (share < 0.3) {
			const last = (Number(number.at(-1)) + 1) % 10;
			return typed(`${number.slice(0, 10)}${last}`, 'no value', 'be refused');
		}
		if (random.chance(0.5)) return typed(number, number);
		if (random.chance(0.5)) return asText(number, number);
		return asText(number.replace(/^(...)(...)(...)/, '$1.$2.$3-'), number);
	},
	isSame: (arrived, meant) => String(arrived).replace(/[.-]/g, '') === meant,
};
