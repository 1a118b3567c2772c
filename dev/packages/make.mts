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
	await requireClean(`${edition.name}, its tree`, folder, 'SOURCE_FILE_PATTERNS');
	const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', out];
	const { stdout } = await run('npm', args, { cwd: folder });
	const [packed] = JSON.parse(stdout) as [Packed];
	const tarball = join(out, packed.filename);
	await scanTarball(edition.name, tarball);
	return { name: edition.name, folder, tarball, size: packed.size, files: packed.files.map(({ path }) => path) };
}

async function scanTarball(name: string, tarball: string): Promise<void> {
	const unpacked = await mkdtemp(join(tmpdir(), 'scan-'));
	try {
		await run('tar', ['-xzf', tarball, '--strip-components=1', '-C', unpacked]);
		await requireClean(`${name}, its tarball`, unpacked, "['**/*.js', 'package.json']");
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

/** The verdict of the scanner that n8n verifies packages with. */
async function requireClean(what: string, folder: string, patterns: string): Promise<void> {
	const scanner = pathToFileURL(join(TOP, 'node_modules/@n8n/scan-community-package/scanner/scanner.mjs')).href;
	const script = `
		const { analyzePackage, SOURCE_FILE_PATTERNS } = await import(${JSON.stringify(scanner)});
		console.log(JSON.stringify(await analyzePackage(${JSON.stringify(folder)}, ${patterns})));
	`;
	const args = ['--input-type=module', '--eval', script];
	const { stdout } = await run(process.execPath, args, { cwd: TOP, env });
	const verdict = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as { passed?: boolean };
	if (verdict.passed !== true) throw new Error(`The scanner is not content with ${what}: ${JSON.stringify(verdict)}`);
}

/** The folder that packages go to, made where it is not there. */
export async function outFolder(folder: string): Promise<string> {
	await mkdir(folder, { recursive: true });
	return folder;
}
