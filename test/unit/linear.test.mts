import { describe, expect, it } from '@jest/globals';
import { destination } from '../../credentials/destination.ts';
import { salesflow } from '../../nodes/Salesflow/vendor.ts';
import { saleswhale } from '../../nodes/Saleswhale/vendor.ts';
import { convertalk } from '../../nodes/Convertalk/vendor.ts';
import { trimKey } from '../../credentials/key.ts';
import { redactor } from '../../nodes/engine/http/secrets.ts';
import { safeFileName } from '../../nodes/engine/util/fileName.ts';
import { domainsOf } from '../../nodes/engine/webhook/hosts.ts';
import { recipes, shippedExpressions, textOf, timeOf } from './expressions.mts';

/** Of texts as short as this the slowest are found. Characters. */
const short = 4_096;
/**
 * How long reading so many characters may take, in milliseconds. A linear expression takes a hundredth of it; a
 * quadratic one takes seconds of the first, and would take half an hour of the second.
 */
const longest: ReadonlyArray<[length: number, ms: number]> = [
	[65_536, 1_500],
	[2 ** 20, 10_000],
];

const all = await shippedExpressions();

describe('Every expression of what ships takes a time that grows as its text does', () => {
	it('and they are found', () => expect(all.length).toBeGreaterThan(50));

	it.each(all)(
		'$name',
		({ pattern }) => {
			const times = recipes.map((recipe) => ({
				recipe,
				ms: timeOf(pattern, textOf(recipe, short)),
			}));
			const slowest = times.sort((one, other) => other.ms - one.ms).slice(0, 3);
			for (const { recipe } of slowest) {
				for (const [length, most] of longest) {
					const ms = timeOf(pattern, textOf(recipe, length));
					expect([recipe, length, ms < most]).toEqual([recipe, length, true]);
				}
			}
		},
		60_000,
	);
});

it.each([
	['a base URL of Salesflow', (text: string) => salesflow.address({ baseUrl: text })],
	['a base URL of Saleswhale', (text: string) => saleswhale.address({ baseUrl: text })],
	['a base URL of Convertalk', (text: string) => convertalk.address({ baseUrl: text })],
	['a list of domains', domainsOf],
	['a key', trimKey],
	['a file name', (text: string) => safeFileName(text, 'file')],
	['an answer', redactor(['a-key-of-a-vendor'])],
	['an answer with a key of signs', redactor(['\\\\\\\\/+=&"%25k'])],
	[
		'an address with a key',
		(text: string) => {
			const send = () => destination('Vendor', {}, { baseURL: `https://a.io/${text}`, url: '/a' });
			expect(send).not.toThrow(RangeError);
		},
	],
])('So does reading %s', (_, read) => {
	for (const piece of [
		'/',
		'/api/',
		' ',
		',',
		'.',
		'a-key-of-a-vendo',
		'\\',
		'%25',
		'&amp;',
		'"',
	]) {
		for (const [length, most] of longest) {
			const begun = performance.now();
			read(textOf({ piece, end: 'x' }, length));
			expect([piece, length, performance.now() - begun < most]).toEqual([piece, length, true]);
		}
	}
});
