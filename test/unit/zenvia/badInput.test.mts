import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from '@jest/globals';
import { run } from './context.mts';

const prospectId = '507f191e810c19729de860ea';
const lead = { resource: 'lead', operation: 'create', leadType: 'retail', utmSource: 'google' };
const template = {
	resource: 'message',
	operation: 'sendTemplate',
	prospectId,
	channel: 'whatsapp',
};
const schema = [
	{ id: 'date', required: true },
	{ id: 'prospect.firstName', required: false },
];
const list = { resource: 'interaction', operation: 'getAll' };
const event = { resource: 'interaction', operation: 'create', prospectId };
const rating = { resource: 'prospect', operation: 'addRating', prospectId };

const inputs: Array<[string, IDataObject, string]> = [
	[
		'a lead with neither e-mail nor phone',
		lead,
		"'Emails' and 'Phones' are both empty. Enter an e-mail address or a phone number.",
	],
	[
		'a lead with no e-mail address among its e-mails',
		{ ...lead, emails: 'ana@example.com, bea' },
		`'Emails' has "bea", which is not a valid e-mail address.`,
	],
	[
		'a search by neither',
		{ resource: 'prospect', operation: 'find' },
		"'Email' and 'Phone Number' are both empty.",
	],
	[
		'an id that is too short',
		{ resource: 'prospect', operation: 'get', prospectId: '507f' },
		"'Prospect ID' has 4 characters, and an ID of Zenvia has 24.",
	],
	[
		'an id of the right length with wrong characters',
		{ resource: 'prospect', operation: 'get', prospectId: '507F191E810C19729DE860EA' },
		"'Prospect ID' has characters that no ID of Zenvia has.",
	],
	['no id', { resource: 'prospect', operation: 'get', prospectId: '' }, "'Prospect ID' is empty."],
	[
		'a start after the end',
		{ ...list, filters: { createdAfter: '2026-02-01', createdBefore: '2026-01-01' } },
		"'Created After' is 2026-02-01T00:00:00.000Z, which is after 'Created Before' (2026-01-01T00:00:00.000Z). Enter an earlier start.",
	],
	[
		'a start in the future',
		{ ...list, filters: { createdAfter: '2999-01-01' } },
		"'Created After' is 2999-01-01T00:00:00.000Z, which is in the future.",
	],
	[
		'an end without a start',
		{ ...list, filters: { createdBefore: '2026-01-01' } },
		"'Created After' is empty. Zenvia needs the start of a range too.",
	],
	[
		'two ranges that both need windows',
		{
			resource: 'prospect',
			operation: 'getAll',
			filters: {
				createdAfter: '2025-01-01',
				createdBefore: '2025-12-31',
				claimedAfter: '2025-01-01',
				claimedBefore: '2025-12-31',
			},
		},
		'Two ranges are longer than 31 days: created and claimed.',
	],
	[
		'a date that is none',
		{ ...list, filters: { createdAfter: 'yesterday' } },
		`'Created After' is "yesterday", which is not a valid date.`,
	],
	[
		'a filter that one prospect does not know',
		{ ...list, prospectId, filters: { agent: 'x' } },
		"'Agent ID' cannot filter the interactions of one prospect.",
	],
	[
		'a template without its variables',
		{
			...template,
			templateKey: 'appointment',
			parameters: { mappingMode: 'defineBelow', value: { date: ' ' }, schema },
		},
		'The template lacks "date". Fill in its variables.',
	],
	...(
		[
			['\n', 'a line break'],
			['\t', 'a tab'],
			['    ', 'four spaces in a row'],
		] as const
	).map(([blank, what]): [string, IDataObject, string] => [
		`a template with ${what} in a variable`,
		{
			...template,
			templateKey: 'appointment',
			parameters: { mappingMode: 'defineBelow', value: { date: `a${blank}b` }, schema },
		},
		`Variable "date" has ${what}, which WhatsApp does not take. Remove it.`,
	]),
	['no template', { ...template, templateKey: '' }, "'Template' is empty."],
	[
		'a rating of 6',
		{ ...rating, result: 6 },
		"'Rating (1 to 5)' is 6. Enter a number from 1 to 5.",
	],
	[
		'a rating of 4.5',
		{ ...rating, result: 4.5 },
		`'Rating (1 to 5)' is "4.5". Enter a whole number.`,
	],
	['an empty message', { ...template, operation: 'send', content: ' ' }, "'Content' is empty."],
	[
		'a channel that is none',
		{ ...template, operation: 'send', channel: 'pigeon', content: 'Hello' },
		`'Channel Name or ID' is "pigeon". Choose one of whatsapp, facebook, instagram.`,
	],
	[
		'a file that is not there',
		{ ...template, operation: 'sendFile', binaryPropertyName: 'data' },
		`'Input Binary Field' is "data", and the item has no such file.`,
	],
	[
		'a transfer to nobody',
		{ resource: 'prospect', operation: 'transfer', prospectId, transferTo: 'user' },
		"'User' is empty. Choose a user.",
	],
	[
		'an update of nothing',
		{ resource: 'prospect', operation: 'update', prospectId },
		"'Update Fields' is empty. Add at least one field to change.",
	],
	[
		'a quote without items',
		{ resource: 'quote', operation: 'create', prospectId },
		"'Items' is empty. Add at least one item.",
	],
	[
		'a history that is no list',
		{ ...lead, emails: 'ana@example.com', history: '{"type": "note"}' },
		"'History (JSON)' is not a list of JSON objects.",
	],
	['an interaction without content', { ...event, type: 'note' }, 'The note is empty.'],
	[
		'a message without content, which Delivered does not stand for',
		{ ...event, type: 'message', content: ' ', additionalFields: { delivered: true } },
		"'Content' is empty. Enter the text, or add Attachment URL.",
	],
	[
		'a question without one, and without an answer',
		{ ...event, type: 'question', additionalFields: { delivered: true, question: '' } },
		"'Question' is empty. Enter it, or its answer.",
	],
	[
		'a custom environment without an address',
		{ resource: 'integration', operation: 'get', environment: 'custom' },
		"'Base URL' of the Zenvia Sales credential is empty.",
	],
];

describe('bad input', () => {
	it.each(inputs)(
		'%s is said before anything is sent',
		async (_, { environment, ...parameters }, sentence) => {
			const credential = environment ? { environment, baseUrl: '' } : {};
			const { requests, error } = await run({ parameters, credential });
			expect(error?.message).toContain(sentence);
			expect(`${error?.message} ${error?.description}`).not.toMatch(
				/\b(error|problem|failure|mistake)\b/i,
			);
			expect(requests).toEqual([]);
		},
	);

	it.each<[string, number, IDataObject]>([
		['in version 1', 1, { delivered: true }],
		['with an attachment', 1.1, { attachmentUrl: 'https://example.com/a.png' }],
		['with buttons', 1.1, { otherFields: '{"buttons": {}}' }],
	])('is no message without content %s', async (_, typeVersion, additionalFields) => {
		const parameters = { ...event, type: 'message', content: '', additionalFields };
		const { requests, error } = await run({ parameters, typeVersion });
		expect(error?.message ?? '').not.toContain('is empty');
		expect(requests).toHaveLength(1);
	});

	it('of one item among many leaves the others alone', async () => {
		const parameters = { resource: 'prospect', operation: 'get' };
		const perItem = { prospectId: (index: number) => (index === 1 ? 'x' : prospectId) };
		const { requests, output } = await run({
			parameters,
			perItem,
			items: [{}, {}, {}],
			continueOnFail: true,
		});
		expect(requests).toHaveLength(2);
		expect(output.map(({ json }) => Object.keys(json))).toEqual([[], ['error'], []]);
	});

	it('of a file says so where it is too large, or which others there are', async () => {
		const parameters = { ...template, operation: 'sendFile', binaryPropertyName: 'data' };
		const large = { data: '', id: 'filesystem:1', bytes: 100_000_001, mimeType: 'video/mp4' };
		const tooLarge = await run({ parameters, items: [{ binary: { data: large } }] });
		expect(tooLarge.error?.message).toContain(
			"'Input Binary Field' has 96 MB, more than the 16 MB that fit.",
		);
		const other = await run({ parameters, items: [{ binary: { photo: large } }] });
		expect(other.error?.message).toContain('It has "photo": enter one of these.');
		const empty = await run({
			parameters,
			items: [{ binary: { data: { ...large, bytes: 0 } } }],
		});
		expect(empty.error?.message).toContain('is an empty file');
		expect([...tooLarge.requests, ...other.requests, ...empty.requests]).toEqual([]);
	});
});
