import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { textsOfNodes } from '../../dev/docs/texts.mts';
import { TOP } from '../../dev/n8n/runtime.mts';
import { readVendors } from '../../dev/packages/vendor.mts';
import { fieldsOf } from '../../nodes/engine/operation/readForm.ts';

const vendors = await readVendors();

/** A field, and the names that lead to it. */
interface Field {
	at: string;
	field: INodeProperties;
}

/** All fields, those inside collections too. */
const fieldsIn = (fields: readonly INodeProperties[], above: string): Field[] =>
	fields.flatMap((field) => {
		const at = `${above}.${field.name}`;
		return [{ at, field }, ...fieldsIn(inside(field), at)];
	});

const inside = ({ options = [] }: INodeProperties): INodeProperties[] =>
	(options as Array<INodePropertyOptions | INodePropertyCollection | INodeProperties>).flatMap(
		(option) => ('values' in option ? option.values : 'type' in option ? [option] : []),
	);

const nodes = vendors.flatMap(({ nodes }) => nodes.map(({ is }) => is));
const fields = nodes.flatMap(({ name, properties }) => fieldsIn(properties, name));
const operations = fields
	.filter(({ field }) => field.name === 'operation')
	.flatMap(({ at, field }) =>
		(field.options as INodePropertyOptions[]).map((option) => ({ at, option })),
	);
const credentialFields = vendors.flatMap(({ credentials }) =>
	credentials.flatMap(({ is }) => fieldsIn(is.properties, is.name)),
);

/** Each once: a field may have another form in earlier versions. */
const namesOf = (names: readonly string[] = []): string[] => [...new Set(names)];

/** What docs.n8n.io asks of a node that is to be verified (UX guidelines). */
describe('by n8n’s UX guidelines', () => {
	it('are read from all nodes, with their collections', () => {
		expect(fields.length).toBeGreaterThan(300);
		expect(operations.length).toBeGreaterThan(60);
		expect(credentialFields.length).toBeGreaterThan(10);
	});

	it('keys and secrets are password fields', () => {
		const secret = credentialFields.filter(({ field }) =>
			/key|token|secret|password/i.test(field.name),
		);
		expect(secret.length).toBeGreaterThanOrEqual(5);
		expect(secret.filter(({ field }) => field.typeOptions?.password !== true)).toEqual([]);
	});

	it('a resource locator opens with its list, if it has one', () => {
		const locators = fields.filter(({ field }) => field.type === 'resourceLocator');
		expect(locators.length).toBeGreaterThan(10);
		const wrong = locators.filter(
			({ field: { modes = [], default: first } }) =>
				modes.some(({ name }) => name === 'list') && (first as { mode?: string }).mode !== 'list',
		);
		expect(wrong.map(({ at }) => at)).toEqual([]);
	});

	it('a switch says whether', () => {
		const switches = fields.filter(({ field }) => field.type === 'boolean');
		expect(switches.length).toBeGreaterThan(10);
		const wrong = switches.filter(({ field }) => !field.description?.startsWith('Whether '));
		expect(wrong.map(({ at }) => at)).toEqual([]);
	});

	it('lists are sorted by what they show', () => {
		// HTTP's own order; in a list of countries, none of them comes first.
		const known = (at: string) => at.endsWith('.method');
		const shown = [...fields, ...credentialFields].map(({ at, field }) => ({
			at,
			names: ((field.options ?? []) as Array<INodeProperties | INodePropertyOptions>)
				.map((option) => ('displayName' in option ? option.displayName : option.name))
				.filter((name, index) => index > 0 || name !== 'None'),
		}));
		expect(shown.filter(({ names }) => names.length > 1).length).toBeGreaterThan(80);
		const wrong = shown.filter(({ at, names }) => {
			const sorted = [...names].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
			return !known(at) && sorted.join() !== names.join();
		});
		expect(wrong).toEqual([]);
	});

	it('an example begins with e.g.', () => {
		const typed = fields.filter(
			({ field }) => field.placeholder && !['collection', 'fixedCollection'].includes(field.type),
		);
		expect(typed.length).toBeGreaterThan(20);
		const wrong = typed.filter(({ field }) => !field.placeholder?.startsWith('e.g. '));
		expect(wrong.map(({ at, field }) => [at, field.placeholder])).toEqual([]);
	});

	it('an operation has a name, an action in sentence case without articles, and a description', () => {
		const wrong = operations.filter(({ option: { name, action = '', description = '' } }) => {
			const [first = '', ...rest] = action.split(' ');
			const isSentence = /^[A-Z]/.test(first) && !rest.some((word) => /^[A-Z][a-z]/.test(word));
			return !name || !isSentence || /\b(?:a|an|the)\b/i.test(action) || !description;
		});
		expect(wrong).toEqual([]);
	});

	it('a form has its fields in the order that its operation gives them, and Options last', () => {
		const forms = vendors.flatMap(({ title, resources, nodes: [action] }) =>
			resources.flatMap(({ value: resource, operations: all }) =>
				all.map((one) => {
					const shown = action?.is.properties.filter(({ displayOptions: { show = {} } = {} }) =>
						[show.resource?.includes(resource), show.operation?.includes(one.value)].every(Boolean),
					);
					const wanted = fieldsOf(one).map(({ property }) => property.name);
					const at = `${title}: ${resource}.${one.value}`;
					return { at, shown: namesOf(shown?.map(({ name }) => name)), wanted: namesOf(wanted) };
				}),
			),
		);
		expect(forms.filter(({ shown }) => shown.includes('options')).length).toBeGreaterThan(20);
		for (const { at, shown, wanted } of forms) {
			expect([at, shown]).toEqual([at, wanted]);
			expect([at, shown.slice(0, -1)]).toEqual([at, expect.not.arrayContaining(['options'])]);
		}
	});

	it('what deletes says deleted: true', async () => {
		const folder = join(TOP, 'nodes');
		const deleting = (await readdir(folder, { recursive: true })).filter(
			(path) => path.includes('__schema__') && path.endsWith('/delete.json'),
		);
		expect(deleting.length).toBeGreaterThan(5);
		for (const path of deleting) {
			const { properties } = JSON.parse(await readFile(join(folder, path), 'utf8')) as {
				properties: object;
			};
			expect([path, Object.keys(properties)]).toEqual([path, expect.arrayContaining(['deleted'])]);
		}
	});

	it('what went wrong is said without "error", "problem", "failure" or "mistake"', async () => {
		const texts = (await textsOfNodes()).filter(({ text }) =>
			/\b(?:errors?|problems?|failures?|mistakes?)\b/i.test(text),
		);
		// A field of Zenvia's, and what a spreadsheet writes into a cell.
		const own = texts.filter(({ text }) => text !== 'Error (JSON)' && !text.startsWith('#'));
		expect(own).toEqual([]);
	});
});
