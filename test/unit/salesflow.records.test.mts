import { describe, expect, it } from '@jest/globals';
import { SalesflowApi } from '../../credentials/SalesflowApi.credentials.ts';
import { changedSince, salesflow } from '../../nodes/Salesflow/vendor.ts';
import { identifierOfProfile, sameIdentifier } from '../../nodes/Salesflow/resources/linkedIn.ts';
import { messagesIn } from '../../nodes/Salesflow/trigger/messages.ts';
import { contactRecord, isoTime, statusNames } from '../../nodes/Salesflow/resources/records.ts';
import { get } from '../../nodes/engine/http/request.ts';
import { checkedCredential } from '../../nodes/engine/http/credentialCheck.ts';
import { redactor } from '../../nodes/engine/http/secrets.ts';

describe("Salesflow's types", () => {
	it.each([
		['/Date(1618336539820)/', '2021-04-13T17:55:39.820Z'],
		['/Date(-1)/', '1969-12-31T23:59:59.999Z'],
		['/Date(1618336539820+0200)/', '2021-04-13T17:55:39.820Z'],
		['2021-02-18T15:33:44.5905705+00:00', '2021-02-18T15:33:44.590Z'],
		['2021-02-18T15:33:44.5905705+02:00', '2021-02-18T13:33:44.590Z'],
		['2021-02-18T15:33:44.5', '2021-02-18T15:33:44.500Z'],
		['2021-02-18T15:33:44', '2021-02-18T15:33:44.000Z'],
		['/Date(99999999999999999)/', '/Date(99999999999999999)/'],
		['2021-02-31x', '2021-02-31x'],
		['2021-02-31T15:33:44', '2021-02-31T15:33:44'],
		[null, null],
	])('reads the time %j as %j', (value, expected) => {
		expect(isoTime(value)).toBe(expected);
	});

	it.each([
		['MEMBER_PENDING, MEMBER_ERROR', ['MEMBER_PENDING', 'MEMBER_ERROR']],
		[0, ['MEMBER_NOT_SET']],
		[2052, ['MEMBER_CONNECTED', 'MEMBER_DUPLICATE']],
		['1025', ['MEMBER_PENDING', 'MEMBER_ERROR']],
		[4096 + 1, ['MEMBER_PENDING', 'MEMBER_4096']],
		[null, []],
		[-1, []],
		[1.5, []],
	])('names the flags of %j', (status, names) => {
		expect(statusNames(status)).toEqual(names);
	});

	it("keeps the vendor's status beside the names, and leaves other fields alone", () => {
		const record = {
			MemberId: 1,
			Status: 1025,
			AddedAt: '2021-02-18T15:33:44.5905705+00:00',
			X: '/Date(1)/',
		};
		expect(contactRecord(record)).toEqual({
			...record,
			AddedAt: '2021-02-18T15:33:44.590Z',
			StatusNames: ['MEMBER_PENDING', 'MEMBER_ERROR'],
		});
	});

	it("reads the messages of the vendor's own sample", () => {
		const html =
			'<p>Connection message [2/18/2021 4:33 PM]: This is a test connection message</p>\r\n\r\n<p>John Smith [2/18/2021 12:03 AM]: This is a test inbound message</p>';
		expect(messagesIn(html, 'John Smith')).toEqual([
			{
				Sender: 'Connection message',
				SentAt: '2021-02-18T16:33:00.000Z',
				Text: 'This is a test connection message',
				IsFromContact: false,
			},
			{
				Sender: 'John Smith',
				SentAt: '2021-02-18T00:03:00.000Z',
				Text: 'This is a test inbound message',
				IsFromContact: true,
			},
		]);
	});

	it.each([
		'\u202fPM',
		'\u00a0PM',
		'&nbsp;PM',
		'&#8239;pm',
		'PM',
		' pm',
		' p.m.',
		'\u00a0p.\u00a0m.',
	])('reads the time and the writer where %j stands behind it', (half) => {
		const [message] = messagesIn(`<p>Ada King [2/18/2021 4:33${half}]: Hello</p>`, 'Ada King');
		expect(message).toEqual({
			Sender: 'Ada King',
			SentAt: '2021-02-18T16:33:00.000Z',
			Text: 'Hello',
			IsFromContact: true,
		});
	});

	it.each([
		['Ada  King', 'Ada King'],
		['Ada King', 'Ada  King'],
		['Ada King', ' Ada\u00a0King '],
		['Rene\u0301', 'Ren\u00e9'],
		['ADA KING', 'Ada King'],
		['Ada\u200b King\u200e', 'Ada King'],
		['O&#39;Brien', "O'Brien"],
		['O&#39;Brien', 'O&#39;Brien'],
	])('takes %j for what %j wrote', (sender, contact) => {
		const [message] = messagesIn(`<p>${sender} [2/18/2021 4:33 PM]: Hello</p>`, contact);
		expect(message).toMatchObject({ Text: 'Hello', IsFromContact: true });
	});

	it('takes nothing for the words of a contact without a name', () => {
		const [message] = messagesIn('<p> [2/18/2021 4:33 PM]: Hello</p>', ' ');
		expect(message).toMatchObject({ Text: 'Hello', IsFromContact: false });
	});

	it.each([
		'2/30/2021 4:33 PM',
		'13/1/2021 4:33 PM',
		'2/18/2021 13:33 PM',
		'2/18/2021 4:60 PM',
		'2/18/0021 4:33 PM',
	])('gives no other day for %j, and the text all the same', (time) => {
		const [message] = messagesIn(`<p>Ada [${time}]: Hello</p>`, 'Ada');
		expect(message).toEqual({ Sender: 'Ada', SentAt: null, Text: 'Hello', IsFromContact: true });
	});

	it('keeps text that looks like markup, breaks and brackets, and what has no heading', () => {
		const html =
			'<p>A [CEO] B [12/1/2021 12:00 PM]: 1 &lt; 2 &amp;&#39;&#x41;&euro;<br/>[x]: y <b>bold</b></p><p>note</p><p> </p>';
		expect(messagesIn(html, 'x')).toEqual([
			{
				Sender: 'A [CEO] B',
				SentAt: '2021-12-01T12:00:00.000Z',
				Text: "1 < 2 &'A&euro;\n[x]: y bold",
				IsFromContact: false,
			},
			{ Sender: null, SentAt: null, Text: 'note', IsFromContact: false },
		]);
	});

	it('reads hostile megabytes in no time', () => {
		for (const piece of ['<', '<p>', '&', '[', '</p', '[1/1/2021 ', '<br']) {
			const html = piece.repeat(1_000_000 / piece.length);
			const start = performance.now();
			messagesIn(html, 'x');
			expect(performance.now() - start).toBeLessThan(5_000);
		}
	});
});

describe('a LinkedIn address', () => {
	it.each([
		['https://linkedin.com/in/john-smith-123456', 'john-smith-123456'],
		['http://www.linkedin.com/in/john/', 'john'],
		['linkedin.com/in/john?utm=1', 'john'],
		['https://uk.linkedin.com/in/j%C3%B6rg/de#x', 'j%C3%B6rg'],
		['HTTPS://LinkedIn.com/in/John', 'John'],
	])('%s holds %s', (address, identifier) => {
		expect(identifierOfProfile(address)).toBe(identifier);
	});

	it.each([
		'https://example.com/in/john',
		'https://linkedin.com.example.com/in/john',
		'https://evil-linkedin.com/in/john',
		'https://linkedin.com/company/acme',
		'https://linkedin.com/in/',
		'https://linkedin.com/in/..',
		'https://user@linkedin.com/in/john',
		'javascript:linkedin.com/in/john',
		'https://linkedin.com/in/jo hn',
		`https://linkedin.com/in/${'x'.repeat(300)}`,
		'https://linkedin.com/in/\ud800',
	])('%j is none', (address) => {
		expect(identifierOfProfile(address)).toBeUndefined();
	});

	it('is the same in other case and encoding', () => {
		expect(sameIdentifier('J%C3%B6rg')).toBe(sameIdentifier('jörg'));
		expect(sameIdentifier('50%')).toBe('50%');
	});
});

describe("Salesflow's API", () => {
	it("takes a refusal under HTTP 200 for one, and a contact's status for none", () => {
		const status = (code: number, body: unknown) =>
			salesflow.status?.({ kind: 'answered', status: code, headers: {}, body });
		expect(status(200, { Status: 409, Message: null })).toBe(409);
		expect(status(200, { Status: 204, Message: null })).toBe(200);
		expect(status(404, { Status: 200, Message: null })).toBe(404);
		expect(status(200, { Status: 416, MemberId: 1 })).toBe(200);
		expect(status(200, [{ Status: 404, Message: 'x' }])).toBe(200);
	});

	it('finds both hosts, with and without the /api/ that the document prints', () => {
		const credentials = {
			baseUrl: 'https://a.example/api/',
			statisticsBaseUrl: 'https://b.example/',
		};
		expect(salesflow.address(credentials)).toBe('https://a.example');
		expect(salesflow.address(credentials, 'statistics')).toBe('https://b.example');
	});

	it.each([
		[{ token: ' ', accountId: '1' }, "'API Token' of the Salesflow credential is empty."],
		[{ token: 'a', accountId: '' }, "'Account ID' of the Salesflow credential is empty."],
		[
			{ token: 'a', accountId: '1&x=2' },
			"'Account ID' of the Salesflow credential is not the number of a LinkedIn account",
		],
	])('says what %j lacks', (credentials, sentence) => {
		const { properties } = new SalesflowApi();
		expect(() => checkedCredential(salesflow, properties, credentials)).toThrow(sentence);
	});

	it('sends token and account everywhere, and the token alone to list accounts', async () => {
		const { authenticate } = new SalesflowApi();
		if (typeof authenticate !== 'function') throw new Error('not a function');
		const query = async (url: string) =>
			(await authenticate({ token: 'a ', accountId: ' 1' }, { url, qs: { x: 1 } })).qs;
		expect(await query('https://h/api/webhooks/list')).toEqual({
			x: 1,
			token: 'a',
			accountId: '1',
		});
		expect(await query('https://h/api/accounts/list')).toEqual({ x: 1, token: 'a' });
	});

	it('leaves out what is older than asked for, where a server passes the filter over', async () => {
		const records = [
			{ n: 1, LastModifiedAt: '2021-01-01T00:00:00.0000000+00:00' },
			{ n: 2, LastModifiedAt: '2021-03-01T00:00:00.0000000+00:00' },
			{ n: 3 },
			{ n: 4, LastModifiedAt: `/Date(${Date.parse('2021-01-31')})/` },
			{ n: 5, LastModifiedAt: `/Date(${Date.parse('2021-02-02')})/` },
			// Without a zone they are UTC, wherever n8n runs.
			{ n: 6, LastModifiedAt: '2021-01-31T23:59:59.9999999' },
			{ n: 7, LastModifiedAt: '2021-02-01T00:00:00.0000000' },
		];
		const first = { ...get`/x`, query: { updatedFromDate: '2021-02-01T00:00:00.000Z' } };
		const pages = changedSince(async () => ({ records, body: records }), first, Infinity);
		const kept = (await pages.next()).value as typeof records;
		expect(kept.map(({ n }) => n)).toEqual([2, 3, 5, 7]);
	});

	it("hides an account's number where it stands alone", () => {
		expect(redactor(['321'])('account 321, campaign 32145, 1321')).toBe(
			'account [hidden], campaign 32145, 1321',
		);
	});
});
