import { describe, expect, it } from '@jest/globals';
import { get, isRepeatable, patch, post, put } from '../../nodes/engine/http/request.ts';

describe('a request', () => {
	it('keeps an id inside its own segment of the path', () => {
		for (const id of ['../team', 'a/b?c', 'x#y', 'ä ö', '100%', 'a\u0000b', 'a\nb', '%2e%2e']) {
			const { path } = get`/leads/${id}/conversations/`;
			const url = new URL(`https://vendor.example/api/v2${path}`);
			expect(url.pathname.split('/')).toHaveLength(7);
			expect(decodeURIComponent(url.pathname.split('/')[4] ?? '')).toBe(id);
			expect([url.search, url.hash]).toEqual(['', '']);
		}
	});

	it('refuses an id that no encoding can keep in its place', () => {
		for (const id of ['', '.', '..', '\ud800']) {
			expect(() => get`/leads/${id}`).toThrow('cannot be an ID');
		}
	});

	it('knows whether it names one thing', () => {
		expect(post`/leads`.targetsOneRecord).toBe(false);
		expect(put`/leads/${1}`.targetsOneRecord).toBe(true);
	});

	it('may be repeated as RFC 9110 says, unless an operation knows better', () => {
		expect([get`/a`, put`/a`].every(isRepeatable)).toBe(true);
		expect([post`/a`, patch`/a`].some(isRepeatable)).toBe(false);
		expect(isRepeatable({ ...get`/members/Import`, isRead: false })).toBe(false);
		expect(isRepeatable({ ...post`/search`, isRead: true })).toBe(true);
	});
});
