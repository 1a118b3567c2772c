import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { TOP } from '../n8n/runtime.mts';
import { cut } from './cut.mts';
import type { Edition } from './edition.mts';

const run = promisify(execFile);

/** A plugin of lint and scanner asks for other names of files where NODE_ENV is test, as it is under jest. */
const { NODE_ENV: _, ...env } = process.env;

/** A package that was linted, built, packed and scanned without a finding. */
export interface MadePackage {
	name: string;
	/** Where its files are. */
	folder: string;
	/** What `npm publish` takes. */
	tarball: string;
	/** How large that is, in bytes. */
	size: number;
	files: string[];
}

interface Packed {
	filename: string;
	size: number;
	files: Array<{ path: string }>;
}

/**
 * Cuts a package into `<out>/<name>`, lints, builds and packs it, and scans tree and tarball.
 * @throws Error with the findings, if there are any
 */
export async function makePackage(edition: Edition, out: string): Promise<MadePackage> {
	const folder = join(out, edition.name);
	await cut(edition, folder);
	await n8nNode('lint', folder);
	await n8nNode('build', folder);
	const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', out];
	const { stdout } = await run('npm', args, { cwd: folder });
	const [packed] = JSON.parse(stdout) as [Packed];
	const tarball = join(out, packed.filename);
	await scan(edition.name, folder, tarball);
	return {
		name: edition.name,
		folder,
		tarball,
		size: packed.size,
		files: packed.files.map(({ path }) => path),
	};
}

async function scan(name: string, tree: string, tarball: string): Promise<void> {
	const unpacked = await mkdtemp(join(tmpdir(), 'scan-'));
	try {
		await run('tar', ['-xzf', tarball, '--strip-components=1', '-C', unpacked]);
		const verdicts = await analyze(
			[tree, 'SOURCE_FILE_PATTERNS'],
			[unpacked, "['**/*.js', 'package.json']"],
		);
		if (verdicts.length === 2 && verdicts.every(({ passed }) => passed === true)) return;
		throw new Error(`The scanner is not content with ${name}: ${JSON.stringify(verdicts)}`);
	} finally {
		await rm(unpacked, { recursive: true, force: true });
	}
}

/** Runs `n8n-node lint` or `n8n-node build`, as n8n's own checks do. */
async function n8nNode(command: 'lint' | 'build', folder: string): Promise<void> {
	const tool = join(TOP, 'node_modules/@n8n/node-cli/bin/n8n-node.mjs');
	try {
		await run(process.execPath, [tool, command], { cwd: folder, env });
	} catch (error) {
		const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
		throw new Error(`n8n-node ${command} is not content with ${folder}:\n${stdout}${stderr}`);
	}
}

/**
 * The verdicts of the scanner that n8n verifies packages with.
 * @param what folders, each with the files in it as the scanner's own code names them
 */
async function analyze(
	...what: Array<[folder: string, patterns: string]>
): Promise<Array<{ passed?: boolean }>> {
	const scanner = pathToFileURL(
		join(TOP, 'node_modules/@n8n/scan-community-package/scanner/scanner.mjs'),
	).href;
	const calls = what.map(
		([folder, patterns]) => `await analyzePackage(${JSON.stringify(folder)}, ${patterns})`,
	);
	const script = `
		const { analyzePackage, SOURCE_FILE_PATTERNS } = await import(${JSON.stringify(scanner)});
		console.log(JSON.stringify([${calls.join(', ')}]));
	`;
	const args = ['--input-type=module', '--eval', script];
	const { stdout } = await run(process.execPath, args, { cwd: TOP, env });
	return JSON.parse(stdout.trim().split('\n').at(-1) ?? '[]') as Array<{ passed?: boolean }>;
}

/** The folder that packages go to, made where it is not there. */
export async function outFolder(folder: string): Promise<string> {
	await mkdir(folder, { recursive: true });
	return folder;
}
