import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { TOP } from '../../dev/n8n/runtime.mts';
import { readVendors, type Vendor } from '../../dev/packages/vendor.mts';
import { labelsOf } from './labels.mts';

const read = async (path: string) => await readFile(join(TOP, path), 'utf8');
const inFolder = async (folder: string) =>
	(await readdir(join(TOP, folder)))
		.filter((name) => name.endsWith('.md'))
		.map((name) => `${folder}/${name}`);
const pages = [
	...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'deploy/queue/README.md'],
	...(await inFolder('docs')),
	...(await inFolder('docs/decisions')),
	...(await inFolder('docs/pt-BR')),
	...(await inFolder('docs/es')),
];
/** The names of all files, in whatever folder. */
const fileNames = new Set(
	(
		await Promise.all(
			['nodes', 'dev', 'test', 'findings', 'deploy'].map(
				async (folder) => await readdir(join(TOP, folder), { recursive: true }),
			),
		)
	)
		.flat()
		.map((path) => basename(path)),
);
const { scripts } = JSON.parse(await read('package.json')) as { scripts: Record<string, string> };
const vendors = await readVendors();

/** Whether there is such a file, and the heading in it that a link such as `page.md#the-demo` leads to. */
async function isThere(path: string): Promise<boolean> {
	const [file = '', anchor] = path.split('#');
	if (!existsSync(join(TOP, file))) return false;
	if (anchor === undefined) return true;
	const headings = [...(await read(file)).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replace(/[^\w -]/g, '')
			.replaceAll(' ', '-'),
	);
	return headings.includes(anchor);
}

describe.each(pages)('%s', (page) => {
	it('names files that are there', async () => {
		const text = await read(page);
		const links = [...text.matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map(([, path = '']) =>
			join(dirname(page), path),
		);
		const named = [...text.matchAll(/`((?:test|dev|nodes|docs|examples)\/[\w./-]+)`/g)].map(
			([, path = '']) => path,
		);
		// Acme is the example of a vendor to come.
		const paths = [...links, ...named].filter((path) => !/acme/i.test(path));
		const lost = await Promise.all(
			paths.map(async (path) => ((await isThere(path)) ? [] : [path])),
		);
		expect(lost.flat()).toEqual([]);
		const alone = [...text.matchAll(/`([\w.-]+\.(?:m?ts|yaml|sh))`/g)].map(([, name = '']) => name);
		// Two of them are endings.
		const own = alone.filter((name) => !/^\.|acme/i.test(name));
		expect(own.filter((name) => !fileNames.has(name))).toEqual([]);
	});

	it('has no place that is still to be filled', async () => {
		expect(await read(page)).not.toMatch(/^@|@[A-Z]*@|\bTODO\b|\bTBD\b/m);
	});

	it('tells nobody to install a name from npm that is not registered yet', async () => {
		const text = await read(page);
		expect(text).not.toMatch(/npm (?:i|install) [^\n]*n8n-nodes-[\w-]+(?!\S*\.tgz)(?=\s|$|`)/);
		expect(text).not.toMatch(/Install\*\* and enter `n8n-nodes-/);
	});

	it('names scripts that are there', async () => {
		const called = [...(await read(page)).matchAll(/npm run ([\w:]+)/g)].map(
			([, script = '']) => script,
		);
		expect(called.filter((script) => !(script in scripts))).toEqual([]);
	});
});

describe('the page for those who come from the HTTP Request node', () => {
	const chapterOf = async ({ title }: Vendor) =>
		(await read('docs/from-http-request.md'))
			.split(/^## /m)
			.find((chapter) => chapter.startsWith(`${title}\n`)) ?? '';

	it.each(vendors)('names operations and fields of $title that are there', async (vendor) => {
		const rows = (await chapterOf(vendor)).split('\n').filter((line) => line.startsWith('|'));
		expect(rows.length).toBeGreaterThan(8);
		const operations = vendor.resources.flatMap(({ name, operations: all }) =>
			all.map((one) => `${name}: ${one.name}`),
		);
		const triggers = vendor.nodes.map(({ is }) => is.displayName);
		const replaced = rows.map((row) => row.split('|')[2]?.trim() ?? '');
		const named = replaced.filter(
			(cell) => /^[A-Z][\w ]+: [A-Z]/.test(cell) || / Trigger/.test(cell),
		);
		const known = [...operations, ...triggers];
		expect(named.length).toBeGreaterThan(3);
		expect(named.filter((cell) => !known.includes(cell.split(',')[0] ?? ''))).toEqual([]);
		const fields = replaced.flatMap((cell) =>
			[...cell.matchAll(/\*\*([^*]+)\*\*/g)].map(([, field = '']) => field),
		);
		const { newest } = labelsOf([vendor]);
		expect(fields.length).toBeGreaterThan(5);
		expect(fields.filter((field) => !newest.has(field))).toEqual([]);
	});
});

/** What stands in bold in pages about our forms and is n8n's own, or Zenvia's. */
const ofOthers = new Set([
	...['Create credential', 'Save', 'Execute workflow', 'Import', 'From file', 'Import from File'],
	...['On Error', 'Stop Workflow', 'Sales', 'Integrações', 'Integraciones'],
	...['API Access', 'App Marketplace', 'API access'],
]);

/** The labels that stand in bold: not what begins a paragraph as its title, with a full stop. */
const boldIn = (page: string): string[] =>
	[...page.matchAll(/\*\*([^*]+)\*\*/g)]
		.map(([, bold = '']) => bold.replace(/\s+/g, ' '))
		.filter((bold) => !bold.endsWith('.'))
		.flatMap((bold) => bold.split(/ → |: /));

describe.each([
	...['docs/pt-BR/zenvia-sales.md', 'docs/es/zenvia-sales.md'],
	...['docs/agents.md', 'docs/guard-rails.md'],
])('%s', (page) => {
	it('names fields, choices and operations as the form of today does', async () => {
		const { newest } = labelsOf(vendors);
		const bold = boldIn(await read(page));
		expect(bold.length).toBeGreaterThan(5);
		expect(bold.filter((label) => !newest.has(label) && !ofOthers.has(label))).toEqual([]);
	});
});
