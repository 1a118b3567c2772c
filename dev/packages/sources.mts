import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { TOP } from '../n8n/runtime.mts';
import { type Vendor, codexFile, schemasOf } from './vendor.mts';

/**
 * The files that vendors' nodes and credentials are made of, as paths below the project's top: what they
 * import, near and far, their codex files, schemas and icons. What nothing imports is left out.
 */
export async function sourcesOf(vendors: Vendor[]): Promise<string[]> {
	const nodes = vendors.flatMap((vendor) => vendor.nodes.map(({ file }) => file));
	const credentials = vendors.flatMap((vendor) => vendor.credentials.map(({ file }) => file));
	const code = await withImports([...nodes, ...credentials]);
	const schemas = (await Promise.all(vendors.map(schemasOf))).flat();
	return [...code, ...nodes.map(codexFile), ...schemas, ...(await iconsOf(code))].sort();
}

async function withImports(entries: string[]): Promise<string[]> {
	const found = new Set<string>();
	const waiting = [...entries];
	for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
		if (found.has(file)) continue;
		found.add(file);
		waiting.push(...(await importsOf(file)));
	}
	return [...found];
}

async function importsOf(file: string): Promise<string[]> {
	const { importedFiles } = ts.preProcessFile(await readFile(join(TOP, file), 'utf8'), true, true);
	return importedFiles
		.filter(({ fileName }) => fileName.startsWith('.'))
		.map(({ fileName }) => {
			const path = resolve(TOP, dirname(file), fileName);
			const target = existsSync(`${path}.ts`) ? `${path}.ts` : join(path, 'index.ts');
			return relative(TOP, target);
		});
}

/** Icons are named in the code, from the file's own place: `file:../../icons/saleswhale.svg`. */
async function iconsOf(code: string[]): Promise<string[]> {
	const icons = new Set<string>();
	for (const file of code) {
		const text = await readFile(join(TOP, file), 'utf8');
		for (const [, path = ''] of text.matchAll(/'file:([^']+)'/g)) {
			icons.add(relative(TOP, resolve(TOP, dirname(file), path)));
		}
	}
	return [...icons];
}
