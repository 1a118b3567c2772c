import { describe, expect, it } from '@jest/globals';
import type { RunOptions } from './engine.mts';
import { SalesflowSetup } from './salesflow.setup.mts';

const salesflow = new SalesflowSetup();

const lookUp = async (who: string[], more: Partial<RunOptions> = {}) =>
	await salesflow.run(
		{ resource: 'contact', operation: 'lookup', publicIdentifier: '={{ $json.who }}' },
		{ items: who.map((one) => ({ who: one })), ...more },
	);

describe('a lookup in batches', () => {
	it('asks once for one person in several spellings, and answers each item', async () => {
		salesflow.sim.vendor.seedContacts(2);
		const { items } = await lookUp([
			'person-1',
			'PERSON-1',
			'https://www.linkedin.com/in/person-1/',
			'person-2',
			'nobody',
		]);
		expect(salesflow.sim.requests.map(({ body }) => body)).toEqual([
			{ PublicIdentifiers: ['person-1', 'person-2', 'nobody'] },
		]);
		expect(items.map(({ json, pairedItem }) => [json.found, json.MemberId, pairedItem])).toEqual([
			[true, 46875434, { item: 0 }],
			[true, 46875434, { item: 1 }],
			[true, 46875434, { item: 2 }],
			[true, 46875435, { item: 3 }],
			[false, undefined, { item: 4 }],
		]);
	});

	it('gives an item all contacts of a person who is in several campaigns', async () => {
		const [first = 0, second = 0] = salesflow.sim.vendor.campaigns.keys();
		for (const campaign of [first, second])
			salesflow.sim.vendor.contacts.import(campaign, 'twice', {});
		const { items } = await lookUp(['nobody', 'twice']);
		expect(items.map(({ json, pairedItem }) => [json.found, pairedItem])).toEqual([
			[false, { item: 0 }],
			[true, { item: 1 }],
			[true, { item: 1 }],
		]);
	});

	it('leaves out what is no identifier, and fills its batches with the others', async () => {
		salesflow.sim.vendor.seedContacts(40);
		const who = Array.from({ length: 41 }, (_, n) =>
			n === 5 ? 'no body' : `person-${n < 5 ? n + 1 : n}`,
		);
		const { items, failed } = await lookUp(who, { onError: 'continueErrorOutput' });
		expect(salesflow.sim.counts.byOperation['contact.lookup']).toBe(2);
		expect(items.every(({ json }) => json.found)).toBe(true);
		expect(items).toHaveLength(40);
		expect(failed.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 5 }]);
	});

	it('sends nothing where an item does not fit and nobody said to go on', async () => {
		const { error } = await lookUp(['person-1', 'no body']);
		expect(error?.message).toContain('neither a public identifier nor the address');
		expect(salesflow.sim.requests).toEqual([]);
	});

	it('fails the items of a refused batch, and no others', async () => {
		salesflow.sim.vendor.seedContacts(40);
		salesflow.sim.setFault(({ body }) =>
			JSON.stringify(body).includes('"person-1"')
				? {
						kind: 'answer',
						when: 'before',
						answer: { status: 200, body: { Status: 422, Message: 'No' } },
					}
				: undefined,
		);
		const who = Array.from({ length: 40 }, (_, n) => `person-${n + 1}`);
		const { items, failed } = await lookUp(who, { onError: 'continueErrorOutput' });
		expect(failed.map(({ pairedItem }) => pairedItem)).toEqual(
			who.slice(0, 20).map((_, item) => ({ item })),
		);
		expect(failed[0]?.json.error).toContain('Salesflow says: No');
		expect(items).toHaveLength(20);
	});

	it('asks again when an answer is lost, since it changes nothing', async () => {
		salesflow.sim.vendor.seedContacts(1);
		let asked = 0;
		salesflow.sim.setFault(() => (asked++ === 0 ? { kind: 'drop', when: 'after' } : undefined));
		const { items } = await lookUp(['person-1']);
		expect(items[0]?.json.found).toBe(true);
		expect(asked).toBe(2);
	});

	it("names the items though the account's number is one of theirs", async () => {
		const credential = { token: 'salesflow-token', accountId: '1', baseUrl: salesflow.sim.url };
		const { error } = await lookUp(['a', 'b c', 'd', 'e f', '1 Salesflow-Token'], { credential });
		expect(error?.message).toMatch(/\(items 1, 3 and 4\)$/);
		const { error: alone } = await lookUp(['a b', 'x salesflow-token'], { credential });
		expect(JSON.stringify(alone)).not.toContain('salesflow-token');
	});

	it('and the field as the form shows it, in each of its modes', async () => {
		for (const mode of ['id', 'publicIdentifier', 'linkedInUrl']) {
			const contactId = { __rl: true, mode, value: 'a b' };
			const parameters = { resource: 'contact', operation: 'get', contactId };
			const { error } = await lookUp(['x'], { parameters });
			expect(error?.message).toMatch(/^'Contact' is "a b", which is /);
		}
	});
});
