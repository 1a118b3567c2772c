import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { TOP } from '../../dev/n8n/runtime.mts';
import { readEditions, strangersIn } from '../../dev/packages/edition.mts';
import { examplesOf } from '../../dev/packages/examples.mts';
import { repositoryOf } from '../../dev/packages/own.mts';
import { readmeOf } from '../../dev/packages/readme.mts';

const editions = await readEditions();
/** What npm shows of a README is Markdown without blocks of code, in which a link is only text. */
const shown = (readme: string): string => readme.replace(/^```[^]*?^```$/gm, '');

describe.each(editions.map((edition) => [edition.name, edition] as const))(
	'the README of %s, as npm shows it',
	(name, edition) => {
		const repository = repositoryOf(edition.own);

		it('has pictures that are there, by addresses that hold from anywhere', async () => {
			const text = shown(await readmeOf(edition));
			expect(text).not.toMatch(/<(picture|source|img)\b/);
			const pictures = [...text.matchAll(/!\[([^\]]+)\]\(([^)]+)\)/g)];
			expect(pictures.length).toBeGreaterThanOrEqual(3 * edition.vendors.length);
			const raw = `${repository}/raw/main/`;
			const lost = pictures.filter(
				([, , url = '']) => !url.startsWith(raw) || !existsSync(join(TOP, url.replace(raw, ''))),
			);
			expect(lost.map(([, , url]) => url)).toEqual([]);
		});

		it('has links that lead somewhere', async () => {
			const text = shown(await readmeOf(edition));
			const links = [...text.matchAll(/(?<!!)\[[^\]]*\]\(([^)]+)\)/g)].map(([, url = '']) => url);
			expect(links.filter((url) => !/^https:\/\//.test(url))).toEqual([]);
			const files = links
				.filter((url) => url.startsWith(`${repository}/blob/main/`))
				.map((url) => url.replace(`${repository}/blob/main/`, '').replace(/#.*/, ''));
			expect(files.length).toBeGreaterThan(0);
			expect(files.filter((file) => !existsSync(join(TOP, file)))).toEqual([]);
		});

		it('names the examples that are in the package, with its own nodes, and no others', async () => {
			const text = await readmeOf(edition);
			const examples = await examplesOf(edition);
			expect(examples.length).toBeGreaterThan(2);
			const [, list = ''] = text.split('## Examples\n');
			for (const { path, text: workflow } of examples) {
				expect(list).toContain(`- \`${path}\`: `);
				const types = [...workflow.matchAll(/"type": "(n8n-nodes-(?!base)[\w-]+)\./g)];
				expect(new Set(types.map(([, type]) => type))).toEqual(new Set([name]));
			}
			const named = [...shown(text).matchAll(/`(examples\/[\w-]+\.json)`/g)].map(
				([, path]) => path,
			);
			const paths = new Set(examples.map(({ path }) => path));
			expect(named.filter((path = '') => !paths.has(path))).toEqual([]);
		});

		it('leads to the API of each vendor, and says which versions there are', async () => {
			const text = await readmeOf(edition);
			expect(text.split("### The vendor's API\n").slice(1)).toHaveLength(edition.vendors.length);
			for (const { is } of edition.vendors.flatMap(({ nodes }) => nodes))
				expect(text).toContain(`| ${is.displayName} | ${[is.version].flat().join(', ')} |`);
		});

		it('names no vendor of another package', async () => {
			expect(strangersIn(await readmeOf(edition), edition)).toEqual([]);
		});
	},
);

it('says for Convertalk what differs from the package of BotPenguin', async () => {
	const edition = editions.find(({ name }) => name === 'n8n-nodes-convertalk');
	expect(edition && (await readmeOf(edition))).toContain(
		'| Send messages and WhatsApp templates | no | yes |',
	);
});
