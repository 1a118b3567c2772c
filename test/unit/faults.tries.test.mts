import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { everything, hurry, run } from './engine.mts';
import { key, good, reset, tooSoon, parameters, runAgainst, may } from './faults.setup.mts';
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

it('a connection that was refused is tried again, also for a create, and shows no key', async () => {
	const server = await serve(good);
	await server.close();
	const options = { credential: { key, baseUrl: server.url }, parameters: parameters.create };
	const { error, run: stored } = await run(tiny, options);
	expect(error?.message).toBe('Tiny could not be reached after 5 tries');
	expect(error?.description).toContain('(ECONNREFUSED)');
	expect(error?.description).not.toContain(may);
	expect(everything(stored)).not.toContain(key);
});

it('an empty 200 is enough for a delete, and too little for a get', async () => {
	const fine = await runAgainst('delete', answer(200), Infinity);
	const bad = await runAgainst('get', answer(200), Infinity);
	expect(fine.items.map(({ json }) => json)).toEqual([{ deleted: true }]);
	expect(bad.error?.message).toMatch(/^Tiny gave no answer that can be read/);
});

it('an empty 200 is too little for a create, which may be done, and for an update, which is sent again', async () => {
	const create = await runAgainst('create', answer(200), 1);
	expect(create.server.received).toHaveLength(1);
	expect(create.error?.message).toMatch(/^Tiny gave no answer that can be read/);
	expect(create.error?.description).toContain(may);
	const update = await runAgainst('update', answer(201), 1);
	expect([update.server.received.length, update.items[0]?.json.id]).toEqual([2, 7]);
});

it('a create that is answered well, with something else, may be done all the same', async () => {
	const { error, server } = await runAgainst('create', () => ({ other: {} }), 1);
	expect(server.received).toHaveLength(1);
	expect(error?.message).toMatch(/^The answer holds no "thing"/);
	expect(error?.description).toContain(may);
});

it('a delete whose answer was lost is done where nothing is there any more', async () => {
	let count = 0;
	const lost: Handler = (...args) => (count++ === 0 ? reset : answer(404))(...args);
	const { items, error, server } = await runAgainst('delete', lost, 2);
	expect([server.received.length, error]).toEqual([2, undefined]);
	expect(items.map(({ json }) => json)).toEqual([{ deleted: true }]);
	const never = await runAgainst('delete', answer(404), 1);
	expect(never.error?.message).toMatch(/^Tiny answered that there is no such thing/);
});

it.each([
	['echoed in a message', (text: string) => answer(422, { message: `token=${text} is wrong` })],
	['echoed in HTML', (text: string) => answer(422, `<p>${text}</p>`)],
])('the key is hidden where the vendor has it %s', async (_, fault) => {
	for (const form of [
		key,
		encodeURIComponent(key),
		new URLSearchParams({ key }).toString().slice(4),
	]) {
		const { run, items } = await runAgainst('create', fault(form), 1, 'continueRegularOutput');
		expect(items[0]?.json.error).toBeDefined();
		expect(everything(run)).not.toContain(form);
	}
});

it('a Retry-After that is too long is told to the person, and not waited for', async () => {
	const { error, server } = await runAgainst('get', tooSoon('3600'), Infinity);
	expect(server.received).toHaveLength(1);
	expect(error?.message).toBe('Tiny takes no more requests for this key at the moment');
	expect(error?.description).toBe(
		'It asks for a wait of 60 minutes. Run this again in 10 minutes, when the next request is sent, and see what else uses the key.',
	);
});

it.each([
	['420', 'Run this again in 7 minutes, and'],
	['315360000', 'It asks for a wait of 3,650 days. Run this again in 10 minutes,'],
	['1e300', 'It asks for a wait of '],
	['Fri, 31 Dec 9999 23:59:59 GMT', 'days. Run this again in 10 minutes,'],
])('what a Retry-After of %s asks for is said', async (asked, sentence) => {
	const { error, server } = await runAgainst('get', tooSoon(asked), Infinity);
	expect(server.received).toHaveLength(1);
	expect(error?.description).toContain(sentence);
});

it.each([
	[400, /^Check the values of this item/],
	[402, /^Look in Tiny whether the plan and the balance/],
	[405, /^Check the address in the credential.*no longer/],
	[410, /^Check the address in the credential.*no longer/],
	[414, /^Send less at once/],
	[415, /^Check the address in the credential.*no longer/],
	[423, /^Wait a while/],
	[425, /^Wait a while/],
	[431, /^Send less at once/],
	[451, /^Ask Tiny: it says that the law/],
	[501, /^Check the address in the credential.*no longer/],
])(
	'what can be done about status %i is not what can be done about another',
	async (status, hint) => {
		for (const kind of ['create', 'get'] as const) {
			const { error, server } = await runAgainst(kind, answer(status, { code: 1 }), Infinity);
			expect(server.received).toHaveLength(1);
			expect(error?.description).toMatch(hint);
			expect(error?.description).not.toContain(may);
		}
	},
);

it.each(['create', 'get', 'update'] as const)(
	'a %s that meets a long maintenance says so, and not that the key asked too often',
	async (kind) => {
		const closed = answer(503, '<html>Back soon</html>', { 'retry-after': '3600' });
		const { error, server } = await runAgainst(kind, closed, Infinity);
		expect(server.received).toHaveLength(1);
		expect(error?.message).toBe('Tiny answered with status 503');
		expect(error?.description).toContain('It asks for a wait of 60 minutes.');
		expect(error?.description?.includes(may)).toBe(kind !== 'get');
	},
);

it.each(['update', 'delete'] as const)(
	'a %s that may be done says so, also where nobody is there for its next tries',
	async (kind) => {
		const server = await serve((_, response) => {
			response.once('close', () => void server.close());
			return answer(502)(_, response, undefined as never);
		});
		const { error } = await run(tiny, {
			parameters: parameters[kind],
			credential: { key, baseUrl: server.url },
		});
		expect(server.received).toHaveLength(1);
		expect(error?.message).toBe('Tiny could not be reached after 5 tries');
		expect(error?.description).toContain(may);
	},
);

it('an update that is refused after a fault has not been done', async () => {
	let count = 0;
	const server = await serve((...args) =>
		answer(count++ === 0 ? 502 : 422, { message: 'No such name' })(...args),
	);
	const { error } = await run(tiny, {
		parameters: parameters.update,
		credential: { key, baseUrl: server.url },
	});
	expect([server.received.length, error?.message]).toEqual([2, 'Tiny says: No such name']);
	expect(error?.description).not.toContain(may);
});

it('a Retry-After that is too long ends what waits behind it, and what comes next, without a request', async () => {
	let count = 0;
	const server = await serve((...args) => (count++ === 0 ? tooSoon('3600') : good)(...args));
	const credential = { key, baseUrl: server.url };
	const items = Array.from({ length: 40 }, () => ({}));
	const many = await run(tiny, { parameters: parameters.create, credential, items });
	expect(many.error?.message).toBe('Tiny takes no more requests for this key at the moment');
	const sent = server.received.length;
	// Those that were under way beside it.
	expect(sent).toBeLessThanOrEqual(10);
	const next = await run(tiny, { parameters: parameters.get, credential });
	expect(next.error?.message).toBe('Tiny takes no more requests for this key at the moment');
	expect(server.received).toHaveLength(sent);
});

it('a key that was saved with a blank or a line break around it is hidden without them', async () => {
	const server = await serve(answer(422, { message: `token=${key} is wrong` }));
	const credential = { key: ` ${key}\n`, baseUrl: server.url };
	const { run: stored, error } = await run(tiny, { parameters: parameters.create, credential });
	expect(error?.message).toContain('[hidden]');
	expect(everything(stored)).not.toContain(key);
});

describe('a base URL', () => {
	it.each([
		['not an address', /which is not a valid address/],
		['', /which is not a valid address/],
		['ftp://vendor.example', /does not begin with https/],
		['javascript:alert(1)', /does not begin with https/],
		['http://vendor.example', /would show the key/],
		['http://127.0.0.1.vendor.example', /would show the key/],
		['http://localhost@vendor.example', /would show the key/],
		['https://vendor.example?a=b', /holds more than an address/],
		['https://vendor.example/#a', /holds more than an address/],
		['https://user:pass@vendor.example', /holds more than an address/],
	])('%p is refused with a sentence, and nothing is sent', async (baseUrl, sentence) => {
		const { error } = await run(tiny, { parameters: parameters.get, credential: { key, baseUrl } });
		expect(error?.message).toMatch(/^The base URL of the Tiny credential/);
		expect(error?.message).toMatch(sentence);
		expect(error?.description).toContain('https://');
	});
});
