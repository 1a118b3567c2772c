import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { vendors as tabled } from '../../dev/docs/operations.mts';
import { TOP } from '../../dev/n8n/runtime.mts';
import { readEditions, strangersIn } from '../../dev/packages/edition.mts';
import { sourcesOf } from '../../dev/packages/sources.mts';
import { nameOf, readVendors } from '../../dev/packages/vendor.mts';
import { type Vendor, vendors as all } from '../../dev/vendors.mts';

const vendors = await readVendors();
const editions = await readEditions();
const read = async (path: string) => await readFile(join(TOP, path), 'utf8');

/** What a vendor needs beside its nodes; CONTRIBUTING.md leads through it. */
describe.each(vendors)('$folder', ({ folder, title, pages, nodes, credentials, resources }) => {
	it('has a kit, a contract that is linted, and a simulator that is in the demo', async () => {
		const found = all.find((one) => one.folder === folder);
		const { kit, contract } = found as Vendor;
		expect(kit.simulator('key').contract.href).toBe(contract.href);
		expect(existsSync(contract)).toBe(true);
		expect(await read('package.json')).toContain('dev/vendors/*/contract.yaml');
	});

	it('has its pages, and its operations, credentials and triggers in docs/operations.md', async () => {
		expect(pages.filter((page) => !existsSync(join(TOP, 'docs', page)))).toEqual([]);
		expect(tabled[title]).toBe(resources);
		const page = await read('docs/operations.md');
		const names = [...credentials, ...nodes].map(({ is }) => is.displayName);
		expect(names.filter((name) => !page.includes(`| ${name} |`))).toEqual([]);
		const readme = await read('README.md');
		const told = nodes.map(({ is }) => is.displayName);
		expect(told.filter((name) => !readme.includes(name))).toEqual([]);
	});

	it('shows fields by fields that stand above them, or by a path from the root', () => {
		const wrong = nodes.flatMap(({ is: { name, properties } }) =>
			properties.flatMap((property, n) =>
				Object.values(property.displayOptions ?? {})
					.flatMap((rule) => Object.keys(rule as object))
					.filter((by) => !/^[@/]/.test(by))
					.filter((by) => !properties.slice(0, n).some((one) => one.name === by))
					.map((by) => `${name}: ${property.name} by ${by}`),
			),
		);
		expect(wrong).toEqual([]);
	});

	it('ships every file of its folder, and of the engine what it imports', async () => {
		const vendor = vendors.find((one) => one.folder === folder);
		const sources = await sourcesOf(vendor ? [vendor] : []);
		const files = await readdir(join(TOP, 'nodes', folder), { recursive: true });
		const own = files
			.filter((file) => /\.(ts|json)$/.test(file))
			.map((file) => `nodes/${folder}/${file}`);
		expect(sources.filter((file) => file.startsWith(`nodes/${folder}/`))).toEqual(own.sort());
		const strange = sources.filter(
			(file) => !/^(icons|credentials|nodes\/engine)\//.test(file) && !own.includes(file),
		);
		expect(strange).toEqual([]);
	});
});

describe('a vendor to come', () => {
	const filesIn = async (room: string) =>
		(await readdir(join(TOP, room), { recursive: true }))
			.filter((name) => name.endsWith('.mts') || name.endsWith('.yaml'))
			.map((name) => join(room, name))
			.filter((name) => !name.startsWith(join('dev', 'vendors', sep)));
	const named = (text: string) => vendors.filter((vendor) => nameOf(vendor).test(text));

	it('is listed nowhere in dev but in its own folder: no other file names two vendors', async () => {
		const files = await filesIn('dev');
		expect(files.length).toBeGreaterThan(50);
		const texts = await Promise.all(files.map(async (file) => ({ file, text: await read(file) })));
		expect(texts.filter(({ text }) => named(text).length > 1).map(({ file }) => file)).toEqual([]);
	});

	it('is in the shared tests without a line: none imports from the kits of two vendors', async () => {
		const files = await filesIn('test');
		const texts = await Promise.all(files.map(async (file) => ({ file, text: await read(file) })));
		const kits = (text: string) =>
			all.filter(({ name }) => new RegExp(`from '[./]*/dev/vendors/${name}/`).test(text));
		expect(texts.some(({ text }) => kits(text).length === 1)).toBe(true);
		expect(texts.filter(({ text }) => kits(text).length > 1).map(({ file }) => file)).toEqual([]);
	});
});

describe('the packages', () => {
	it('are called after their vendors', () => {
		expect(editions.map(({ name }) => name)).toEqual([
			'n8n-nodes-sales-engagement',
			'n8n-nodes-convertalk',
			'n8n-nodes-salesflow',
			'n8n-nodes-saleswhale',
			'n8n-nodes-zenvia-sales',
		]);
	});

	it('know what is a stranger in them', () => {
		const [all, convertalk] = editions;
		const text = 'Salesflow and ZENVIA';
		expect(all && strangersIn(text, all)).toEqual([]);
		expect(convertalk && strangersIn(text, convertalk)).toEqual(['Salesflow', 'Zenvia Sales']);
		expect(convertalk && strangersIn('Convertalk sells', convertalk)).toEqual([]);
	});
});
