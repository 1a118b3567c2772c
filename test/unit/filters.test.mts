import { describe, expect, it } from '@jest/globals';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Item } from '../../nodes/engine/form/fields.ts';
import { contactFilters } from '../../nodes/Convertalk/resources/contactFilters.ts';
import { allFilters, type Filter } from './filters.mts';
import { run } from './zenvia/context.mts';

const context = { getTimezone: () => 'UTC', getInputData: () => [] } as unknown;
const item: Item = { index: 0, json: {}, context: context as IExecuteFunctions };

const filters = allFilters();
const inCollections = filters.filter(({ field }) => field.property.type === 'collection');
const titled = (all: Filter[]) => all.map((one): [string, Filter] => [one.title, one]);

/** What expressions give where there is nothing. */
const nothings: Array<[string, unknown]> = [
	['an empty text', ''],
	['null', null],
	['a column that is not there', undefined],
	['a space', ' '],
	['a no-break space', '\u00a0'],
	['a tab and a line break', '\t\r\n'],
	['a zero-width space', '\u200b'],
	['a byte order mark', '\ufeff'],
	['an empty list', []],
	['a list of an empty text', ['']],
	['a resource locator without a value', { __rl: true, mode: 'id', value: '' }],
];

it('there are filters of all vendors', () => {
	const counts = new Map<string, number>();
	for (const { node } of filters) counts.set(node, (counts.get(node) ?? 0) + 1);
	expect(Object.fromEntries(counts)).toEqual({
		convertalk: 22,
		salesflow: 2,
		saleswhale: 4,
		zenviaSales: 38,
	});
});

describe('a filter that was added', () => {
	it.each(titled(inCollections))('is not there until it is: %s', (_, { field }) => {
		expect(field.read({}, item)).toEqual({});
	});

	it.each(titled(inCollections))('and came out empty is refused: %s', (_, filter) => {
		const { field, property, found } = filter;
		const read = (nothing: unknown) => () => field.read({ [property.name]: nothing }, item);
		for (const [, nothing] of nothings) {
			expect(read(nothing)).toThrow(
				`is empty, which would find every ${found}. Remove the filter if that is meant.`,
			);
		}
	});

	it.each(titled(inCollections))('and left empty by an agent is not there: %s', (_, filter) => {
		const { field, property } = filter;
		for (const [, nothing] of [...nothings, ['a word', ' None '], ['two', 'N/A']]) {
			const read = field.read({ [property.name]: nothing }, { ...item, isTool: true });
			expect(JSON.stringify(read)).toMatch(/^\{("\w+":\[\])?\}$/);
		}
	});
});

describe('a filter that only turns out to be empty when it is read', () => {
	const [tags] = filters.filter(({ property }) => property.name === 'tags');
	const [conditions] = filters.filter(({ property }) => property.name === 'additionalData');

	it.each([',', ' , ,', '[]', '[""]'])('is refused: %j', (raw) => {
		expect(() => tags?.field.read({ tags: raw }, item)).toThrow('is empty, which would');
	});

	it.each([{}, { condition: [] }, '[]'])('is refused: %j', (raw) => {
		expect(() => conditions?.field.read({ additionalData: raw }, item)).toThrow(
			'is empty, which would find every prospect',
		);
	});

	it('is refused: a condition without a value', () => {
		const raw = { condition: [{ field: 'city', operator: 'equals', value: '' }] };
		expect(() => conditions?.field.read({ additionalData: raw }, item)).toThrow('Value');
	});
});

describe('a field by itself that narrows a list', () => {
	const list = { resource: 'interaction', operation: 'getAll' };
	const answer = () => ({ body: [] });

	it.each(['', null, undefined, ' \u00a0', '\u200b'])(
		'is refused where its expression gave %j',
		async (nothing) => {
			const perItem = { prospectId: () => nothing };
			const { error, requests } = await run({ parameters: list, perItem, server: answer });
			expect(error?.message).toMatch(
				/Prospect ID'? is empty, which would find every interaction\. Clear the field if that is meant\./,
			);
			expect(requests).toEqual([]);
		},
	);

	it('is not there where it was left empty in the form', async () => {
		const parameters = { ...list, prospectId: '' };
		const { error, requests } = await run({ parameters, server: answer });
		expect(error).toBeUndefined();
		expect(requests[0]?.url).toMatch(/\/prospects\/interactions$/);
	});

	it('is refused for its own item only', async () => {
		const { requests, output } = await run({
			parameters: { resource: 'agent', operation: 'getAll', groupId: '507f191e810c19729de860ea' },
			perItem: { active: (index) => ['true', ''][index] },
			items: [{}, {}],
			server: () => ({ body: [{ id: 1 }] }),
			continueOnFail: true,
		});
		expect(requests).toHaveLength(1);
		expect(output.map(({ json }) => Object.keys(json))).toEqual([['id'], ['error']]);
	});
});

it('a set of filters whose expression gave nothing is refused', async () => {
	const parameters = { resource: 'prospect', operation: 'getAll' };
	const { error } = await run({ parameters, perItem: { filters: () => undefined } });
	expect(error?.message).toContain('is empty, which would find every prospect');
});

it('a limit whose expression gave nothing is the one that the form begins with', async () => {
	const parameters = { resource: 'prospect', operation: 'getAll' };
	const perItem = { limit: () => '', returnAll: () => false };
	const { requests } = await run({ parameters, perItem, server: () => ({ body: [] }) });
	expect(requests[0]?.qs).toMatchObject({ limit: 50 });
});

describe('a period of Convertalk that ends before it begins', () => {
	const [early, late] = ['2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'];
	const read = (after: string, before: string, what: string, version?: number) =>
		contactFilters.read(
			{ [`${what}After`]: after, [`${what}Before`]: before },
			{ ...item, version },
		);

	it.each([
		['created', 'Created'],
		['lastSeen', 'Last Seen'],
	])('is refused by its names: %s', (what, named) => {
		expect(() => read(late, early, what)).toThrow(
			`'${named} After' is ${late}, which is after '${named} Before' (${early}). Enter an earlier start.`,
		);
		for (const [after, before] of [
			[early, late],
			[early, early],
		] as const)
			expect(read(after, before, what)).toMatchObject({ [`${what}After`]: after });
		expect(read(late, early, what, 1)).toMatchObject({ [`${what}After`]: late });
	});
});
