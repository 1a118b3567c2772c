import type { IDataObject } from 'n8n-workflow';
import { afterEach, describe, expect, it } from '@jest/globals';
import { choices } from '../../nodes/engine/form/choice.ts';
import { list } from '../../nodes/engine/form/list.ts';
import { text } from '../../nodes/engine/form/text.ts';
import { group, rows } from '../../nodes/engine/form/collections.ts';
import { run, type RunOptions } from './engine.mts';
import { answer, closeServers, type Handler, serve } from './server.mts';
import { tiny } from './tiny.mts';

afterEach(closeServers);

async function runAsTool(handle: Handler, operation: string, more: Partial<RunOptions> = {}) {
	const server = await serve(handle);
	const credential = { key: 'secret-of-tiny', baseUrl: server.url, perSecond: 0 };
	const parameters = { resource: 'thing', operation, thingId: '7', name: 'nuts' };
	return await run(tiny, { parameters, credential, asTool: true, ...more });
}

const refuse = answer(422, { message: 'secret-of-tiny is no name' });

describe('a node that an AI agent runs', () => {
	it('answers a refusal with what went wrong and what to do, so that the agent can go on', async () => {
		const { items, error } = await runAsTool(refuse, 'get');
		expect(error).toBeUndefined();
		expect(items).toEqual([
			{
				json: { error: 'Tiny says: [hidden] is no name. Check the values of this item.' },
				pairedItem: { item: 0 },
			},
		]);
	});

	it('answers the same of a value that does not fit', async () => {
		const parameters = { resource: 'thing', operation: 'get', thingId: '={{ "" }}' };
		const { items } = await runAsTool(refuse, 'get', { parameters });
		expect(items[0]?.json).toEqual({
			error: "'Thing ID' is empty. Enter a value, e.g. 7. Nothing has been sent.",
		});
	});

	it('ends where a person wants it to: On Error, Stop Workflow', async () => {
		const { error } = await runAsTool(refuse, 'get', { onError: 'stopWorkflow' });
		expect(error?.message).toBe('Tiny says: [hidden] is no name');
	});

	it('says that it found nothing, which the node by itself tells by no items', async () => {
		const none = { things: [] };
		expect((await runAsTool(() => none, 'getAll')).items.map(({ json }) => json)).toEqual([
			{ result: 'Nothing was found.' },
		]);
		expect((await runAsTool(() => none, 'getAll', { asTool: false })).items).toEqual([]);
	});

	it('gives the fields that an agent needs, and all of them where Simplify is off', async () => {
		const thing = { id: 7, name: 'nuts' };
		const parameters = { resource: 'thing', operation: 'get', thingId: '7' };
		const jsonOf = async (more: Partial<RunOptions>) =>
			(await runAsTool(() => ({ thing }), 'get', more)).items[0]?.json;
		expect(await jsonOf({})).toEqual({ id: 7 });
		expect(await jsonOf({ parameters: { ...parameters, simplify: false } })).toEqual(thing);
		expect(await jsonOf({ asTool: false })).toEqual(thing);
	});

	it('gives a person the same few, who switches Simplify on', async () => {
		const thing = { id: 7, name: 'nuts' };
		const parameters = { resource: 'thing', operation: 'get', thingId: '7', simplify: true };
		const { items } = await runAsTool(() => ({ thing }), 'get', { asTool: false, parameters });
		expect(items[0]?.json).toEqual({ id: 7 });
	});
});

describe('Output of a tool', () => {
	const thing = { id: 7, name: 'nuts', color: 'brown', size: 3 };
	async function given(more: IDataObject, options: Partial<RunOptions> = {}) {
		const parameters = { resource: 'thing', operation: 'get', thingId: '7', ...more };
		const { items } = await runAsTool(() => ({ thing }), 'get', {
			parameters: parameters as RunOptions['parameters'],
			...options,
		});
		return items[0]?.json;
	}

	it.each<[string, IDataObject, IDataObject]>([
		['is what Simplify says where nobody chose', {}, { id: 7 }],
		['is what Simplify says where that is off', { simplify: false }, thing],
		['is what Simplify says where a model says nothing', { output: '={{ "None" }}' }, { id: 7 }],
		['Raw has all fields', { output: 'raw' }, thing],
		['Raw has them whatever Simplify says', { output: 'raw', simplify: true }, thing],
		['Simplified has few', { output: 'simplified', simplify: false }, { id: 7 }],
		[
			'Selected Fields has the ID and those that are chosen',
			{ output: 'fields', outputFields: ['color'] },
			{ id: 7, color: 'brown' },
		],
		['Selected Fields has the ID where none is', { output: 'fields' }, { id: 7 }],
		[
			'Selected Fields takes the names from a model',
			{ output: 'fields', outputFields: '={{ "name, color" }}' },
			{ id: 7, name: 'nuts', color: 'brown' },
		],
	])('%s', async (_, more, expected) => {
		expect(await given(more)).toEqual(expected);
	});

	it('tells a model which fields there are', async () => {
		const asked = { output: 'fields', outputFields: '={{ "colour" }}' };
		expect(await given(asked)).toEqual({
			error: `'Fields' is "colour". Choose one of color, name. Nothing has been sent.`,
		});
	});

	it('is not in a person’s form, where a value of that name changes nothing', async () => {
		const asked = { output: 'fields', outputFields: ['color'] };
		expect(await given(asked, { asTool: false })).toEqual(thing);
		expect(await given({ ...asked, simplify: true }, { asTool: false })).toEqual({ id: 7 });
	});

	it('keeps what the node itself says of a record', async () => {
		const warned = { id: 7, warning: 'Old', color: 'brown' };
		const parameters = { resource: 'thing', operation: 'get', thingId: '7', output: 'fields' };
		const { items } = await runAsTool(() => ({ thing: warned }), 'get', { parameters });
		expect(items[0]?.json).toEqual({ id: 7, warning: 'Old' });
	});
});

describe('what an agent leaves empty', () => {
	const title = text({ displayName: 'Title', name: 'title', type: 'string', default: '' });
	const needed = text({ ...title.property, name: 'title', required: true });
	const property = {
		displayName: 'Notes',
		name: 'notes',
		type: 'collection',
		default: {},
	} as const;
	const notes = rows(
		{ ...property, type: 'fixedCollection' },
		{ displayName: 'Note', name: 'note' },
		[needed],
	);
	const item = (isTool: boolean) => ({ index: 0, json: {}, context: {} as never, isTool });

	it.each(['', ' ', 'null', 'None', 'N/A', 'undefined', ' nil ', '[]', '{}', '[ ]', '""', "''"])(
		'is left out of a set of fields: %j',
		(nothing) => {
			const set = group(property, [title]);
			expect(set.read({ title: nothing }, item(true))).toEqual({});
		},
	);

	it('is no entry of a list', () => {
		const tags = list({ ...title.property, name: 'tags' });
		expect(tags.read('{}', item(true))).toEqual([]);
		expect(tags.read(['null', '""', 'VIP'], item(true))).toEqual(['VIP']);
		const options = [{ name: 'Open', value: 'open' }];
		const statuses = choices({ ...title.property, name: 'status', type: 'multiOptions', options });
		expect(statuses.read(['null'], item(true))).toEqual([]);
	});

	it('is what a person wrote, where a person wrote it', () => {
		expect(group(property, [title]).read({ title: 'None' }, item(false))).toEqual({
			title: 'None',
		});
	});

	it('is asked for where it is required', () => {
		expect(() => needed.read('N/A', item(true))).toThrow("'Title' is empty");
	});

	it('is left out of a list of rows, where a person would have to fill it in', () => {
		const raw = { note: [{ title: '' }, { title: 'Demo' }] };
		expect(notes.read(raw, item(true))).toEqual([{ title: 'Demo' }]);
		expect(() => notes.read(raw, item(false))).toThrow("'Title' is empty");
	});
});
