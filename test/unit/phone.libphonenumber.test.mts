import { describe, expect, it } from '@jest/globals';
import examples from 'libphonenumber-js/examples.mobile.json';
import {
	getCountries,
	getCountryCallingCode,
	getExampleNumber,
	type PhoneNumber,
	parsePhoneNumberFromString as parse,
} from 'libphonenumber-js/max';
import { isPhone, readPhone } from '../../nodes/engine/form/phone.ts';
import {
	countryCode,
	leadingZeroCodes,
	plans,
	trunkZeroCodes,
} from '../../nodes/engine/form/numberingPlans.ts';
import { countries, read, some, numbersOf } from './phone.setup.mts';

const dress = [
	(text: string) => ` ${text}\n`,
	(text: string) => `'${text}`,
	(text: string) => `\u200e\u202a${text}\u202c`,
	(text: string) => text.replace(/[ -]/g, '\u00a0'),
	(text: string) => text.replace(/[ -]/g, '.'),
	(text: string) => text.replace(/[ -]/g, '\u2011'),
	(text: string) => `tel:${text}`,
];

describe('Real numbers, held against libphonenumber', () => {
	it.each(countries)('%s: with their country code, however written', (country) => {
		const numbers = numbersOf(country);
		expect(numbers.length).toBeGreaterThan(80);
		for (const number of numbers) {
			const plain = number.number;
			for (const spelled of [plain, number.formatInternational(), number.getURI(), `p:${plain}`]) {
				expect([spelled, read(spelled)]).toEqual([spelled, plain]);
			}
			for (const put of dress) {
				expect(read(put(number.formatInternational()))).toBe(plain);
				expect(read(put(`00${plain.slice(1)}`))).toBe(plain);
			}
			expect(read(`${plain}.0`)).toBe(plain);
		}
	});

	it.each(countries)('%s: as they are written inside the country', (country) => {
		for (const number of numbersOf(country)) {
			const inside = number.formatNational();
			for (const spelled of [inside, String(number.nationalNumber), `0${number.nationalNumber}`]) {
				const theirs = parse(spelled, country);
				if (!theirs?.isValid() || theirs.country !== country) continue;
				expect([spelled, read(spelled, country)]).toEqual([spelled, theirs.number]);
			}
			for (const put of dress) expect(read(put(inside), country)).toBe(number.number);
		}
	});

	it.each(countries)('%s: with their code and without +, as text and as a number', (country) => {
		for (const { number } of numbersOf(country)) {
			const digits = number.slice(1);
			const theirs = parse(digits, country)?.number;
			expect([digits, read(digits, country)]).toEqual([digits, theirs]);
			if (!digits.endsWith('000000')) expect(read(Number(digits), country)).toBe(theirs);
		}
	});

	it.each(countries)('%s: any digits become what they say, or nothing', (country) => {
		const short = some(10, 400).map((digits, n) => digits.slice(0, 8 + (n % 3)));
		for (const digits of [...short, ...some(11, 200), ...some(13, 200)]) {
			// With 00 in front, it is no number of the country.
			if (digits.startsWith('00')) continue;
			const ours = readPhone(digits, country);
			const theirs = parse(digits, country);
			const fits = ({ nationalNumber }: PhoneNumber) =>
				(plans[country].lengths as readonly number[]).includes(nationalNumber.length);
			if (theirs?.isValid() && theirs.country === country && fits(theirs)) {
				if (/FIXED|MOBILE/.test(theirs.getType() ?? '')) {
					expect(ours).toMatchObject({ e164: theirs.number });
				}
			}
			if (isPhone(ours) && theirs && fits(theirs)) {
				expect([digits, ours.e164]).toEqual([digits, theirs.number]);
			}
		}
	});

	it('every country of the world, with +, and with the (0) that people put behind the code', () => {
		for (const country of getCountries()) {
			const example = getExampleNumber(country, examples);
			if (!example || example.number.length < 9) continue;
			const code = getCountryCallingCode(country);
			expect(readPhone(example.formatInternational())).toEqual({
				e164: example.number,
				dialCode: `+${code}`,
				national: example.nationalNumber,
				withoutPlus: false,
			});
			const withZero = `+${code} (0)${example.nationalNumber}`;
			const theirs = parse(withZero);
			if (theirs?.isValid()) {
				expect([country, read(withZero)]).toEqual([country, theirs.number]);
			}
		}
	});

	it('every country code, and no other', () => {
		const codes = new Set<string>(getCountries().map((country) => getCountryCallingCode(country)));
		const shared = ['800', '808', '870', '878', '881', '882', '883', '888', '979'];
		for (const code of shared) codes.add(code);
		for (let n = 0; n < 1_000; n++) {
			const digits = String(n).padStart(3, '0');
			const theirs = [1, 2, 3]
				.map((length) => digits.slice(0, length))
				.find((one) => codes.has(one));
			expect([digits, countryCode(digits)]).toEqual([digits, theirs]);
		}
		for (const code of [...trunkZeroCodes, ...leadingZeroCodes])
			expect(countryCode(code)).toBe(code);
	});
});
