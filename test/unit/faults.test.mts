import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { everything, hurry } from './engine.mts';
import { key, reset, tooSoon, runAgainst, may } from './faults.setup.mts';
import { answer, closeServers, type Handler } from './server.mts';

let calm = () => {};
beforeEach(() => {
	calm = hurry();
});
afterEach(async () => {
	calm();
	await closeServers();
});
const stall: Handler = () => undefined;
const cut: Handler = (_, response) => {
	response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
	response.write('{"thing": {"id"', () => response.destroy());
};

interface Fault {
	name: string;
	fault: Handler;
	/** Whether it is sent again although a create may have been done. */
	create: 'again' | 'uncertain' | 'refused';
	/** The same for what can be repeated. */
	others: 'again' | 'refused';
	sentence: RegExp;
}

const faults: Fault[] = [
	{
		name: 'reset before the answer',
		fault: reset,
		create: 'uncertain',
		others: 'again',
		sentence: /^Tiny gave no answer that can be read/,
	},
	{
		name: 'reset in the middle',
		fault: cut,
		create: 'uncertain',
		others: 'again',
		sentence: /^Tiny gave no answer that can be read/,
	},
	{
		name: 'a stall',
		fault: stall,
		create: 'uncertain',
		others: 'again',
		sentence: /^Tiny gave no answer that can be read/,
	},
	{
		name: '429 with seconds',
		fault: tooSoon('1'),
		create: 'again',
		others: 'again',
		sentence: /^Tiny takes no more requests/,
	},
	{
		name: '429 with a date',
		fault: tooSoon(new Date(Date.now() + 2000).toUTCString()),
		create: 'again',
		others: 'again',
		sentence: /^Tiny takes no more requests/,
	},
	{
		name: '429 with nothing',
		fault: tooSoon(),
		create: 'again',
		others: 'again',
		sentence: /^Tiny takes no more requests/,
	},
	{
		name: '500',
		fault: answer(500, { message: 'oops' }),
		create: 'uncertain',
		others: 'again',
		sentence: /^Tiny says: oops/,
	},
	{
		name: '502 with HTML',
		fault: answer(502, '<html>Bad gateway</html>'),
		create: 'uncertain',
		others: 'again',
		sentence: /^Tiny answered with status 502/,
	},
	{
		name: '503',
		fault: answer(503),
		create: 'uncertain',
		others: 'again',
		sentence: /^Tiny answered with status 503/,
	},
	{
		name: '504',
		fault: answer(504),
		create: 'uncertain',
		others: 'again',
		sentence: /^Tiny answered with status 504/,
	},
	{
		name: '524 of a server in front',
		fault: answer(524),
		create: 'uncertain',
		others: 'again',
		sentence: /^Tiny answered with status 524/,
	},
	{
		name: '507',
		fault: answer(507),
		create: 'uncertain',
		others: 'refused',
		sentence: /^Tiny answered with status 507/,
	},
	{
		name: '501',
		fault: answer(501),
		create: 'refused',
		others: 'refused',
		sentence: /^Tiny answered with status 501/,
	},
	{
		name: 'JSON cut short',
		fault: answer(200, '{"thing": {"id"', { 'content-type': 'application/json' }),
		create: 'uncertain',
		others: 'again',
		sentence: /^Tiny gave no answer that can be read/,
	},
	{
		name: '200 with HTML',
		fault: answer(200, '<html>Welcome</html>'),
		create: 'uncertain',
		others: 'again',
		sentence: /^A web page came in place of the answer of Tiny/,
	},
	{
		name: '400',
		fault: answer(400, { message: 'no' }),
		create: 'refused',
		others: 'refused',
		sentence: /^Tiny says: no$/,
	},
	{
		name: '401',
		fault: answer(401),
		create: 'refused',
		others: 'refused',
		sentence: /^Tiny answered that it does not accept the key$/,
	},
	{
		name: '408',
		fault: answer(408),
		create: 'refused',
		others: 'again',
		sentence: /^Tiny answered with status 408/,
	},
	{
		name: '404',
		fault: answer(404),
		create: 'refused',
		others: 'refused',
		sentence: /^Tiny answered that there is no such thing$/,
	},
	{
		name: 'a redirect',
		fault: answer(302, '', { location: 'http://127.0.0.1:1/elsewhere' }),
		create: 'refused',
		others: 'refused',
		sentence: /^Tiny answered with status 302, which leads to http:\/\/127\.0\.0\.1:1\/elsewhere$/,
	},
];

describe.each(faults)('$name', ({ fault, create, others, sentence }) => {
	it(`is ${create} for a create`, async () => {
		const { error, items, server } = await runAgainst('create', fault, 1);
		expect(server.received).toHaveLength(create === 'again' ? 2 : 1);
		if (create === 'again') return expect(items.map(({ json }) => json.id)).toEqual([7]);
		expect(error?.message).toMatch(sentence);
		expect(String(error?.description).includes(may)).toBe(create === 'uncertain');
	});

	it.each(['update', 'get', 'delete'] as const)(`is ${others} for %s`, async (kind) => {
		const { error, items, server } = await runAgainst(kind, fault, 2);
		expect(server.received).toHaveLength(others === 'again' ? 3 : 1);
		if (others === 'again') return expect([items.length, error]).toEqual([1, undefined]);
		expect(error?.message).toMatch(sentence);
	});

	it('ends with a sentence if it goes on, and shows the key nowhere', async () => {
		const { error, server, run } = await runAgainst('update', fault, Infinity);
		expect(error?.message).toMatch(sentence);
		expect(server.received.length).toBeLessThanOrEqual(250);
		const kept = everything(run) + everything(error);
		for (const form of [
			key,
			encodeURIComponent(key),
			new URLSearchParams({ key }).toString().slice(4),
		]) {
			expect(kept).not.toContain(form);
		}
	}, 30_000);
});
