import { describe, expect, it } from '@jest/globals';
import { type Country } from '../../nodes/engine/form/numberingPlans.ts';
import { read, e164 } from './phone.setup.mts';

const alone = 'Enter the number alone, as in +5511987654321.';
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
