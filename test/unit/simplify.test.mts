import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { TOP } from '../../dev/n8n/runtime.mts';
import { readVendors } from '../../dev/packages/vendor.mts';
import { essentials, flat } from '../../nodes/Convertalk/resources/essentials.ts';
import { pick } from '../../nodes/engine/operation/items.ts';

/** n8n's UX guidelines: with more fields than that, Simplify. */
const most = 10;
/** Reads that people make lists of; what a write answers is looked at once. */
const reads = /^(?:get|getAll|search|getStatistics)$/;

const vendors = await readVendors();

interface Schema {
	path: string;
	names: string[];
}

/** What each read gives, of the newest version of each node. */
async function schemasOf(folder: string): Promise<Schema[]> {
	const schemas = join(TOP, 'nodes', folder, '__schema__');
	const newest = (await readdir(schemas)).sort().at(-1) ?? '';
	const files = await readdir(join(schemas, newest), { recursive: true });
	return await Promise.all(
		files
			.filter((file) => file.endsWith('.json'))
			.map(async (file) => {
				const { properties = {} } = JSON.parse(
					await readFile(join(schemas, newest, file), 'utf8'),
				) as { properties?: object };
				return { path: file.replace(/\.json$/, ''), names: Object.keys(properties) };
			}),
	);
}

describe.each(vendors)('Simplify of $title', ({ folder, resources }) => {
	it(`is there for each read that gives more than ${most} fields, and leaves ${most} of them at most`, async () => {
		for (const { path, names } of await schemasOf(folder)) {
			const [resource, name = ''] = path.split('/');
			if (names.length <= most || !reads.test(name)) continue;
			const found = resources
				.find(({ value }) => value === resource)
				?.operations.find(({ value }) => value === name);
			const { simplify, simplifyForAgent, simplifyIfAsked } = found?.output ?? {};
			const smaller = simplify ?? simplifyForAgent ?? simplifyIfAsked;
			expect([path, smaller === undefined]).toEqual([path, false]);
			expect(smaller?.length).toBeLessThanOrEqual(most);
			const known = [...names, ...(found?.output.flat?.names ?? [])];
			expect([path, smaller?.filter((field) => !known.includes(field))]).toEqual([path, []]);
		}
	});
});

/** The property that an operation shows an AI agent's maker under a name. */
const shownTo = (properties: readonly INodeProperties[], at: string, name: string) =>
	properties.find(({ name: own, displayOptions: { show = {} } = {} }) => {
		const [resource = '', operation = ''] = at.split('.');
		const isThere = show['resource']?.includes(resource) && show['operation']?.includes(operation);
		return own === name && isThere && show['@tool']?.includes(true);
	});

const valuesOf = (property: INodeProperties | undefined): string[] =>
	((property?.options ?? []) as INodePropertyOptions[]).map(({ value }) => String(value));

describe.each(vendors)('Output of a tool of $title', ({ resources, node }) => {
	const { properties } = node.description;
	const made = resources.flatMap(({ value: resource, operations }) =>
		operations.flatMap(({ value, output }) => {
			const { simplify, simplifyForAgent, simplifyIfAsked, flat, fields } = output;
			const smaller = simplify ?? simplifyForAgent ?? simplifyIfAsked;
			return smaller ? [{ at: `${resource}.${value}`, smaller, flat, fields }] : [];
		}),
	);

	it('is wherever Simplify is, says what Simplify says at first, and is for tools only', () => {
		expect(made.length).toBeGreaterThan(1);
		for (const { at } of made) {
			const output = shownTo(properties, at, 'output');
			expect([at, valuesOf(output).sort()]).toEqual([
				at,
				['fields', 'raw', 'simplified', 'switch'],
			]);
			expect(output?.default).toBe('switch');
		}
		expect(properties.filter(({ name }) => name === 'output')).toHaveLength(
			new Set(made.map(({ at }) => at.split('.')[0])).size,
		);
	});

	it('offers all fields of the record but its ID, which comes in any case', () => {
		for (const { at, smaller, flat: above, fields } of made) {
			expect([at, smaller[0]]).toEqual([at, expect.stringMatching(/id$/i)]);
			expect([at, fields?.length ?? 0]).toEqual([at, expect.any(Number)]);
			expect(fields?.length ?? 0).toBeGreaterThan(most);
			const offered = valuesOf(shownTo(properties, at, 'outputFields'));
			const known = [...(fields ?? []), ...(above?.names ?? [])];
			const always = [smaller[0], 'warning', 'found', 'matchedBy'];
			expect([at, offered]).toEqual([
				at,
				[...new Set(known)].filter((name) => !always.includes(name)).sort(),
			]);
		}
	});
});

it('of a chat of Convertalk has what people read on top, ten fields at most', () => {
	const record: IDataObject = {
		_id: 'c1',
		uuid: 'u1',
		status: 'open',
		lastMessage: { text: 'Hi' },
		profile: {
			userDetails: {
				name: 'Ana',
				contact: { email: 'ana@example.com', phone: { prefix: '55', number: '11912345678' } },
			},
		},
	};
	expect(pick(record, essentials, flat)).toEqual({
		...{ id: 'c1', uuid: 'u1', name: 'Ana', email: 'ana@example.com' },
		...{ phoneNumber: '+5511912345678', status: 'open', lastMessage: 'Hi' },
	});
});

it('gives a text or nothing for the last message of a chat, and no record', () => {
	const record: IDataObject = { _id: 'c1', lastMessage: { attachment: 'a.png' } };
	expect(pick(record, essentials, flat)).toEqual({ id: 'c1' });
	expect(pick(record, ['id', 'profile', 'lastMessage'], flat)).toEqual({ id: 'c1' });
});
