import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isPhone, joinPhone, readPhone, spellings } from '../../nodes/engine/form/phone.ts';
import { splitPhones } from '../../nodes/engine/form/phoneText.ts';
import { type Country } from '../../nodes/engine/form/numberingPlans.ts';
import { seed, countries, read, numbersOf, e164 } from './phone.setup.mts';

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
const doubled = (code: string) =>
	`which may begin with its country code ${code} already. Enter it with + in front, or without its country code.`;

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
