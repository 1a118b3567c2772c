import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { vendors as tabled } from '../../dev/docs/operations.mts';
import { TOP } from '../../dev/n8n/runtime.mts';
import { readEditions, strangersIn } from '../../dev/packages/edition.mts';
import { sourcesOf } from '../../dev/packages/sources.mts';
import { readVendors } from '../../dev/packages/vendor.mts';

const vendors = await readVendors();
const editions = await readEditions();
const read = async (path: string) => await readFile(join(TOP, path), 'utf8');
const camel = (folder: string) => folder.charAt(0).toLowerCase() + folder.slice(1);

/** What a vendor needs beside its nodes; CONTRIBUTING.md leads through it. */
describe.each(vendors)('$folder', ({ folder, title, pages, nodes, credentials, resources }) => {
	it('has a contract that is linted, and a simulator', async () => {
		const kit = `dev/vendors/${camel(folder)}`;
		expect(existsSync(join(TOP, kit, 'contract.yaml'))).toBe(true);
		expect(await read('dev/vendors/redocly.yaml')).toContain(
			`root: ./${camel(folder)}/contract.yaml`,
		);
		expect(existsSync(join(TOP, kit, 'simulator/index.mts'))).toBe(true);
	});

	it('is in the demo', async () => {
		expect(await read('dev/demo/vendors.mts')).toContain(
			`/vendors/${camel(folder)}/simulator/index.mts'`,
		);
	});

	it('has its pages, and its operations, credentials and triggers in the README', async () => {
		expect(pages.filter((page) => !existsSync(join(TOP, 'docs', page)))).toEqual([]);
		expect(tabled[title]).toBe(resources);
		const readme = await read('README.md');
		const names = [...credentials, ...nodes].map(({ is }) => is.displayName);
		expect(names.filter((name) => !readme.includes(`| ${name} |`))).toEqual([]);
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
