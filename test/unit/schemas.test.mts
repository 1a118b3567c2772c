import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { columnFiles } from '../../dev/docs/schemas/columns.mts';
import { schemaFiles } from '../../dev/docs/schemas/files.mts';
import { shapeOf } from '../../dev/docs/schemas/infer.mts';
import { samples } from '../../dev/docs/schemas/samples.mts';
import { vendors } from '../../dev/vendors.mts';
import { TOP } from '../../dev/n8n/runtime.mts';

const nodes = join(TOP, 'nodes');
const made = await schemaFiles();

async function committed(): Promise<Map<string, string>> {
	const all = await readdir(nodes, { recursive: true });
	const paths = all.filter((path) => path.includes('__schema__') && path.endsWith('.json'));
	return new Map(
		await Promise.all(
			paths.map(async (path) => [path, await readFile(join(nodes, path), 'utf8')] as const),
		),
	);
}

const propertiesOf = (path: string) =>
	(JSON.parse(made.get(path) ?? '{}') as { properties?: object }).properties;

describe('the output schemas', () => {
	it('are there for each operation of each version', () => {
		const operations = vendors.flatMap(({ node, resources }) =>
			[node.description.version].flat().flatMap(() => resources.flatMap((one) => one.operations)),
		);
		expect(made.size).toBe(operations.length);
	});

	it('are those that the code and the contracts make; `npm run schemas` makes them anew', async () => {
		const now = Object.fromEntries(await committed());
		expect(now).toEqual(Object.fromEntries(made));
	});

	it('have the columns that lists have as CSV files; `npm run schemas` makes them anew too', async () => {
		for (const [path, text] of await columnFiles(made)) {
			expect(await readFile(join(nodes, path), 'utf8')).toBe(text);
			expect(text).toContain('.getAll');
		}
	});

	it('show what Simplify leaves, since it is on where nobody switched it off', () => {
		expect(propertiesOf('Saleswhale/__schema__/v1.0.0/lead/get.json')).not.toHaveProperty(
			'crm_type',
		);
		expect(propertiesOf('Saleswhale/__schema__/v1.0.0/lead/get.json')).toHaveProperty('email');
	});

	it('show what the node adds by itself', () => {
		const contact = propertiesOf('Salesflow/__schema__/v1.0.0/contact/get.json');
		expect(contact).toHaveProperty('StatusNames.items.type', 'string');
		const found = propertiesOf('Salesflow/__schema__/v1.0.0/contact/lookup.json');
		expect(found).toMatchObject({ found: { type: 'boolean' }, MemberId: { type: 'number' } });
		const deleted = propertiesOf('Saleswhale/__schema__/v1.0.0/lead/delete.json');
		expect(deleted).toEqual({ deleted: { type: 'boolean' } });
	});
});

describe('a shape', () => {
	it('has each type and property that one of the values has', () => {
		expect(shapeOf([{ a: null }, { a: 1, b: ['x'] }, { b: [] }])).toEqual({
			type: 'object',
			properties: {
				a: { type: ['number', 'null'] },
				b: { type: 'array', items: { type: 'string' } },
			},
		});
	});

	it("of a schema's samples has its alternatives, and ends where the schema holds itself", () => {
		const node = { type: 'object', properties: {} as Record<string, object> };
		node.properties.id = { anyOf: [{ type: 'string' }, { type: ['integer', 'null'] }] };
		expect(shapeOf(samples(node))).toEqual({
			type: 'object',
			properties: { id: { type: ['string', 'number', 'null'] } },
		});
		node.properties.parent = node;
		expect(JSON.stringify(shapeOf(samples(node)))).toContain('"parent"');
	});
});
