import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { changelogOf } from '../changelog/changelog.mts';
import { TOP } from '../n8n/runtime.mts';
import { type Edition, strangersIn } from './edition.mts';
import { examplesOf } from './examples.mts';
import { manifestOf, tsconfig } from './manifest.mts';
import { readmeOf } from './readme.mts';
import { sourcesOf } from './sources.mts';

/**
 * Cuts one package out of this tree into a folder of its own, which is made anew.
 * @returns the files of the package, as paths below that folder
 * @throws Error if anything in it names a vendor of another package
 */
export async function cut(edition: Edition, folder: string): Promise<string[]> {
	const sources = await sourcesOf(edition.vendors);
	const files = new Map<string, string>();
	for (const file of [...sources, 'LICENSE', 'index.js', 'eslint.config.mjs']) {
		files.set(file, await readFile(join(TOP, file), 'utf8'));
	}
	for (const [file, text] of files) {
		if (file.endsWith('.node.json'))
			files.set(file, text.replace(`"${edition.own.name}.`, `"${edition.name}.`));
	}
	for (const { path, text } of await examplesOf(edition)) files.set(path, text);
	files.set('package.json', json(manifestOf(edition)));
	files.set('tsconfig.json', json(await tsconfig()));
	files.set('README.md', await readmeOf(edition));
	files.set('CHANGELOG.md', await changelogOf(edition, sources));
	requireNoStrangers(edition, files);
	await write(files, folder);
	return [...files.keys()];
}

const json = (value: object): string => `${JSON.stringify(value, null, '\t')}\n`;

function requireNoStrangers(edition: Edition, files: Map<string, string>): void {
	const found = [...files].flatMap(([file, text]) =>
		strangersIn(`${file}\n${text}`, edition).map((title) => `${file} names ${title}`),
	);
	if (found.length > 0) throw new Error(`${edition.name} is not by itself: ${found.join('; ')}.`);
}

async function write(files: Map<string, string>, folder: string): Promise<void> {
	await rm(folder, { recursive: true, force: true });
	for (const [file, text] of files) {
		await mkdir(dirname(join(folder, file)), { recursive: true });
		await writeFile(join(folder, file), text);
	}
	// What it is linted and built with is this project's; npm never packs it.
	await symlink(join(TOP, 'node_modules'), join(folder, 'node_modules'));
}
