import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';

/** Runs a program. */
export const run = promisify(execFile);
/** The folder of this project. */
export const top = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
/** In ms. */
export const minutesMs = 60_000;

interface Package {
	dependencies?: object;
	peerDependencies: object;
	devDependencies: object;
	files: string[];
	scripts: Record<string, string>;
	overrides?: object;
	n8n: { nodes: string[]; credentials: string[] };
}

const json = async <T,>(file: string) => JSON.parse(await readFile(file, 'utf8')) as T;
/** This project's package.json. */
export const own = await json<Package>(join(top, 'package.json'));

/** The scanner's verdict, in a process of its own: jest cannot load it and what it loads. */
export async function analyze(folder: string, patterns: string): Promise<unknown> {
	const scanner = join(top, 'node_modules/@n8n/scan-community-package/scanner/scanner.mjs');
	const script = `
		const { analyzePackage, SOURCE_FILE_PATTERNS } = await import(${JSON.stringify(pathToFileURL(scanner))});
		console.log(JSON.stringify(await analyzePackage(${JSON.stringify(folder)}, ${patterns})));
	`;
	// Without NODE_ENV=test, under which a plugin of the scanner asks for other names of files.
	const { NODE_ENV: _, ...env } = process.env;
	const args = ['--input-type=module', '--eval', script];
	const { stdout } = await run(process.execPath, args, { cwd: top, env });
	return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

/** All files below a folder with such an ending, as paths from the top. */
export async function sources(folder: string, ending = '.ts'): Promise<string[]> {
	const entries = await readdir(join(top, folder), { recursive: true });
	return entries.filter((name) => name.endsWith(ending)).map((name) => join(folder, name));
}

/** What a file imports, as it names it. */
export async function importsOf(file: string): Promise<string[]> {
	const code = await readFile(join(top, file), 'utf8');
	return ts.preProcessFile(code, true, true).importedFiles.map(({ fileName }) => fileName);
}
