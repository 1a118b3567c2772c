import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { redactor, redactValue } from '../../nodes/engine/http/secrets.ts';
import { needlesOf, searchFor } from '../attack/secrets.mts';
import { nested } from '../attack/values.mts';
import { everything, run } from './engine.mts';
import { closeServers, serve } from './server.mts';
import { tiny } from './tiny.mts';

afterEach(closeServers);

const key = 'Zq7kWuX2vNdR5t';
const foundIn = searchFor(needlesOf(key));
const redact = redactor([key]);

/** JSON of ASCII alone, as PHP and Python write it. */
const asciiJson = (text: string) =>
	JSON.stringify(text).replace(
		/[^\x20-\x7e]/g,
		(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
/** As the package qs writes it, which n8n uses. */
const queryOf = (text: string) =>
	encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
const htmlOf = (text: string) =>
	text.replace(/[^A-Za-z\d]/g, (sign) => `&#x${sign.charCodeAt(0).toString(16)};`);

describe('A secret is taken out of a text', () => {
	const special = 'k/+=&é …"<Zq7kWuX2vNdR5t>\\?\'!*(~)$:,?+';
	it.each([
		['as it is', special],
		['in a URL', encodeURIComponent(special)],
		['in an address', encodeURI(special)],
		['in a form', String(new URLSearchParams({ '': special })).slice(1)],
		['in JSON', JSON.stringify(special)],
		[
			'in HTML',
			special
				.replace(/&/g, '&amp;')
				.replace(/</g, '&lt;')
				.replace(/>/g, '&gt;')
				.replace(/"/g, '&quot;'),
		],
		['in base64', Buffer.from(special).toString('base64')],
		['in base64 of a URL', Buffer.from(special).toString('base64url')],
		['in a query as n8n writes it', queryOf(special)],
		['in a URL inside a URL', encodeURIComponent(encodeURIComponent(special))],
		['in JSON inside JSON', JSON.stringify(JSON.stringify(special)).slice(1, -1)],
		['in JSON without other letters', asciiJson(special)],
		['in a URL in JSON', JSON.stringify(encodeURI(special)).replaceAll('/', '\\/')],
		['in HTML by numbers', special.replace(/[^A-Za-z\d]/g, (sign) => `&#${sign.charCodeAt(0)};`)],
		['in HTML by hexadecimal numbers', htmlOf(special)],
		['in base64 in a URL', encodeURIComponent(Buffer.from(special).toString('base64'))],
	])('%s', (_, form) => {
		const clean = redactor([special])(`before ${form} after`);
		expect(clean).toMatch(/^before \\?"?\[hidden\]\\?"? after$/);
	});

	it.each(['base64', 'base64url'] as const)('at any place of something in %s', (encoding) => {
		// In base64 it has signs that the two alphabets write otherwise.
		const other = 'k>>?~~?+Zq7kW>?~';
		fc.assert(
			fc.property(fc.string(), fc.string(), (before, after) => {
				const text = (secret: string) => Buffer.from(before + secret + after).toString(encoding);
				expect(foundIn(redact(text(key)))).toEqual([]);
				expect(redactor([other])(text(other))).toContain('[hidden]');
			}),
		);
	});

	it('as often as it is there, and nothing else with it', () => {
		expect(redact(`${key}${key}, ${key}x`)).toBe('[hidden][hidden], [hidden]x');
		expect(redactor([])('text')).toBe('text');
		expect(redactor([''])('text')).toBe('text');
		expect(redactor(['a.b*c(d)e'])('a.b*c(d)e aXbbc')).toBe('[hidden] aXbbc');
	});

	it('by itself where it is too short for a key', () => {
		expect(redactor(['key'])('key=key, monkey, keys')).toBe('[hidden]=[hidden], monkey, keys');
	});
});

describe('A secret is taken out of a value', () => {
	it('out of texts, names and numbers, however deep', () => {
		const answer = { id: 7, name: `a ${key}`, [`${key}.x`]: [{ [key]: { key } }, key, null, true] };
		expect(redactValue(answer, redact)).toEqual({
			id: 7,
			name: 'a [hidden]',
			'[hidden].x': [{ '[hidden]': { key: '[hidden]' } }, '[hidden]', null, true],
		});
		expect(Object.keys(answer)).toEqual(['id', 'name', '[hidden].x']);
		expect(redactValue(key, redact)).toBe('[hidden]');
		expect(redactValue(12345678, redactor(['12345678']))).toBe('[hidden]');
		expect(redactValue(undefined, redact)).toBeUndefined();
		const levels = 50_000;
		const deep = redactValue(
			nested(levels, (a) => [a, key]),
			redact,
		) as unknown[];
		let inner: unknown = deep;
		for (let level = 0; level < levels; level++) {
			expect((inner as unknown[])[1] === '[hidden]').toBe(true);
			inner = (inner as unknown[])[0];
		}
		expect(inner).toBe('deep');
	});

	it('and leaves the rest as it is, whatever it is called', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				const before = JSON.stringify(value);
				expect(JSON.stringify(redactValue(value, redact))).toBe(before);
			}),
		);
		const text = `{"${key}":1,"__proto__":{"a":1},"constructor":2}`;
		const clean = redactValue(JSON.parse(text), redact);
		expect(JSON.stringify(clean)).toBe('{"[hidden]":1,"__proto__":{"a":1},"constructor":2}');
		expect(Object.getPrototypeOf(clean)).toBe(Object.prototype);
	});
});

it.each(['create', 'get', 'getAll', 'update'])(
	'A key that a vendor repeats in a good answer is in nothing that is stored: %s',
	async (operation) => {
		const echo = { id: 7, name: key, [key]: { url: `https://a.io/?token=${key}` }, list: [key] };
		const server = await serve(() => ({ thing: echo, things: [echo] }));
		const parameters = { resource: 'thing', operation, thingId: '7', name: 'a' };
		const credential = { key: ` ${key}\n`, baseUrl: server.url };
		const { items, run: stored } = await run(tiny, { parameters, credential });
		expect(items[0]?.json).toMatchObject({ id: 7, name: '[hidden]' });
		expect(foundIn(everything(stored))).toEqual([]);
	},
);
