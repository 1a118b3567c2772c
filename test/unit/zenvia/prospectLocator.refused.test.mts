import { afterEach, describe, expect, it } from '@jest/globals';
import { closeServers } from '../server.mts';
import { type Person, idOf, account, run, to } from './prospectLocator.setup.mts';

afterEach(closeServers);

describe('several that match', () => {
	const phones = ['+5511987654321'];
	const several = (...statuses: string[]) =>
		statuses.map((status, n) => ({ id: idOf(n), phones, status, firstName: `Ana ${n}` }));

	it('are the one that is not archived', async () => {
		const { sent } = await run({ people: several('archived', 'new', 'archived'), values: phones });
		expect(sent).toEqual([to(1)]);
	});

	it.each([
		[
			['new', 'followUp'],
			['0', '1'],
		],
		[
			['archived', 'archived'],
			['0', '1'],
		],
		[
			['archived', 'new', 'unclaimed'],
			['1', '2'],
		],
	])('%j are refused with their ids and names, and nothing is sent', async (statuses, named) => {
		const { error, sent } = await run({
			people: [...several(...statuses), { id: idOf(9), phones: ['+5511911112222'] }],
			values: ['+5511911112222', ...phones],
		});
		const names = named.map((n) => `${idOf(Number(n))} (Ana ${n}`);
		for (const name of names) expect(error?.message).toContain(name);
		expect(error?.message).toContain(
			'\'Prospect\' is "+5511987654321", which several prospects have',
		);
		expect(error?.message).toContain('Choose one By ID.');
		expect(error?.description).toBe('Nothing has been sent.');
		expect(sent).toEqual([]);
	});

	it('fail only their own item where the node is set to continue', async () => {
		const people = [...several('new', 'new'), { id: idOf(9), phones: ['+5511911112222'] }];
		const values = ['+5511911112222', ...phones];
		const { sent, jsons } = await run({ people, values, continueOnFail: true });
		expect(sent).toEqual([to(9)]);
		expect(jsons[1]?.error).toContain('which several prospects have');
	});
});

describe('nobody found', () => {
	const values = ['+5511987654321', '+5511911112222', '+5511987654321'];
	const people = () => [{ id: idOf(1), phones: ['+5511911112222'] }];

	it('fails all rows before the first is sent', async () => {
		const { error, sent, searched } = await run({ people: people(), values });
		expect(error?.message).toContain(
			'\'Prospect\' is "+5511987654321", which no prospect has (items 0 and 2)',
		);
		expect(error?.description).toContain("choose in 'If Not Found' what to do. Nothing has been");
		expect(sent).toEqual([]);
		expect(searched).toHaveLength(3);
	});

	it('skips the item, and says why', async () => {
		const { sent, jsons, output } = await run({
			people: people(),
			values,
			more: { ifNotFound: 'skip' },
		});
		expect(sent).toEqual([to(1)]);
		const skipped = { skipped: true, reason: 'No prospect has "+5511987654321".' };
		expect([jsons[0], jsons[2]]).toEqual([skipped, skipped]);
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2].map((item) => ({ item })));
	});

	it('creates one lead for each, with its source', async () => {
		const { requests, sent, jsons } = await run({
			people: people(),
			values,
			more: { ifNotFound: 'create', newLeadSource: 'website' },
		});
		const bodies = requests
			.filter(({ url }) => url.endsWith('/lead/retail'))
			.map(({ body }) => body);
		expect(bodies).toEqual([{ utmSource: 'website', phones: ['+5511987654321'] }]);
		expect(sent.sort()).toEqual([to(1), to(901), to(901)].sort());
		expect(jsons.map(({ isNew, matchedBy }) => isNew ?? matchedBy)).toEqual([
			true,
			'+5511911112222',
			true,
		]);
	});

	it('creates one lead for all runs of the process that look at the same time', async () => {
		const all: Person[] = [];
		const server = account(all);
		const credential = { apiKey: 'shared-by-two-runs' };
		const more = { ifNotFound: 'create', newLeadSource: 'website' };
		const runs = await Promise.all(
			[1, 2, 3].map(async () => await run({ values, more, server, credential })),
		);
		expect(all.map(({ phones }) => phones)).toEqual([['+5511987654321'], ['+5511911112222']]);
		expect(new Set(runs.flatMap(({ sent }) => sent)).size).toBe(2);
		// Who looks later finds it, or makes it anew where it was deleted meanwhile.
		all.splice(0);
		await run({ values: ['+5511987654321'], more, server, credential });
		expect(all).toHaveLength(1);
	});

	it('wants a source for the leads that it creates', async () => {
		const { error, requests } = await run({ values, more: { ifNotFound: 'create' } });
		expect(error?.message).toContain("'Lead Source (UTM)' is empty");
		expect(requests).toEqual([]);
	});

	it('creates nothing where an operation wants a prospect that is there', async () => {
		const more = { operation: 'get', resource: 'prospect', ifNotFound: 'create' };
		const { error, requests } = await run({ values, more: { ...more, newLeadSource: 'x' } });
		expect(error?.message).toContain('\'If Not Found\' is "create" (items 0, 1 and 2)');
		expect(requests).toEqual([]);
	});
});

describe('what is said', () => {
	it('about all rows, before anything is looked up', async () => {
		const { error, requests } = await run({
			values: ['+5511987654321', 'n/a', '12', '', 'ana@example.com'],
		});
		for (const index of [1, 2, 3, 4]) expect(error?.message).toContain(`${index}`);
		expect(error?.message).toContain("'Prospect' is empty (item 3)");
		expect(requests).toEqual([]);
	});

	it('about a phone number without a country, by the field that could say it', async () => {
		const { error, requests } = await run({ values: ['+5511987654321', '11 98765-4321'] });
		expect(error?.message).toContain(
			"'Prospect' holds \"11 98765-4321\", which has no country code. Enter it with + and its country code, or choose its country in 'Country of Phone Number'.",
		);
		expect(requests).toEqual([]);
	});

	it('about what is no e-mail address', async () => {
		const { error, requests } = await run({ mode: 'email', values: ['ana'] });
		expect(error?.message).toContain('\'Prospect\' is "ana", which is not a valid e-mail address');
		expect(error?.message).toContain('Correct it, e.g. ana@example.com.');
		expect(requests).toEqual([]);
	});

	it('names the scope that the look-up needs, and asks no more', async () => {
		const values = Array.from({ length: 60 }, (_, n) => `+55119876543${String(n + 10)}`);
		const { error, requests } = await run({
			values,
			server: () => ({ status: 403, body: { message: 'Forbidden' } }),
		});
		expect(error?.description).toContain('Give the key the scope prospects:read in Zenvia.');
		expect(error?.description).toContain('Nothing has been sent.');
		expect(requests.length).toBeLessThanOrEqual(10);
	});
});
