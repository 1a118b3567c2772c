import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { readIdentification } from '../../../nodes/ZenviaSales/resources/identification.ts';
import { run } from './context.mts';

/** Numbers that the authorities, and the sellers of checking libraries, print as examples. */
const good: Array<[type: string, typed: string]> = [
	['CPF', '52998224725'],
	['CPF', '529.982.247-25'],
	['CPF', '111.444.777-35'],
	['CPF', '01234567890'],
	['CUIT', '20-12345678-6'],
	['CUIT', '30-50001091-2'],
	['CUIL', '20123456786'],
	['RUT', '76.086.428-5'],
	['RUT', '12345678-5'],
	['RUN', '11.111.111-1'],
	['RUT', '10.000.013-k'],
	['CURP', 'HEGG560427MVZRRL04'],
	['CURP', 'hegg560427mvzrrl04'],
	['RFC', 'VECJ880326XXX'],
	['RFC', 'XAXX010101000'],
	['RFC', 'GOÑ8501012A3'],
	['IMSS', '12345678903'],
	['DNIC', '1.234.567-2'],
	['DNI', '12.345.678'],
	['DNI', '987654'],
	['RUC', '20100070970'],
	['CE', 'anything'],
];

it.each(good)('%s %s is one, and goes out as it was typed', (type, typed) => {
	expect(readIdentification(type, typed)).toEqual({ number: typed });
});

it.each([
	['CPF', '1234567890', '01234567890'],
	['CPF', '191', undefined],
	['CPF', '6475434', '00006475434'],
	['CPF', '100000037', '00100000037'],
	['IMSS', '1234567897', '01234567897'],
	['IMSS', '123456782', undefined],
	['CUIT', '123456786', undefined],
	['RUT', '1234567', undefined],
])('%s %s, which lost its zeros, is %s', (type, typed, number) => {
	const read = readIdentification(type, typed);
	if (number === undefined) expect(read).toHaveProperty('why');
	else expect(read).toEqual({ number });
});

it.each([
	['CPF', '52998224726', 'its check digits do not fit'],
	['CPF', '1234567891', 'its check digits do not fit'],
	['CPF', '11111111111', 'its check digits do not fit'],
	['CPF', '529982247255', 'that has 11 digits'],
	['CPF', 'abc', 'that has 11 digits'],
	['CUIT', '20-12345678-5', 'its check digits do not fit'],
	['RUT', '12345678-K', 'its check digits do not fit'],
	['CURP', 'HEGG560427MVZRRL05', 'its check digits do not fit'],
	['IMSS', '12345678904', 'its check digits do not fit'],
	['DNIC', '1.234.567-3', 'its check digits do not fit'],
	['DNI', '123', 'that has up to 8 digits'],
	['RFC', 'VECJ88', 'that has 12 or 13 letters and digits'],
])('%s %s is none', (type, typed, why) => {
	expect(readIdentification(type, typed)).toEqual({ why: expect.stringContaining(why) });
});

it('any CPF comes through a spreadsheet, and none with a check digit changed', () => {
	const check = (digits: number[]) =>
		((digits.reduce((sum, digit, n) => sum + digit * (digits.length + 1 - n), 0) * 10) % 11) % 10;
	const nine = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 9, maxLength: 9 });
	fc.assert(
		fc.property(
			nine,
			fc.constantFrom(9, 10),
			fc.integer({ min: 1, max: 9 }),
			(digits, at, change) => {
				fc.pre(new Set(digits).size > 1 && digits.slice(0, 4).some((digit) => digit > 0));
				const ten = [...digits, check(digits)];
				const whole = [...ten, check(ten)];
				const cpf = whole.join('');
				expect(readIdentification('CPF', String(Number(cpf)))).toEqual({ number: cpf });
				const other = whole.map((digit, n) => (n === at ? (digit + change) % 10 : digit));
				expect(readIdentification('CPF', other.join(''))).toHaveProperty('why');
			},
		),
		{ numRuns: 1000 },
	);
});

describe('the identification numbers of a lead', () => {
	const lead = (number: unknown, typeVersion?: number) => ({
		parameters: {
			resource: 'lead',
			operation: 'create',
			utmSource: 'google',
			emails: 'ana@example.com',
			additionalFields: { nin: { number: [{ type: 'CPF', number }] } } as IDataObject,
		},
		typeVersion,
	});

	it('have their zeros back', async () => {
		const { requests } = await run(lead(1234567890));
		expect(requests[0]?.body).toMatchObject({ nin: [{ type: 'CPF', number: '01234567890' }] });
	});

	it.each([1234567891, '1,23E+10', '#N/A', 'n/a'])('are refused: %p', async (number) => {
		const { error, requests } = await run(lead(number));
		expect(error?.message).toMatch(/'?Number'? is "/);
		expect(requests).toEqual([]);
	});

	it('go out from version 1 as they are', async () => {
		const { requests } = await run(lead('123', 1));
		expect(requests[0]?.body).toMatchObject({ nin: [{ type: 'CPF', number: '123' }] });
	});
});
