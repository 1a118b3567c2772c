/**
 * National identification numbers of Zenvia's lead (PHP21, Nin). It documents their types and nothing of their form,
 * so the forms and check digits are those of the authorities that give them out. RUC and CE are of several countries
 * with different forms, which Zenvia does not tell apart: these go out as they are.
 */
interface Form {
	/** What is left of a number without its punctuation. */
	shape: RegExp;
	/** How that is said of a number that does not fit. */
	says: string;
	/** The digits that it has with the zeros in front, which a spreadsheet drops from a number, and how many it may have. */
	zeros?: { length: number; most: number };
	/** The number's own check. */
	fits?(plain: string): boolean;
}

const digitsOf = (plain: string): number[] => [...plain].map(Number);

/** The sum of digits, each times its weight. */
const weighted = (digits: readonly number[], weights: readonly number[]): number =>
	weights.reduce((sum, weight, n) => sum + weight * (digits[n] ?? 0), 0);

const down = (from: number, to: number): number[] =>
	Array.from({ length: from - to + 1 }, (_, n) => from - n);

/** Receita Federal (Brazil), CPF: two check digits by 11. Eleven equal digits fit them, and are nobody's. */
function isCpf(plain: string): boolean {
	const digits = digitsOf(plain);
	const check = (count: number) => ((weighted(digits, down(count + 1, 2)) * 10) % 11) % 10;
	return !/^(\d)\1+$/.test(plain) && check(9) === digits[9] && check(10) === digits[10];
}

/** ARCA and ANSES (Argentina), CUIT and CUIL: the last digit by 11. */
function isCuit(plain: string): boolean {
	const digits = digitsOf(plain);
	const rest = weighted(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
	return (11 - rest) % 11 === digits[10];
}

/** Registro Civil and SII (Chile), RUN and RUT: the last sign by 11, with K for 10. */
function isRut(plain: string): boolean {
	const digits = digitsOf(plain.slice(0, -1)).reverse();
	const rest = digits.reduce((sum, digit, n) => sum + digit * (2 + (n % 6)), 0) % 11;
	return plain.slice(-1) === ['0', 'K', '9', '8', '7', '6', '5', '4', '3', '2', '1'][rest];
}

/** RENAPO (Mexico), CURP: the last digit by 10, each sign by its place in the alphabet. */
function isCurp(plain: string): boolean {
	const alphabet = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ';
	const places = [...plain].map((sign) => alphabet.indexOf(sign));
	return (10 - (weighted(places, down(18, 2)) % 10)) % 10 === places[17];
}

/** IMSS (Mexico), NSS: the last digit by Luhn (ISO/IEC 7812-1). */
function isNss(plain: string): boolean {
	const doubled = digitsOf(plain).map((digit, n) => (n % 2 === 1 ? digit * 2 : digit));
	return doubled.reduce((sum, digit) => sum + (digit > 9 ? digit - 9 : digit), 0) % 10 === 0;
}

/** DNIC (Uruguay), cédula: the last digit by 10. One below a million has six digits before it. */
function isCedula(plain: string): boolean {
	const digits = digitsOf(plain.padStart(8, '0'));
	return (10 - (weighted(digits, [2, 9, 8, 7, 6, 3, 4]) % 10)) % 10 === digits[7];
}

const eleven = { shape: /^\d{11}$/, says: 'that has 11 digits' };
const rut: Form = {
	shape: /^\d{6,8}[\dK]$/,
	says: 'that has 6 to 8 digits and one more, or K',
	fits: isRut,
};

const forms: Record<string, Form> = {
	// One of fewer than six digits is rather a number of another column, of which one in a hundred would fit.
	CPF: { ...eleven, zeros: { length: 11, most: 5 }, fits: isCpf },
	CUIT: { ...eleven, fits: isCuit },
	CUIL: { ...eleven, fits: isCuit },
	CURP: {
		shape: /^[A-ZÑ]{4}\d{6}[HMX][A-ZÑ]{5}[A-Z\d]\d$/,
		says: 'that has 18 letters and digits, as in HEGG560427MVZRRL04',
		fits: isCurp,
	},
	DNI: { shape: /^\d{6,8}$/, says: 'that has up to 8 digits' },
	DNIC: { shape: /^\d{7,8}$/, says: 'that has 8 digits', fits: isCedula },
	// It begins with the number of an office, from 01 on.
	IMSS: { ...eleven, zeros: { length: 11, most: 1 }, fits: isNss },
	RFC: {
		shape: /^[A-ZÑ&]{3,4}\d{6}[A-Z\d]{3}$/,
		says: 'that has 12 or 13 letters and digits, as in VECJ880326XXX',
	},
	RUN: rut,
	RUT: rut,
};

/**
 * Reads a number of a type: zeros in front that a spreadsheet dropped are put back where its check digits fit.
 * @returns the number as it was typed, or with its zeros; or why it is none, as the end of a sentence
 */
export function readIdentification(
	type: string,
	typed: string,
): { number: string } | { why: string } {
	const form = Object.hasOwn(forms, type) ? forms[type] : undefined;
	if (!form) return { number: typed };
	const { shape, says, zeros, fits = () => true } = form;
	const lost = zeros && /^\d+$/.test(typed) ? zeros.length - typed.length : 0;
	const number = zeros && lost > 0 && lost <= zeros.most ? '0'.repeat(lost) + typed : typed;
	const plain = number.replace(/[\s.\-/]/g, '').toUpperCase();
	if (!shape.test(plain)) return { why: `which is not a valid ${type}: ${says}` };
	if (!fits(plain)) return { why: `which is not a valid ${type}: its check digits do not fit` };
	return { number };
}
