import fc from 'fast-check';
import { type PhoneNumber, parsePhoneNumberFromString as parse } from 'libphonenumber-js/max';
import { isPhone, readPhone } from '../../nodes/engine/form/phone.ts';
import { type Country, plans } from '../../nodes/engine/form/numberingPlans.ts';

/** Of all that is drawn by lot, so that each run draws the same. */
export const seed = 20260806;
/** Those with a numbering plan of their own. */
export const countries = Object.keys(plans) as Country[];

/** What was read, or the sentence without its field's name. */
export function read(raw: unknown, country?: Country): string {
	const found = readPhone(raw, country);
	return isPhone(found) ? found.e164 : `${found.why}. ${found.hint}`;
}

/** Rows of digits of this length, drawn by lot. */
export const some = (length: number, count: number, firstDigits: readonly string[] = ['']) =>
	fc
		.sample(
			fc.tuple(
				fc.constantFrom(...firstDigits),
				fc.array(fc.nat(9), { minLength: length, maxLength: length }),
			),
			{
				numRuns: count,
				seed,
			},
		)
		.map(([first, digits]) => (first + digits.join('')).slice(0, length));

const real = new Map<Country, PhoneNumber[]>();

/** Real numbers of a country, made once. */
export function numbersOf(country: Country): PhoneNumber[] {
	const known = real.get(country) ?? generate(country);
	real.set(country, known);
	return known;
}

/** Real numbers of a country, by Google's metadata: fixed and mobile ones, some hundreds. */
function generate(country: Country): PhoneNumber[] {
	const ofPeople = ['FIXED_LINE', 'MOBILE', 'FIXED_LINE_OR_MOBILE'];
	const firstDigits =
		country === 'AR' ? ['', '11', '911', '92', '93'] : ['', '9', '91', '2', '6', '60', '31'];
	return plans[country].lengths
		.flatMap((length) => some(length, 700, firstDigits))
		.flatMap((digits) => parse(`+${plans[country].code}${digits}`) ?? [])
		.filter((number) => number.isValid() && ofPeople.includes(number.getType() ?? ''))
		.slice(0, 150);
}

/** A mobile number of São Paulo. */
export const e164 = '+5511987654321';
