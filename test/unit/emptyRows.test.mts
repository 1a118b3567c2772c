import { afterEach, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { run, type RunOptions } from './engine.mts';
import { closeServers, serve } from './server.mts';
import { tiny } from './tiny.mts';

afterEach(closeServers);

const empty = { name: '', phone: ' ', city: '\u00a0' };

async function create(items: IDataObject[], more: Partial<RunOptions> = {}) {
	const server = await serve(() => ({ thing: { id: 7 } }));
	const parameters = { resource: 'thing', operation: 'create', name: '={{ $json.name }}' };
	const credential = { key: 'k', baseUrl: server.url, perSecond: 0 };
	const result = await run(tiny, { parameters, credential, items, typeVersion: 1.1, ...more });
	return { ...result, received: server.received };
}

it('A row without any value is skipped, and counted in the hint', async () => {
	const { items, error, hints, received } = await create([
		{ ...empty, name: 'nuts' },
		empty,
		{ ...empty, name: 'bolts' },
		empty,
	]);
	expect(error).toBeUndefined();
	expect(received).toHaveLength(2);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
	expect(hints.map(({ message }) => message)).toEqual([
		'Rows without any value were skipped (items 1 and 3).',
	]);
});

it('A row that Extract from File left without columns is skipped, as others have some', async () => {
	const { items, error, hints, received } = await create([{ name: 'nuts', city: 'Lima' }, {}]);
	expect(error).toBeUndefined();
	expect(received).toHaveLength(1);
	expect(items).toHaveLength(1);
	expect(hints.map(({ message }) => message)).toEqual([
		'Rows without any value were skipped (item 1).',
	]);
});

it.each<[string, IDataObject[]]>([
	[
		'with blank cells',
		[
			{ row_number: 2, name: 'nuts', city: 'Lima' },
			{ row_number: 3, ...empty },
		],
	],
	['without cells', [{ row_number: 2, name: 'nuts', city: 'Lima' }, { row_number: 3 }]],
])('An empty row %s is skipped that n8n’s Google Sheets has numbered', async (_, rows) => {
	const { items, error, hints, received } = await create(rows);
	expect(error).toBeUndefined();
	expect(received).toHaveLength(1);
	expect(items).toHaveLength(1);
	expect(hints[0]?.message).toContain('Rows without any value were skipped (item 1)');
});

it.each<[string, IDataObject[]]>([
	['by itself, as in a Loop Over Items', [empty]],
	['that has its number only', [{ row_number: 7 }]],
	['beside others', [empty, { row_number: 8 }]],
	['that a node before has handed on', [{ skipped: true, reason: 'The row has no value.' }]],
])('An empty row %s is handed on, so that what is behind goes on', async (_, rows) => {
	const { items, error, hints, received } = await create(rows);
	expect(error).toBeUndefined();
	expect(received).toEqual([]);
	expect(items).toEqual(
		rows.map((__, item) => ({
			json: { skipped: true, reason: 'The row has no value.' },
			pairedItem: { item },
		})),
	);
	expect(hints[0]?.message).toContain('Rows without any value were skipped');
});

it('An empty row is skipped also where a field falls back on something', async () => {
	const parameters = {
		...{ resource: 'thing', operation: 'update' },
		...{ thingId: '={{ $json.id }}', name: '={{ $json.name || "nuts" }}' },
	};
	const rows = [{ id: 'thing-1', name: '' }, {}];
	const { error, hints, received } = await create(rows, { parameters });
	expect(error).toBeUndefined();
	expect(received).toHaveLength(1);
	expect(hints[0]?.message).toContain('Rows without any value were skipped (item 1)');
});

it('An empty item is no empty row where a wrong value comes from another node', async () => {
	const parameters = {
		...{ resource: 'thing', operation: 'update', name: 'nuts' },
		thingId: "={{ $('Other').item.json.id }}",
	};
	const { error, hints } = await create([{ a: null, b: null }], { parameters });
	expect(error).toBeDefined();
	expect(hints).toEqual([]);
});

it.each<[string, IDataObject, Partial<RunOptions>]>([
	['of which another column has a value', { ...empty, city: 'Lima' }, {}],
	['that has one column only, which may be the one that was needed', { name: '' }, {}],
	['that has no columns, where no other has', {}, {}],
	['that an agent hands over', empty, { asTool: true }],
	['of a node of version 1', empty, { typeVersion: 1 }],
])('A row %s is refused', async (_, item, more) => {
	const { items, error, received } = await create([item], more);
	expect(`${error?.message ?? JSON.stringify(items)}`).toContain('is empty');
	expect(received).toEqual([]);
});

it('A row is sent where what the form asks for comes from elsewhere', async () => {
	const parameters = { resource: 'thing', operation: 'create', name: '={{ "nuts" }}' };
	expect((await create([empty], { parameters })).received).toHaveLength(1);
});
