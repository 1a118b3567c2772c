import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { classify } from '../../nodes/engine/http/verdict.ts';
import { del, get } from '../../nodes/engine/http/request.ts';
import { zenviaSales } from '../../nodes/ZenviaSales/vendor.ts';
import { hurry, run } from './engine.mts';
import { answer, closeServers, type Handler, serve } from './server.mts';
import { tiny } from './tiny.mts';

let calm = () => {};
beforeEach(() => {
	calm = hurry();
});
afterEach(async () => {
	calm();
	await closeServers();
});

const page = '<!DOCTYPE html><html><body>Sign in</body></html>';
const read = { resource: 'thing', operation: 'get', thingId: '7' };
const update = { resource: 'thing', operation: 'update', thingId: '7', name: 'a' };

/** Runs items against a server. */
async function against(how: Handler, parameters: object, items: object[] = [{}]) {
	const server = await serve(how);
	const result = await run(tiny, {
		parameters: { ...parameters },
		credential: { key: 'k', baseUrl: server.url },
		items: items.map((item) => ({ ...item })),
		...(items.length > 1 && { onError: 'continueRegularOutput' as const }),
	});
	return { ...result, tries: server.received.length };
}

describe('a web page in place of an answer', () => {
	it('is named, with the browser as the way to see it', async () => {
		const { error } = await against(answer(200, page), read);
		expect(error?.message).toBe('A web page came in place of the answer of Tiny after 5 tries');
		expect(error?.description).toMatch(/sign in.*open https:\/\/127\.0\.0\.1 in a browser/);
	});

	it('is named to a create that may have been done, too', async () => {
		const create = { resource: 'thing', operation: 'create', name: 'a' };
		const { error } = await against(answer(200, page), create);
		expect(error?.description).toMatch(
			/^This may have worked\. Look in Tiny .*sign in.*in a browser/,
		);
	});

	it('ends a run of many items early', async () => {
		const items = Array.from({ length: 200 }, () => ({}));
		const { items: output, tries } = await against(answer(200, page), read, items);
		expect(output).toHaveLength(200);
		for (const { json } of output) expect(String(json.error)).toMatch(/^A web page came/);
		// Ten at once, of which three had to end first.
		expect(tries).toBeLessThan(70);
	});

	it.each([403, 404, 405, 413])('is named where it comes with status %i, once', async (status) => {
		const { error, tries } = await against(answer(status, page), read);
		expect(error?.message).toBe(`Tiny answered with a web page and status ${status}`);
		expect(error?.description).toMatch(/^Check the address in the credential\./);
		expect(tries).toBe(1);
	});

	it('is not taken for a record that is not there', () => {
		const answered = (body: unknown) =>
			({ kind: 'answered', status: 404, headers: {}, body }) as const;
		const tried = { vendor: zenviaSales, read: (body: unknown) => body };
		const lookUp = { ...tried, request: { ...get`/prospect/${'a'}`, allow404: true } };
		const deletion = { ...tried, request: del`/prospect/${'a'}`, mayBeDone: true };
		const none = { code: 'NOT_FOUND', message: 'No such prospect' };
		for (const request of [{ ...lookUp, mayBeDone: false }, deletion]) {
			expect(classify(request, answered(none)).kind).toBe('success');
			expect(classify(request, answered(page)).kind).toBe('failed');
		}
	});

	it('of a proxy that leads elsewhere names the proxy', async () => {
		const headers = { server: 'squid/5.7', location: 'http://intranet.example/blocked' };
		const { error } = await against(answer(302, page, headers), read);
		expect(error?.message).toBe('The proxy squid/5.7 answered with status 302 in place of Tiny');
	});
});

describe('a way to another host in place of an answer', () => {
	const signIn = { location: 'https://gateway.corp.example/sign-in?for=a-person' };
	const leadingTo = (location: string, status = 302) => answer(status, page, { location });

	it('is named, and ends a run of many items early', async () => {
		const items = Array.from({ length: 200 }, () => ({}));
		const { items: output, tries } = await against(answer(307, '', signIn), read, items);
		expect(output).toHaveLength(200);
		for (const { json } of output)
			expect(String(json.error)).toMatch(
				/^Tiny answered with status 307, which leads to https:\/\/gateway\.corp\.example\/sign-in\. .*wants somebody to sign in, .*open https:\/\/127\.0\.0\.1 in a browser/,
			);
		expect(tries).toBeLessThan(10);
	});

	it.each([
		['/v2/things/7', /^http:\/\/127\.0\.0\.1:\d+\/v2\/things\/7$/],
		['https://127.0.0.1?token=k', /^https:\/\/127\.0\.0\.1$/],
	])('is none where it is the same host: %s', async (location, leads) => {
		const items = Array.from({ length: 30 }, () => ({}));
		const { items: output, tries } = await against(leadingTo(location), read, items);
		expect(tries).toBe(30);
		const [, to] = /leads to (\S+)\. Check/.exec(String(output[0]?.json.error)) ?? [];
		expect(to).toMatch(leads);
		expect(output[0]?.json.error).not.toContain('sign in');
	});

	it('tells a create that was taken from one that was not', async () => {
		const create = { resource: 'thing', operation: 'create', name: 'a' };
		for (const [status, isTaken] of [
			[302, false],
			[303, true],
			[307, false],
		] as const) {
			const { error, tries } = await against(leadingTo('/things/8', status), create);
			expect(tries).toBe(1);
			expect(error?.description?.includes('This may have worked')).toBe(isTaken);
		}
	});

	it.each([undefined, '', 'http://'])('is not known where it is none: %j', async (location) => {
		const headers: Record<string, string> = location === undefined ? {} : { location };
		const { error } = await against(answer(301, '', headers), read);
		expect(error?.message).toBe('Tiny answered with status 301');
	});
});

it('an update that may be done says so, also where the vendor takes no more requests then', async () => {
	let count = 0;
	const late = { 'retry-after': '3600' };
	const { error, tries } = await against(
		(...args) => (count++ === 0 ? answer(502) : answer(429, {}, late))(...args),
		update,
	);
	expect(tries).toBe(2);
	expect(error?.message).toBe('Tiny takes no more requests for this key at the moment');
	expect(error?.description).toMatch(/^This may have worked\. Look in Tiny.*It asks for a wait of/);
});
