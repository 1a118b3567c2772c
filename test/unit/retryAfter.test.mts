import { expect, it } from '@jest/globals';
import { retryAfterMs } from '../../nodes/engine/http/retry.ts';

const now = Date.UTC(2026, 0, 1);
const inAnHour = new Date(now + 3_600_000).toUTCString();

it.each<[unknown, number | undefined]>([
	['120', 120_000],
	[' 7 ', 7000],
	[7, 7000],
	['1.5', 1500],
	['0', 0],
	['-5', 0],
	['315360000', 315_360_000_000],
	['120 seconds', 120_000],
	['30s', 30_000],
	['5, 10', 10_000],
	[['5', '3'], 5000],
	[inAnHour, 3_600_000],
	['Thursday, 01-Jan-26 01:00:00 GMT', 3_600_000],
	['Thu Jan  1 00:00:30 2026 GMT', 30_000],
	['Sun, 06 Nov 1994 08:49:37 GMT', 0],
	['Fri, 31 Dec 9999 23:59:59 GMT', Date.UTC(9999, 11, 31, 23, 59, 59) - now],
	['', undefined],
	[' ', undefined],
	['soon', undefined],
	['1/2', undefined],
	['Infinity', undefined],
	['1e300', 1e303],
	['9'.repeat(400), Number.MAX_VALUE],
	[null, undefined],
	[undefined, undefined],
	[[], undefined],
])('Retry-After: %j is a wait of %j ms', (value, ms) => {
	expect(retryAfterMs({ 'retry-after': value as never }, now)).toBe(ms);
});

it('A date is measured by the clock of who sent it', () => {
	const date = new Date(now + 3_590_000).toUTCString();
	expect(retryAfterMs({ 'retry-after': inAnHour, date }, now)).toBe(10_000);
	expect(retryAfterMs({ 'retry-after': inAnHour, date: 'nonsense' }, now)).toBe(3_600_000);
});
