import { afterEach, describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { nameOf, numbered, keep, create, runTiny, pairsOf } from './execute.setup.mts';
import { tinyApi } from './tiny.mts';
import { closeServers, type Handler, sleep } from './server.mts';

afterEach(closeServers);

const ten = numbered(10).map((item, n) => (n === 3 || n === 7 ? { name: `bad${n}` } : item));

describe('an item that fails', () => {
	it('comes out beside the others in the regular output, if the node continues there', async () => {
		const { items, failed, error } = await runTiny({
			items: ten,
			onError: 'continueRegularOutput',
		});
		expect(error).toBeUndefined();
		expect(failed).toEqual([]);
		expect(pairsOf(items)).toEqual(ten.map((_, item) => ({ item })));
		expect(items.filter(({ json }) => json.error).map(({ json }) => json)).toEqual(
			['bad3', 'bad7'].map((name) => ({
				error: `Tiny says: ${name} is no name. Check the values of this item.`,
			})),
		);
	});

	it('comes out of the error output, if the node continues there: 8 and 2, paired', async () => {
		const { items, failed } = await runTiny({ items: ten, onError: 'continueErrorOutput' });
		expect([items.length, failed.length]).toEqual([8, 2]);
		expect(pairsOf(items)).toEqual([0, 1, 2, 4, 5, 6, 8, 9].map((item) => ({ item })));
		expect(failed.map(({ json, pairedItem }) => [json.name, pairedItem])).toEqual([
			['bad3', { item: 3 }],
			['bad7', { item: 7 }],
		]);
	});

	it('ends the run otherwise, says which and how far it came, and nothing new begins', async () => {
		const items = numbered(100).map((item, n) => (n === 5 ? { name: 'bad' } : item));
		const { error, server } = await runTiny({
			items,
			handle: async (received, ...rest) => {
				await sleep(nameOf(received) === 'bad' ? 1 : 30);
				return keep(received, ...rest);
			},
		});
		await sleep(100);
		expect(error?.message).toBe('Tiny says: bad is no name');
		expect(error?.context.itemIndex).toBe(5);
		// Four at first, and one more with each that was answered in time.
		expect(server.received.length).toBeLessThanOrEqual(5 + 2 * Number(tinyApi.concurrency));
		// What was under way ended well and counts.
		expect(error?.description).toContain(
			`${server.received.length - 1} of 100 items had been done`,
		);
	});

	it('may fail for what its record says, and a warning outlives Simplify', async () => {
		const handle: Handler = (received) => ({ thing: { id: 1, state: nameOf(received), more: 1 } });
		const { items } = await runTiny({
			handle,
			items: [{ name: 'bad' }, { name: 'odd' }],
			parameters: { ...create, simplify: true },
			onError: 'continueRegularOutput',
		});
		expect(items.map(({ json }) => json)).toEqual([
			{ error: 'The thing went bad. Make another.' },
			{ id: 1, warning: 'It is odd' },
		]);
	});
});

describe('a wrong value in one item of many', () => {
	const items = numbered(5).map((item, n) => (n === 4 ? { name: null } : item));

	it('keeps everything from being sent', async () => {
		const { error, server } = await runTiny({ items });
		expect(error?.message).toBe("'Name' is empty. Enter a value.");
		expect(error?.description).toBe('Nothing has been sent.');
		expect(error?.context.itemIndex).toBe(4);
		expect(server.received).toEqual([]);
	});

	it('names all items that are wrong, and what is wrong with them', async () => {
		const parameters = { ...create, operation: 'update', thingId: '={{ $json.id }}' };
		const wrong: IDataObject[] = [
			...[{ id: '..' }, { id: '1' }, { id: '' }, { id: '.' }, { id: '3' }, { id: ' ' }],
			...['./', '4', '..', '..', '..'].map((id) => ({ id })),
		].map((item) => ({ name: 'a', ...item }));
		const { error, server } = await runTiny({
			items: [...wrong, ...numbered(2)],
			parameters,
		});
		expect(error?.message).toBe(
			`'Thing ID' is ".." or the like, which is not a valid ID (items 0, 3 and 3 more); 'Thing ID' is empty (items 2, 5 and 2 more)`,
		);
		expect(error?.description).toBe(
			'Enter an ID, e.g. 7. Enter a value, e.g. 7. Nothing has been sent.',
		);
		expect(server.received).toEqual([]);
	});

	it('fails alone if the node continues', async () => {
		const result = await runTiny({ items, onError: 'continueErrorOutput' });
		expect([result.items.length, result.failed.length]).toEqual([4, 1]);
		expect(result.server.received).toHaveLength(4);
	});
});
