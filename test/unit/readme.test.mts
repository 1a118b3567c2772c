import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { operationsPage, operationsTable, withOperations } from '../../dev/docs/operations.mts';
import { readVendors } from '../../dev/packages/vendor.mts';

const pageAt = async (path: string) =>
	await readFile(new URL(`../../${path}`, import.meta.url), 'utf8');
const readme = await pageAt('README.md');
const nodes = (await readVendors()).flatMap((vendor) => vendor.nodes);

/** A new user reads this much before the first success, as `wc -w` counts. */
const mostWords = 900;

describe('the README', () => {
	it('is read in five minutes', () => {
		expect(readme.trim().split(/\s+/).length).toBeLessThanOrEqual(mostWords);
	});

	it('leads from what it is to the first success, and only then further', () => {
		const titles = [...readme.matchAll(/^#+ (.+)$/gm)].map(([, title]) => title);
		expect(titles).toEqual([
			'n8n-nodes-sales-engagement',
			'Install',
			'First success',
			'What it can do',
			'Examples',
			'Help',
		]);
	});

	it('names the two commands word for word', () => {
		expect(readme).toContain('\nnpm ci && npm start\n');
		expect(readme).toContain('\nnpm ci && npm test\n');
	});

	it('says of each vendor what is proven, and has an example that reads only', async () => {
		for (const { title } of await readVendors()) {
			expect(readme).toContain(`> | ${title} |`);
			expect(readme).toMatch(new RegExp(`^\\| \\[${title}\\]\\(docs/.+examples/first-look-`, 'm'));
		}
	});

	it('leads to every page of docs/ or to one that does', async () => {
		const found = new Set<string>();
		const follow = async (page: string): Promise<void> => {
			if (found.has(page)) return;
			found.add(page);
			const links = [...(await pageAt(page)).matchAll(/\]\((?!https?:|#)([^)#]+\.md)/g)];
			for (const [, link = ''] of links) await follow(join(dirname(page), link));
		};
		await follow('README.md');
		const pages = (await readdir(new URL('../../docs', import.meta.url), { recursive: true }))
			.filter((name) => name.endsWith('.md'))
			.map((name) => join('docs', name));
		expect(pages.length).toBeGreaterThan(30);
		expect(pages.filter((page) => !found.has(page))).toEqual([]);
	});
});

describe('docs/operations.md', () => {
	it('has the table of operations that the code makes', async () => {
		const page = await readFile(operationsPage, 'utf8');
		expect(page).toContain(operationsTable());
		expect(withOperations(page)).toBe(page);
	});
});

describe('docs/versions.md', () => {
	it('has the type versions that the nodes have', async () => {
		const [, table = ''] =
			/<!-- versions: .*?-->(.*)<!-- \/versions -->/s.exec(await pageAt('docs/versions.md')) ?? [];
		const rows = table
			.split('\n')
			.filter((line) => /^\| .+\| [\d., ]+ \|/.test(line))
			.map((line) =>
				line
					.split('|')
					.slice(1, 3)
					.map((cell) => cell.trim()),
			);
		const versions = nodes.map(({ is }) => [is.displayName, [is.version].flat().join(', ')]);
		expect(rows.sort()).toEqual(versions.sort());
	});
});

describe('findings/README.md', () => {
	it('tells of each script once, and of no other', async () => {
		const told = [...(await pageAt('findings/README.md')).matchAll(/\]\(([\w.-]+\.sh)\)/g)];
		const scripts = (await readdir(new URL('../../findings', import.meta.url))).filter((name) =>
			name.endsWith('.sh'),
		);
		expect(told.map(([, name]) => name).sort()).toEqual(scripts.sort());
	});
});
