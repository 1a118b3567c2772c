import { afterEach, describe, expect, it } from '@jest/globals';
import { send, open, goesOn, jsonOf } from './sendAndWait.setup.mts';
import { closeServers } from './server.mts';

afterEach(closeServers);

describe('a form behind the link', () => {
	it('asks for a text', async () => {
		const sent = await send({ responseType: 'freeText', options: { title: 'A & B' } });
		const { page } = await open(sent, sent.link);
		expect(page).toContain('<textarea name="field-0"');
		expect(page).toContain('<h1>A &#38; B</h1>');
		expect((await open(sent, sent.link, { 'field-0': ' ' })).status).toBe(400);
		const answered = await open(sent, sent.link, { 'field-0': ' At <ten> ' });
		expect(jsonOf(answered)).toMatchObject({ replied: true, data: { text: 'At <ten>' } });
		expect(answered.page).not.toContain('<ten>');
	});

	const formFields = {
		values: [
			{ fieldLabel: 'Day "A"', fieldType: 'date', requiredField: true },
			{ fieldLabel: 'Part', fieldType: 'dropdown', choices: 'Morning, <Noon>' },
			{ fieldLabel: 'People', fieldType: 'number' },
			{ fieldLabel: 'Mail', fieldType: 'email' },
			{ fieldLabel: 'Note', fieldType: 'textarea' },
		],
	};
	const form = { responseType: 'customForm', formFields };
	const good = { 'field-0': '2026-12-01', 'field-1': '<Noon>', 'field-2': '2' };

	it('asks for what its elements say', async () => {
		const sent = await send(form);
		const { page } = await open(sent, sent.link);
		expect(page).toContain('Day &#34;A&#34; *<input type="date" name="field-0"');
		expect(page).toContain('<option value="&#60;Noon&#62;">&#60;Noon&#62;</option>');
		const answered = await open(sent, sent.link, good);
		expect(jsonOf(answered)).toEqual({
			replied: true,
			data: {
				'Day "A"': '2026-12-01',
				Part: '<Noon>',
				People: 2,
				Mail: null,
				Note: null,
				respondedAt: expect.any(String),
			},
		});
	});

	/** What a browser sends for each choice: an option without a value is its text without what blanks HTML drops. */
	const optionsOf = (page: string): string[] =>
		[...page.matchAll(/<option(?: value="([^"]*)")?>([^<]*)/g)].map(([, value, text = '']) =>
			(value ?? text.replace(/[\t\n\f\r ]+/g, ' ').trim()).replace(/&#(\d+);/g, (_, code: string) =>
				String.fromCharCode(Number(code)),
			),
		);

	it.each(['Tuesday  10 am', 'Tuesday\t10 am', 'A "quoted" & <marked> one', '1 < 2', 'é\u00a0!'])(
		'takes the choice %j as a browser sends it',
		async (choice) => {
			const element = { fieldLabel: 'Part', fieldType: 'dropdown', choices: [choice, 'Other'] };
			const sent = await send({ ...form, formFields: { values: [element] } });
			const [none, first, second] = optionsOf((await open(sent, sent.link)).page);
			expect([none, second]).toEqual(['', 'Other']);
			const answered = await open(sent, sent.link, { 'field-0': String(first) });
			expect(jsonOf(answered)).toMatchObject({ data: { Part: choice } });
		},
	);

	it('takes as many characters as a browser lets in, which counts a line break as one and sends two', async () => {
		const sent = await send({ responseType: 'freeText' });
		const text = `${'x\r\n'.repeat(4_999)}xx`;
		expect(text.replaceAll('\r', '')).toHaveLength(10_000);
		const answered = await open(sent, sent.link, { 'field-0': text });
		expect(jsonOf(answered)).toMatchObject({ data: { text } });
	});

	it.each([
		['field-0', '', 'Pick a date.'],
		['field-0', '2026-02-31', 'Pick a date.'],
		['field-1', 'Night', 'Choose one of the list.'],
		['field-2', 'two', 'Enter a number.'],
		['field-3', '<script>', 'Enter an e-mail address.'],
		['field-4', 'x'.repeat(10_001), 'Enter a text.'],
	])(
		'is shown again where %s does not fit, without what was entered',
		async (name, value, hint) => {
			const sent = await send(form);
			const shown = await open(sent, sent.link, { ...good, [name]: value });
			expect(goesOn(shown)).toBe(false);
			expect(shown.page).toContain(hint);
			expect(shown.page).not.toContain('<script>');
		},
	);
});
