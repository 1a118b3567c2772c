import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import examples from 'libphonenumber-js/examples.mobile.json' with { type: 'json' };
import {
	getCountries,
	getCountryCallingCode,
	getExampleNumber,
	type PhoneNumber,
	parsePhoneNumberFromString as parse,
} from 'libphonenumber-js/max';
import { isPhone, joinPhone, readPhone, spellings } from '../../nodes/engine/form/phone.ts';
import { splitPhones } from '../../nodes/engine/form/phoneText.ts';
import {
	type Country,
	countryCode,
	leadingZeroCodes,
	plans,
	trunkZeroCodes,
} from '../../nodes/engine/form/numberingPlans.ts';

const seed = 20260806;
const countries = Object.keys(plans) as Country[];

/** What was read, or the sentence without its field's name. */
function read(raw: unknown, country?: Country): string {
	const found = readPhone(raw, country);
	return isPhone(found) ? found.e164 : `${found.why}. ${found.hint}`;
}

const some = (length: number, count: number, firstDigits: readonly string[] = ['']) =>
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

function numbersOf(country: Country): PhoneNumber[] {
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

const e164 = '+5511987654321';

describe('What people bring', () => {
	it.each<[string, unknown, Country | undefined, string]>([
		['a lead form', 'p:+5511987654321', undefined, e164],
		['a link', 'tel:+55-11-98765-4321', undefined, e164],
		['a link with slashes', 'tel://+5511987654321', undefined, e164],
		['WhatsApp', 'whatsapp:+5511987654321', undefined, e164],
		['a label', 'Tel.: (11) 98765-4321', 'BR', e164],
		['a cell kept as text', "'5511987654321", undefined, e164],
		['a formula that keeps text', '="5511987654321"', undefined, e164],
		['quotes', '"+55 11 98765-4321"', undefined, e164],
		['a float', '5511987654321.0', undefined, e164],
		['a float with a comma', '5511987654321,00', undefined, e164],
		['groups that end in 0', '+33 1.23.45.67.00', undefined, '+33123456700'],
		['a number', 5511987654321, undefined, e164],
		['a number of the country', 11987654321, 'BR', e164],
		['00 for +', '0055 11 98765-4321', undefined, e164],
		['brackets', '(+55) [11] 98765.4321', undefined, e164],
		['blanks of all kinds', '\u00a0+55\u202f11\u200298765\t4321\u3000', undefined, e164],
		['dashes of all kinds', '+55\u201011\u201398765\u22124321', undefined, e164],
		['full-width digits', '＋５５１１９８７６５４３２１', undefined, e164],
		[
			'invisible characters at the ends',
			'\u200b\ufeff+5511987654321\u200b\u00ad\u0000',
			undefined,
			e164,
		],
		['direction marks behind a label', 'tel:\u202a+5511987654321\u202c', undefined, e164],
		['(0)', '+44 (0)20 7946 0018', undefined, '+442079460018'],
		['the national 0 behind a code', '+4407911123456', undefined, '+447911123456'],
		["Italy's 0", '+39 06 1234 5678', undefined, '+390612345678'],
		['the way out of the United States', '011 55 11 98765-4321', 'US', e164],
		// Brazil: trunk 0, carriers, and no ninth digit made up.
		['BR trunk zero', '011 98765-4321', 'BR', e164],
		['BR trunk zero behind the code', '+55 (011) 98765-4321', undefined, e164],
		['BR carrier', '0 15 11 98765-4321', 'BR', e164],
		['BR without its ninth digit', '+55 11 8765-4321', undefined, '+551187654321'],
		['BR without its ninth digit, inside', '(11) 8765-4321', 'BR', '+551187654321'],
		['BR area 55', '55 99123-4567', 'BR', '+5555991234567'],
		['BR area 51, which is Peru elsewhere', '51987654321', 'BR', '+5551987654321'],
		// Argentina: 15 inside is 9 from abroad.
		['AR 15 with 0', '011 15 4552-0371', 'AR', '+5491145520371'],
		['AR 15 without 0', '11 15 4552-0371', 'AR', '+5491145520371'],
		['AR 15 behind three digits', '0341 15 555-1234', 'AR', '+5493415551234'],
		['AR 15 behind four digits', '02941 15 55-1234', 'AR', '+5492941551234'],
		['AR 15 behind the code', '+54 11 15 4552-0371', undefined, '+5491145520371'],
		['AR 9', '+54 9 11 4552-0371', undefined, '+5491145520371'],
		['AR 9 inside', '9 11 4552 0371', 'AR', '+5491145520371'],
		['AR with neither', '11 4552-0371', 'AR', '+541145520371'],
		// Mexico: what was dialled until 2019.
		['MX 1', '+52 1 55 1234 5678', undefined, '+525512345678'],
		['MX 1 as WhatsApp writes it', '5215512345678', undefined, '+525512345678'],
		['MX 01', '01 55 1234 5678', 'MX', '+525512345678'],
		['MX 044', '044 55 1234 5678', 'MX', '+525512345678'],
		['MX 045', '045 55 1234 5678', 'MX', '+525512345678'],
		['MX 01 behind the code', '+52 (01) 55 1234 5678', undefined, '+525512345678'],
		['UY 09', '094 123 456', 'UY', '+59894123456'],
		['UY 09 behind the code', '+598 094 123 456', undefined, '+59894123456'],
		['UY as a number that lost its 0', 94123456, 'UY', '+59894123456'],
		['PE 0', '(01) 423-4567', 'PE', '+5114234567'],
		['CO carrier', '03 300 123 4567', 'CO', '+573001234567'],
		['CO 0', '0300 123 4567', 'CO', '+573001234567'],
		['US 1', '1 (212) 555-1234', 'US', '+12125551234'],
		// Without + and without a default: only where there is one way to read it.
		['AR without +', '5491145520371', undefined, '+5491145520371'],
		['US without +', '12125551234', undefined, '+12125551234'],
		['CL without +', '56987654321', undefined, '+56987654321'],
		['ES without +', '34612345678', undefined, '+34612345678'],
	])('%s: %p', (_, raw, country, phone) => {
		expect(read(raw, country)).toBe(phone);
	});

	it('says where no + was written', () => {
		expect(readPhone(e164)).toMatchObject({ withoutPlus: false });
		expect(readPhone('005511987654321')).toMatchObject({ withoutPlus: false });
		expect(readPhone('5511987654321')).toMatchObject({ withoutPlus: true });
		expect(readPhone('11987654321', 'BR')).toMatchObject({
			withoutPlus: true,
			dialCode: '+55',
			national: '11987654321',
		});
	});
});

const alone = 'Enter the number alone, as in +5511987654321.';
const doubled = (code: string) =>
	`which may begin with its country code ${code} already. Enter it with + in front, or without its country code.`;
const noCountry =
	"Enter it with + and its country code, or choose its country in 'Default Country'.";

describe('What is refused, by name', () => {
	it.each<[unknown, Country | undefined, RegExp | string]>([
		...[
			'5,51199E+12',
			'5.51199E+12',
			'5.51199e12',
			' 5,51199 E +12 ',
			'551.199E+10',
			"'5,5E12",
			5.51199e12,
			1e21,
		].map((raw): [unknown, undefined, RegExp] => [
			raw,
			undefined,
			/^which a spreadsheet turned into scientific notation\. Format the column as text\.$/,
		]),
		// Zeros in front of an area code, or 00 and the code of North America, where no area begins with 1.
		...['0011 98765-4321', '0011987654321', '00 11 3456-7890'].map(
			(raw): [string, 'BR', RegExp] => [
				raw,
				'BR',
				/^which is neither a number abroad nor one with its area code\. Enter it with \+/,
			],
		),
		// A + in front of an area code: the same.
		...['+11 98765-4321', '+11987654321', '(+11) 98765-4321', '+(11) 98765-4321'].flatMap((raw) =>
			(['BR', undefined] as const).map((origin): [string, typeof origin, RegExp] => [
				raw,
				origin,
				/^which is not a number in United States and Canada\. Enter it with \+ and its country code\.$/,
			]),
		),
		['+52 05 1234 5678', 'MX', /^which is not a number in Mexico\. Enter it with \+/],
		['n/a', 'BR', `which has letters. ${alone}`],
		['abc', 'BR', `which has letters. ${alone}`],
		['#N/A', 'BR', /letters/],
		['1-800-FLOWERS', 'US', /letters/],
		['+55 11 98765-4321 ext. 5', undefined, /letters/],
		['+55 11 98765-4321 ramal 5', undefined, /letters/],
		['+55 11 98765-4321 x5', undefined, /letters/],
		['(0xx11) 98765-4321', 'BR', /letters/],
		['5511987654321@c.us', 'BR', /letters/],
		['+55 11 98765-4321 #5', undefined, /which is not a valid phone number/],
		['+55 11 98765-4321¹', undefined, /which is not a valid phone number/],
		[`+55${' '.repeat(100_000)}11987654321`, undefined, /which is not a valid phone number/],
		['p:'.repeat(100_000), undefined, /which is not a valid phone number/],
		['#######', undefined, /which is not a valid phone number/],
		['+55 +11 98765-4321', undefined, /which is not a valid phone number/],
		['55+11987654321', undefined, /which is not a valid phone number/],
		['11\u200b987654321', 'BR', /which has an invisible character inside \(U\+/],
		['11\u00ad987654321', 'BR', /which has an invisible character inside \(U\+/],
		['11\u0000987654321', 'BR', /which has an invisible character inside \(U\+/],
		['-98721119', 'BR', /which is a negative number/],
		[-98721119, 'BR', /which is not a whole number/],
		[5511987654321.5, 'BR', /which is not a whole number/],
		['447911123456.5', undefined, /which has a fraction/],
		[Number.NaN, 'BR', /which is not a whole number/],
		[true, 'BR', /which is not a valid phone number/],
		[{ phone: e164 }, 'BR', /which is not a valid phone number/],
		[new Date(0), 'BR', /which is not a valid phone number/],
		['', 'BR', `which is empty. ${alone}`],
		[' \u00a0\u200b', 'BR', `which is empty. ${alone}`],
		[
			'1234567',
			'BR',
			'which has 7 digits, fewer than the 8 of a phone number. Enter it with its area and country code.',
		],
		['+1234567', undefined, /^which has 7 digits, fewer/],
		['1', 'BR', /^which has 1 digit, fewer/],
		['1234567890123456', 'BR', `which has 16 digits, more than the 15 of a phone number. ${alone}`],
		['+4412345678901234', undefined, /^which has 16 digits, more/],
		['11987654321 11912345678', 'BR', /^which has 22 digits, more/],
		['11987654321', undefined, `which has no country code. ${noCountry}`],
		['(11) 98765-4321', undefined, /no country code/],
		['011987654321', undefined, /no country code/],
		['2125551234', undefined, /no country code/],
		['447911123456', undefined, /no country code/],
		// A number in Lima, and one in Porto Alegre.
		['51987654321', undefined, /no country code/],
		[
			'98765-4321',
			'BR',
			'which is not a number in Brazil. Enter it with + and its country code. In Brazil, a number has 10 or 11 digits.',
		],
		['5491145520371', 'BR', /which is not a number in Brazil/],
		[
			'+55 98765-4321',
			undefined,
			'which has 9 digits behind +55. A number in Brazil has 10 or 11.',
		],
		['+5511987654321.00.00', undefined, /^which has 17 digits/],
		['+54 9 11 15 4552-0371', undefined, /13 digits behind \+54/],
		['+57 1 2345678', undefined, /8 digits behind \+57/],
		['+34 0612345678', undefined, /10 digits behind \+34/],
		['+999 12345678', undefined, /which begins with no country code/],
		['+0055 11 98765-4321', undefined, /which begins with no country code/],
		['+45 0 12345678', undefined, 'which has a 0 behind its country code. Leave the 0 out.'],
	])('%p, default %p', (raw, country, sentence) => {
		expect(read(raw, country)).toEqual(
			typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
		);
	});
});

describe('Lists', () => {
	it.each<[unknown, unknown[]]>([
		[undefined, []],
		[null, []],
		[' ; ,\n', []],
		[5511987654321, [5511987654321]],
		['a;b', ['a', 'b']],
		['1,2/3;4\r\n5\n6', ['1', '2', '3', '4', '5', '6']],
		[`${e164} / ${e164}`, [`${e164} `, ` ${e164}`]],
		['5,51199E+12', ['5,51199E+12']],
		['5,51199 E+12; 5.5E+12', ['5,51199 E+12', ' 5.5E+12']],
		['5511987654321,0', ['5511987654321,0']],
		['5511987654321,0;5511912345678,00', ['5511987654321,0', '5511912345678,00']],
		['5511987654321,011987654321', ['5511987654321', '011987654321']],
		['n/a', ['n/a']],
		['tel://1', ['tel://1']],
		[
			[1, 'a;b', null, ['c']],
			[1, 'a', 'b', 'c'],
		],
	])('%p', (raw, entries) => {
		expect(splitPhones(raw)).toEqual(entries);
	});

	it('holds no number that nobody wrote, whatever is between the numbers', () => {
		const numbers = countries.flatMap((country) => numbersOf(country).slice(0, 20));
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom(...numbers), { minLength: 1, maxLength: 5 }),
				fc.constantFrom(';', ',', '/', '\n', '\r\n', ', ', ' / ', ';\n', ',,'),
				(picked, between) => {
					const list = picked.map((number) => number.formatInternational()).join(between);
					expect(splitPhones(list).map((one) => read(one))).toEqual(
						picked.map(({ number }) => number),
					);
				},
			),
			{ seed, numRuns: 1_000 },
		);
	});
});

describe('A number whose dial code stands apart', () => {
	it.each<[string, unknown, string]>([
		['+55', '11 98765-4321', e164],
		['+55', 11987654321, e164],
		['+55', '011 98765-4321', e164],
		['+55', '5511987654321', e164],
		['+55', '+55 11 98765-4321', e164],
		['+54', '011 15 4552-0371', '+5491145520371'],
		['+44', '07911 123456', '+447911123456'],
		['+44', '7911 123456', '+447911123456'],
		['+44', '+44 7911 123456', '+447911123456'],
		['+44', '00447911123456', '+447911123456'],
		['+39', '06 1234 5678', '+390612345678'],
		['+39', '392 123 4567', '+393921234567'],
		['+33', '612345678', '+33612345678'],
		['+33', '33612345678', doubled('+33')],
		['+44', 442079460018, doubled('+44')],
		['+1809', '5551234', '+18095551234'],
		[
			'+55',
			'+44 7911 123456',
			'which does not begin with its dial code +55. Enter the number alone, as in +5511987654321.',
		],
	])('%s and %p', (dialCode, raw, number) => {
		const found = joinPhone(dialCode, raw);
		expect(isPhone(found) ? found.e164 : `${found.why}. ${found.hint}`).toBe(number);
	});

	it.each(['n/a', '5,5E+10', '1234', true])('and %p, which is none', (raw) => {
		expect(isPhone(joinPhone('+55', raw))).toBe(false);
		expect(isPhone(joinPhone('+44', raw))).toBe(false);
	});
});

describe('Under which numbers a person may be stored', () => {
	it.each([
		['+5511987654321', ['+5511987654321', '+551187654321']],
		['+551187654321', ['+551187654321', '+5511987654321']],
		['+551134567890', ['+551134567890']],
		['+5491145520371', ['+5491145520371', '+541145520371', '+54111545520371']],
		['+541145520371', ['+541145520371', '+5491145520371', '+54111545520371']],
		['+5493415551234', ['+5493415551234', '+543415551234', '+54341155551234', '+54341515551234']],
		['+548001234567', ['+548001234567']],
		['+525512345678', ['+525512345678', '+5215512345678']],
		['+56987654321', ['+56987654321']],
		['+447911123456', ['+447911123456']],
	])('%s', (number, all) => {
		expect(spellings(number)).toEqual(all);
	});

	it('lead back to one another', () => {
		for (const country of ['BR', 'MX'] as const) {
			for (const { number } of numbersOf(country)) {
				const [, ...twins] = spellings(number);
				for (const twin of twins) expect(spellings(read(twin))).toContain(number);
			}
		}
	});
});
