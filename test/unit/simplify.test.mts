import type { IDataObject } from 'n8n-workflow';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { TOP } from '../../dev/n8n/runtime.mts';
import { readVendors } from '../../dev/packages/vendor.mts';
import { essentialsOf } from '../../nodes/Convertalk/resources/essentials.ts';

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
			if (typeof smaller === 'function' || smaller === undefined) continue;
			expect(smaller.length).toBeLessThanOrEqual(most);
			const unknown = smaller.filter((field) => !names.includes(field));
			expect([path, unknown]).toEqual([path, []]);
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
	expect(essentialsOf(record)).toEqual({
		...{ id: 'c1', uuid: 'u1', name: 'Ana', email: 'ana@example.com' },
		...{ phoneNumber: '+5511912345678', status: 'open', lastMessage: 'Hi' },
	});
});
