import {
	type Country,
	countryCode,
	leadingZeroCodes,
	type NumberingPlan,
	plans,
	trunkZeroCodes,
} from './numberingPlans';
import { type NoPhone, noPhone, readWritten } from './phoneText';

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

/** Where a number without a country code is from; of countries without a plan, only numbers with their code are read. */
export type Origin = Country | 'other';

const fewestDigits = 8;
/** ITU-T E.164, 6.2.1: with the country code. */
const mostDigits = 15;

/**
 * Reads one phone number as people bring it. No digit is made up: what is left out is what is written but never part
 * of the number (trunk prefixes, 00 for +, punctuation); what is moved is Argentina's 15, which is 9 in front.
 * @param raw text or a number
 * @param origin where the number is from if it has no country code
 * @param setting the field that can say so; empty where there is none
 */
export function readPhone(
	raw: unknown,
	origin?: Origin,
	setting = 'Default Country',
): Phone | NoPhone {
	const written = readWritten(raw);
	if (!('digits' in written)) return written;
	const country = origin === 'other' ? undefined : origin;
	const international = written.hasPlus ? written.digits : afterExit(written.digits, country);
	const digits = international ?? written.digits;
	const wrong = miscounted(digits);
	if (wrong) return wrong;
	if (!written.hasPlus && country && isPadded(international, country)) return twoReadings;
	if (international !== undefined) return readInternational(international);
	if (origin === 'other') return noPhone(withoutCode, 'Enter it with + and its country code.');
	return country ? readNational(digits, country) : readBare(digits, setting);
}

/** Whether a number was understood. */
export const isPhone = (read: Phone | NoPhone): read is Phone => 'e164' in read;

function miscounted({ length }: string): NoPhone | undefined {
	if (length < fewestDigits) {
		return noPhone(
			`which has ${length} ${length === 1 ? 'digit' : 'digits'}, fewer than the ${fewestDigits} of a phone number`,
			'Enter it with its area and country code.',
		);
	}
	if (length <= mostDigits) return undefined;
	return noPhone(`which has ${length} digits, more than the ${mostDigits} of a phone number`);
}

const withoutCode = 'which has no country code';

const planOf = (country: Country): NumberingPlan => plans[country];

const allPlans: readonly NumberingPlan[] = Object.values(plans);

/** Patterns by their text: the same few are asked for each item. */
const patterns = new Map<string, RegExp>();

function match(pattern: string, digits: string): string | undefined {
	const known = patterns.get(pattern) ?? new RegExp(pattern);
	patterns.set(pattern, known);
	return known.exec(digits)?.[1];
}

/** What follows the digits that are dialled to leave the country. */
function afterExit(digits: string, country?: Country): string | undefined {
	const exit = country && planOf(country).exit;
	return match('^00(\\d+)$', digits) ?? (exit && match(`^${exit}(\\d{8,})$`, digits));
}

/** 0011 98765-4321 is no number in North America, and one in São Paulo with a zero too many. */
function isPadded(digits: string | undefined, country: Country): boolean {
	const plan = digits && allPlans.find(({ code }) => code === countryCode(digits));
	if (!plan || behindCode(plan, digits.slice(plan.code.length)) !== undefined) return false;
	return dialledInside(planOf(country), digits) !== undefined;
}

const twoReadings = noPhone(
	'which is neither a number abroad nor one with its area code',
	'Enter it with + and its country code.',
);

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

function readInternational(digits: string): Phone | NoPhone {
	const code = countryCode(digits);
	if (code === undefined) return noPhone('which begins with no country code');
	const rest = digits.slice(code.length);
	const plan = allPlans.find((each) => each.code === code);
	const national = plan ? planned(plan, rest) : unplanned(code, rest);
	if (national !== undefined) return miscounted(code + national) ?? phone(code, national, false);
	if (!plan) return noPhone('which has a 0 behind its country code', 'Leave the 0 out.');
	if (plan.lengths.includes(rest.length)) {
		return noPhone(
			`which is not a number in ${plan.name}`,
			'Enter it with + and its country code.',
		);
	}
	return noPhone(
		`which has ${rest.length} digits behind +${code}`,
		`A number in ${plan.name} has ${plan.lengths.join(' or ')}.`,
	);
}

/** With its country code written out, a number of most plans need only have the right length. */
function planned(plan: NumberingPlan, rest: string): string | undefined {
	const fits = !plan.isClosed && plan.lengths.includes(rest.length) && !rest.startsWith('0');
	return behindCode(plan, rest) ?? (fits ? rest : undefined);
}

function unplanned(code: string, rest: string): string | undefined {
	const national = trunkZeroCodes.has(code) ? rest.replace(/^0/, '') : rest;
	const zeros = leadingZeroCodes.has(code) ? /^00/ : /^0/;
	return zeros.test(national) ? undefined : national;
}

/** Digits without + where the country is given: dialled inside it, or with its own code in front. */
function readNational(digits: string, country: Country): Phone | NoPhone {
	const plan = planOf(country);
	const inside = dialledInside(plan, digits) ?? withCode(plan, digits);
	if (inside !== undefined) return phone(plan.code, inside, true);
	return noPhone(
		`which is not a number in ${plan.name}`,
		`Enter it with + and its country code. In ${plan.name}, a number has ${plan.lengths.join(' or ')} digits.`,
	);
}

const withCode = (plan: NumberingPlan, digits: string): string | undefined =>
	digits.startsWith(plan.code) ? behindCode(plan, digits.slice(plan.code.length)) : undefined;

/**
 * Digits without + and without a given country have a country code only where that is the one way to read them:
 * 51987654321 is a number in Peru, and one in Porto Alegre.
 */
function readBare(digits: string, setting: string): Phone | NoPhone {
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
	const orChoose = setting && `, or choose its country in '${setting}'`;
	return noPhone(withoutCode, `Enter it with + and its country code${orChoose}.`);
}

/**
 * Reads a number whose dial code stands apart from it, as some vendors keep it: it may have its national 0 in front, or
 * its own + and country code.
 * @param dialCode such as +44
 */
export function joinPhone(dialCode: string, raw: unknown): Phone | NoPhone {
	const own = readPhone(raw);
	if (isPhone(own) && !own.withoutPlus) {
		return isCodeOf(own, dialCode)
			? own
			: noPhone(`which does not begin with its dial code ${dialCode}`);
	}
	const isOfCode = (country: Country): boolean => `+${plans[country].code}` === dialCode;
	const country = (Object.keys(plans) as Country[]).find(isOfCode);
	const joined = readPhone(country ? raw : `${dialCode} ${String(raw)}`, country);
	if (!isPhone(joined)) return joined;
	if (country === undefined && isDoubled(joined)) {
		const hint = 'Enter it with + in front, or without its country code.';
		return noPhone(`which may begin with its country code ${joined.dialCode} already`, hint);
	}
	return { ...joined, withoutPlus: false };
}

/** Whether a number begins with a dial code, which may have an area's digits behind the country's, as +1809 has. */
const isCodeOf = ({ e164, dialCode: country }: Phone, dialCode: string): boolean =>
	e164.startsWith(dialCode) && dialCode.startsWith(country);

/** Hardly any number has so many digits behind its country code. */
const longNational = 11;

/** Whether a number behind a country code seems to begin with it once more, as 33612345678 does behind +33. */
const isDoubled = ({ dialCode, national }: Phone): boolean =>
	national.length >= longNational && national.startsWith(dialCode.slice(1));

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
