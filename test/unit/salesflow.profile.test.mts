import { describe, expect, it } from '@jest/globals';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Item } from '../../nodes/engine/form/fields.ts';
import { profileUrl, publicIdentifier } from '../../nodes/Salesflow/resources/linkedIn.ts';

const item: Item = { index: 0, json: {}, context: {} as IExecuteFunctions };
const property = { displayName: 'Profile', name: 'who', type: 'string', default: '' } as const;
const url = profileUrl(property);
const either = publicIdentifier(property);

const john = 'john-smith-123456';
/** The address of one profile, as people copy it. */
const copied = [
	`https://www.linkedin.com/in/${john}`,
	`http://linkedin.com/in/${john}/`,
	`linkedin.com/in/${john}`,
	`//www.linkedin.com/in/${john}`,
	`https://m.linkedin.com/in/${john}`,
	`https://br.linkedin.com/in/${john}`,
	`https://pt.linkedin.com/in/${john}/pt`,
	`HTTPS://WWW.LINKEDIN.COM/IN/${john}`,
	`https://www.linkedin.com/comm/in/${john}?midToken=AQ&trk=eml-x`,
	`https://www.linkedin.com/mwlite/in/${john}`,
	`https://www.linkedin.com/in/${john}/?originalSubdomain=br`,
	`https://www.linkedin.com/in/${john}/details/experience/`,
	`https://www.linkedin.com/in/${john}?utm_source=share&utm_medium=member_desktop`,
	`https://www.linkedin.com/in/${john}#about`,
	`https://www.linkedin.com//in//${john}`,
	`https://www.linkedin.com/in/${john},`,
	`https://www.linkedin.com/in/${john}.`,
	`https://www.linkedin.com/in/${john}/,`,
	`https://www.linkedin.com/in/${john}/;`,
	`<https://www.linkedin.com/in/${john}>`,
	`"https://www.linkedin.com/in/${john}"`,
	`(https://www.linkedin.com/in/${john}).`,
	` \u200bhttps://www.linkedin.com/in/${john}\u00a0\n`,
];

const joao = 'jo%C3%A3o-concei%C3%A7%C3%A3o';
/** An identifier with accents, in its spellings. */
const accented = [
	'https://www.linkedin.com/in/joão-conceição',
	'https://www.linkedin.com/in/joão-conceição'.normalize('NFD'),
	'https://www.linkedin.com/in/jo%C3%A3o-concei%C3%A7%C3%A3o/',
	'https://www.linkedin.com/in/jo%c3%a3o-concei%c3%a7%c3%a3o',
	'https://www.linkedin.com/in/jo%25C3%25A3o-concei%25C3%25A7%25C3%25A3o',
	`https://www.linkedin.com/in/${encodeURIComponent('joão-conceição'.normalize('NFD'))}`,
];

describe('the address of a profile', () => {
	it.each(copied)('%j names its identifier', (text) => {
		expect(url.read(text, item)).toBe(`https://linkedin.com/in/${john}`);
		expect(either.read(text, item)).toBe(john);
	});

	it.each([
		`https://www.linkedin.com/in/${john}/ https://www.linkedin.com/in/bea/`,
		`https://www.linkedin.com/in/${john}/\nlinkedin.com/in/bea`,
		`linkedin.com/in/${john}/, br.linkedin.com/comm/in/bea`,
		`https://www.linkedin.com/in/${john}?trk=x https://www.linkedin.com/in/bea`,
	])('%j, which holds another one, is refused', (text) => {
		for (const one of [url, either])
			expect(() => one.read(text, item)).toThrow('which holds several profiles. Enter one.');
	});

	it('may stand in the query of one', () => {
		const text = `https://www.linkedin.com/in/${john}?from=https://www.linkedin.com/in/bea`;
		expect(either.read(text, item)).toBe(john);
	});

	it.each(accented)('%j goes out percent-encoded', (text) => {
		expect(url.read(text, item)).toBe(`https://linkedin.com/in/${joao}`);
		expect(either.read(text, item)).toBe(joao);
	});

	it.each([
		'https://www.linkedin.com/sales/lead/ACwAAAJ1,NAME_SEARCH,abcd',
		'https://www.linkedin.com/sales/people/ACwAAAJ1,name',
		'linkedin.com/sales/profile/1,2',
	])('%j is of Sales Navigator', (text) => {
		for (const field of [url, either]) {
			expect(() => field.read(text, item)).toThrow(
				"which is an address of Sales Navigator. Open the lead and copy 'LinkedIn.com URL'.",
			);
		}
	});

	it.each([
		...['https://www.linkedin.com/company/acme', 'https://www.linkedin.com/feed/', 'linkedin.com'],
		...['https://www.linkedin.com/in/', 'https://www.linkedin.com/in/..', 'https://lnkd.in/abc'],
		...['https://www.linkedin.com/pub/john-smith/1/2/3', 'https://www.linkedin.com/in/a b'],
		...['https://evil-linkedin.com/in/x', 'https://linkedin.com.evil.example/in/x'],
		...['https://linkedin.com@evil.example/in/x', 'https://www.linkedin.com/in/john,smith'],
		...['https://www.linkedin.com/in/%E0%A4%A', 'https://www.linkedin.com/in/a%2F..%2Fb'],
		...['https://www.linkedin.com/in/a&campaignId=1', 'https://www.linkedin.com/talent/profile/A'],
		...['https://www.linkedin.com/in/me/', 'https://www.linkedin.com/in/null', 'linkedin.com/in/-'],
		...['https://www.linkedin.com/in/undefined?x', 'https://www.linkedin.com/in/unavailable/'],
		...['https://www.linkedin.com/in/{slug}', 'linkedin.com/in/{{ $json.slug }}'],
		...['https://www.linkedin.com/in/a\u200bb', 'Invalid DateTime', 'https://x.example/in/y'],
	])('%j is refused', (text) => {
		for (const field of [url, either]) {
			expect(() => field.read(text, item)).toThrow(/^'?Profile'? is ".+\. [A-Z]/s);
		}
	});
});

describe('a public identifier', () => {
	it.each([
		[john, john],
		[`${john},`, john],
		[`@${john}`, john],
		[`/in/${john}`, john],
		['joão', 'jo%C3%A3o'],
		['jo%C3%A3o', 'jo%C3%A3o'],
	])('%j is %j', (text, identifier) => expect(either.read(text, item)).toBe(identifier));

	it.each([
		'me',
		'Null',
		'-',
		'__',
		'{john}',
		'John Smith',
		'john.smith',
		'john@example.com',
		'https://example.com',
		'..',
		'a/b',
	])('%j is none', (text) => {
		expect(() => either.read(text, item)).toThrow(
			'which is neither a public identifier nor the address of a LinkedIn profile',
		);
	});

	it('goes out from version 1 as it is', () => {
		const old = { ...item, version: 1 };
		expect(either.read('joão', old)).toBe('joão');
		expect(url.read('https://www.linkedin.com/in/joão,', old)).toBe(
			'https://linkedin.com/in/joão,',
		);
	});
});
