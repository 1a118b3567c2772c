import { quote } from '../util/text';
import {
	type Country,
	countryCode,
	leadingZeroCodes,
	type NumberingPlan,
	plans,
	trunkZeroCodes,
} from './numberingPlans';

/** A phone number that was understood. */
export interface Phone {
	/** As ITU-T E.164 writes it: +, country code and number, digits only. */
	e164: string;
	/** Its country code with +, such as +55. */
	dialCode: string;
	/** What follows the country code. */
	national: string;
	/** Whether it was written without + or 00, so that its country comes from its digits or from the default. */
	withoutPlus: boolean;
}

/** Why a value is no phone number, as the parts of a sentence: "Phone is "abc", which has letters. Enter …". */
export interface NoPhone {
	what: string;
	todo: string;
}

const fewestDigits = 8;
/** ITU-T E.164, 6.2.1: with the country code. */
const mostDigits = 15;

/** Format characters (zero-width, direction marks, soft hyphen), controls, and the blanks that are letters. */
const invisible = String.raw`\p{Cf}\u0000-\u0008\u000E-\u001F\u007F-\u009F\u034F\u115F\u1160\u180B-\u180F\u3164\uFE00-\uFE0F\uFFA0`;
const quotes = '"\'`´‘’‚“”';
/** What spreadsheets, lead forms (p: is Meta's) and links put in front of a number. */
const label = String.raw`(?:p|tel|telefone|tel[eé]fono|phone|fone|cel|celular|sms|callto|whatsapp)(?:\s*:|\.\s*:?)(?:\/\/)?`;
const ends = new RegExp(
	`^(?:[\\s${invisible}${quotes}]|=(?=["'])|${label})+|[\\s${invisible}${quotes}]+$`,
	'giu',
);
const hidden = new RegExp(`[${invisible}]`, 'u');
const separators = /[\s.·()[\]（）\p{Pd}\u2212]/gu;
const scientific = /^\d{1,3}(?:[.,]\d+)?\s*E\s*[+-]?\s*\d{1,2}$/i;

/**
 * The entries of a list of phone numbers: a list from an expression, or text with ; , / or line breaks between. The
 * comma of "5,51199E+12" and of "5511987654321,0" separates nothing.
 * @returns the entries as they stand, without those that hold nothing
 */
export function splitPhones(raw: unknown): unknown[] {
	if (Array.isArray(raw)) return raw.flatMap(splitPhones);
	if (raw === undefined || raw === null) return [];
	if (typeof raw !== 'string') return [raw];
	return raw
		.split(/[;\n\r\v\f\u2028\u2029]|,(?!\d+\s*E)(?!0+\s*(?:[;,\n\r]|$))|(?<=\d\s*)\//i)
		.filter((entry) => entry.replace(ends, '') !== '');
}

/**
 * Reads one phone number as people bring it. No digit is made up: what is left out is what is written but never part
 * of the number (trunk prefixes, 00 for +, punctuation); what is moved is Argentina's 15, which is 9 in front.
 * @param raw text or a number
 * @param country where the number is from if it has no country code
 */
export function readPhone(raw: unknown, country?: Country): Phone | NoPhone {
	const text = typeof raw === 'string' ? raw.replace(ends, '') : numberText(raw);
	if (typeof text !== 'string') return text;
	const wrong = complaintAbout(text, raw);
	if (wrong) return wrong;
	const written = plainDigits(text.replace(/[.,]0$|(?<=\d{8})[.,]0+$/, ''));
	const international =
		match('^(?:\\+|00)(\\d+)$', written) ?? (country && afterExit(planOf(country), written));
	const digits = international ?? written;
	if (!/^\d+$/.test(digits)) return no(raw, 'which is no phone number', example);
	const wrongCount = miscounted(digits);
	if (wrongCount) return wrongCount;
	if (international !== undefined) return readInternational(international, raw);
	return country ? readNational(digits, country, raw) : readBare(digits, raw);
}

/** Whether readPhone understood. */
export const isPhone = (read: Phone | NoPhone): read is Phone => 'e164' in read;

const example = 'Enter the number alone, as in +5511987654321.';

const no = (raw: unknown, why: string, todo: string): NoPhone => ({
	what: `is ${quote(raw)}, ${why}`,
	todo,
});

const inNotation = (raw: unknown): NoPhone =>
	no(raw, 'since the spreadsheet turned it into scientific notation', 'Format the column as text.');

/** A number is its digits; one with six zeros at its end is what is left of 5.51199E+12. */
function numberText(raw: unknown): string | NoPhone {
	if (typeof raw !== 'number' && typeof raw !== 'bigint') {
		return no(raw, 'which is no phone number', example);
	}
	const text = String(raw);
	if (/e/.test(text) || /^\d{5,}000000$/.test(text)) return inNotation(raw);
	return /^\d+$/.test(text) ? text : no(raw, 'which is no whole number', example);
}

/** @param text without what may stand around a number */
function complaintAbout(text: string, raw: unknown): NoPhone | undefined {
	if (text === '') return { what: 'is empty', todo: example };
	if (scientific.test(text)) return inNotation(raw);
	if (hidden.test(text)) return no(raw, 'which has an invisible character', 'Type it again.');
	if (/\p{L}/u.test(text)) return no(raw, 'which has letters', example);
	if (/^[\p{Pd}\u2212]/u.test(text)) return no(raw, 'which is a negative number', example);
	if (/\d{8}[.,](?!0+$)\d{1,2}$/.test(text)) return no(raw, 'which has a fraction', example);
	return undefined;
}

/** Digits, and what else is in there that is no separator. Full-width digits are what some keyboards write. */
const plainDigits = (text: string): string =>
	text
		.replace(separators, '')
		.replace(/[\uFF0B\uFF10-\uFF19]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));

function miscounted({ length }: string): NoPhone | undefined {
	if (length < fewestDigits) {
		return {
			what: `has ${length} ${length === 1 ? 'digit' : 'digits'}, fewer than the ${fewestDigits} of a phone number`,
			todo: 'Enter it with its area and country code.',
		};
	}
	if (length > mostDigits) {
		return {
			what: `has ${length} digits, more than the ${mostDigits} of a phone number`,
			todo: example,
		};
	}
	return undefined;
}

const planOf = (country: Country): NumberingPlan => plans[country];

const allPlans: readonly NumberingPlan[] = Object.values(plans);

/** Patterns by their text: the same few are asked for each item. */
const patterns = new Map<string, RegExp>();

function match(pattern: string, digits: string): string | undefined {
	const known = patterns.get(pattern) ?? new RegExp(pattern);
	patterns.set(pattern, known);
	return known.exec(digits)?.[1];
}

const afterExit = ({ exit }: NumberingPlan, digits: string): string | undefined =>
	exit === undefined ? undefined : match(`^${exit}(\\d{8,})$`, digits);

/** The number behind the country code, if the digits are one as it is dialled inside the country. */
function dialledInside({ trunk = '', number, rewrite }: NumberingPlan, digits: string) {
	return match(`^(?:${trunk})?(${number})$`, rewrite?.(digits) ?? digits);
}

/** The same, from the digits behind a country code. */
const behindCode = (plan: NumberingPlan, digits: string) =>
	dialledInside({ ...plan, trunk: plan.afterCode ?? plan.trunk }, digits);

function phone(code: string, national: string, withoutPlus: boolean): Phone {
	return { e164: `+${code}${national}`, dialCode: `+${code}`, national, withoutPlus };
}

function readInternational(digits: string, raw: unknown): Phone | NoPhone {
	const code = countryCode(digits);
	if (code === undefined) return no(raw, 'which begins with no country code', example);
	const rest = digits.slice(code.length);
	const plan = allPlans.find((each) => each.code === code);
	const national = plan ? planned(plan, rest) : unplanned(code, rest);
	if (national !== undefined) return miscounted(code + national) ?? phone(code, national, false);
	if (!plan) return no(raw, 'which has a 0 behind its country code', 'Leave the 0 out.');
	return no(
		raw,
		`which has ${rest.length} digits behind +${code}`,
		`A number in ${plan.name} has ${plan.lengths.join(' or ')}.`,
	);
}

/** With its country code written out, a number need only have the right length. */
function planned(plan: NumberingPlan, rest: string): string | undefined {
	const fits = plan.lengths.includes(rest.length) && !rest.startsWith('0');
	return behindCode(plan, rest) ?? (fits ? rest : undefined);
}

function unplanned(code: string, rest: string): string | undefined {
	const national = trunkZeroCodes.has(code) ? rest.replace(/^0/, '') : rest;
	const zeros = leadingZeroCodes.has(code) ? /^00/ : /^0/;
	return zeros.test(national) ? undefined : national;
}

/** Digits without + where the country is given: dialled inside it, or with its own code in front. */
function readNational(digits: string, country: Country, raw: unknown): Phone | NoPhone {
	const plan = planOf(country);
	const inside = dialledInside(plan, digits) ?? withCode(plan, digits);
	if (inside !== undefined) return phone(plan.code, inside, true);
	return no(
		raw,
		`which is no number in ${plan.name}, the Default Country`,
		`Enter it with + and its country code. In ${plan.name}, a number has ${plan.lengths.join(' or ')} digits.`,
	);
}

const withCode = (plan: NumberingPlan, digits: string): string | undefined =>
	digits.startsWith(plan.code) ? behindCode(plan, digits.slice(plan.code.length)) : undefined;

/**
 * Digits without + and without a given country have a country code only where that is the one way to read them:
 * 51987654321 is a number in Peru, and one in Porto Alegre.
 */
function readBare(digits: string, raw: unknown): Phone | NoPhone {
	const readings = allPlans.flatMap((plan) => {
		const coded = withCode(plan, digits);
		const inside = dialledInside(plan, digits);
		return [
			...(coded === undefined ? [] : [phone(plan.code, coded, true)]),
			...(inside === undefined ? [] : [{ ...phone(plan.code, inside, true), isInside: true }]),
		];
	});
	const [first, ...others] = readings;
	if (first && others.every(({ e164 }) => e164 === first.e164) && !('isInside' in first)) {
		return first;
	}
	return no(
		raw,
		'which has no country code',
		'Enter it with + and its country code, or choose a Default Country.',
	);
}

/**
 * The numbers under which the same person may be stored: a Brazilian mobile with and without its ninth digit, an
 * Argentine one with 9, with 15 and with neither, a Mexican one with the 1 that WhatsApp writes. For searching only.
 * @param e164 as readPhone gives it
 * @returns the number itself first, each once
 */
export function spellings(e164: string): string[] {
	const digits = e164.replace(/^\+/, '');
	const plan = allPlans.find(({ code }) => digits.startsWith(code));
	const twins = plan?.twins?.(digits.slice(plan.code.length)) ?? [];
	return [...new Set([e164, ...twins.map((number) => `+${plan?.code}${number}`)])];
}
