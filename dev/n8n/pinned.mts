import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

import { execa } from 'execa';
import { withLock } from './lock.mts';
import { isAlive } from './process.mts';

/** Takes one line of progress for the person who waits. */
export type Say = (line: string) => void;

/** What is installed once for all clones of this project, from a package.json and its lock. */
export interface Pinned {
	/** What it is called in the cache. */
	name: string;
	/** What it is called in a sentence. */
	title: string;
	/** The folder with package.json and lock. */
	source: string;
	/** Installs in a folder that has both, and writes its output to the log. */
	install(work: string, log: string): Promise<void>;
	say: Say;
}

/** Where it is installed: the user's cache, since every clone of this project uses the same. */
export const CACHE = join(
	process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'),
	'n8n-nodes-sales-engagement',
);
const STAMP = 'installed.json';
/** The locks were written by this npm; the one of Node 20 finds packages missing in them. */
const npmPackage = 'npm@11.19.1';
/** Installs what an npm's lock says, n8n's 2,000 packages in a tenth of npm's time and CPU. */
const bunPackage = 'bun@1.4.5';
/** How often a long step says that it still works, in milliseconds. */
const PROGRESS_EVERY = 15_000;
const NO_NETWORK = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH/;

/**
 * Gives back the folder that something is installed in, and installs it first where that was not done.
 * It stands in the user's cache under its name and its lock's hash, whole or not at all: the installation is made in
 * a folder of its own and moved into place with its stamp, so one that was cut off half way is never used.
 * @throws what `install` throws
 */
export async function ensureInstalled(pinned: Pinned): Promise<string> {
	const { name, title, source, say } = pinned;
	const lock = createHash('sha256')
		.update(await readFile(join(source, 'package-lock.json')))
		.digest('hex');
	const folder = join(CACHE, `${name}-${lock.slice(0, 12)}`);
	// Another lock, or another machine's binaries, are another installation.
	const stamp = JSON.stringify({ lock, platform: process.platform, arch: process.arch });
	if (await hasStamp(folder, stamp)) return folder;
	await mkdir(CACHE, { recursive: true });
	await withLock(
		folder,
		async () => {
			// Another process may have finished it while this one waited for the lock.
			if (!(await hasStamp(folder, stamp))) await install(pinned, folder, stamp);
		},
		() => say(`Another process is installing ${title}; waiting for it`),
	);
	return folder;
}

async function hasStamp(folder: string, stamp: string): Promise<boolean> {
	const file = join(folder, STAMP);
	return existsSync(file) && (await readFile(file, 'utf8')) === stamp;
}

async function install(pinned: Pinned, folder: string, stamp: string): Promise<void> {
	const { name, title, source, say } = pinned;
	await removeLeftovers(name);
	const work = join(CACHE, `installing-${name}-${process.pid}`);
	await rm(work, { recursive: true, force: true });
	const log = join(CACHE, `install-${name}.log`);
	await writeFile(log, '');
	try {
		await cp(source, work, { recursive: true });
		await pinned.install(work, log);
		await writeFile(join(work, STAMP), stamp);
		await rm(folder, { recursive: true, force: true, maxRetries: 3 });
		await rename(work, folder);
	} finally {
		await rm(work, { recursive: true, force: true });
	}
	say(`${title} is installed`);
}

/** Removes what processes left that were killed while they installed. */
async function removeLeftovers(name: string): Promise<void> {
	const prefix = `installing-${name}-`;
	for (const entry of await readdir(CACHE)) {
		if (!entry.startsWith(prefix) || isAlive(Number(entry.slice(prefix.length)))) continue;
		// The killed process may have left npm behind, which still writes for a while.
		await rm(join(CACHE, entry), { recursive: true, force: true, maxRetries: 20 });
	}
}

/** How a package manager is run for an installation. */
export interface PackagesRun {
	cwd: string;
	/** The file that its output is added to. */
	log: string;
	/** What it works on, for sentences. */
	what: string;
	say: Say;
	/** This process's, if not said. */
	env?: NodeJS.ProcessEnv;
}

/**
 * Runs npm, in the version that wrote the locks.
 * @throws Error with one sentence where it does not succeed
 */
export async function npm(args: string[], run: PackagesRun): Promise<void> {
	await execute(npmPackage, args, run);
}

/**
 * Installs what the package-lock.json of a folder says; nothing is run that came with it. What is fetched stays in this
 * project's cache, as links to the same files.
 * @throws Error with one sentence where it does not succeed
 */
export async function installLocked({ env = process.env, ...run }: PackagesRun): Promise<void> {
	const args = ['install', '--ignore-scripts', '--no-save', '--no-progress'];
	const fetched = { BUN_INSTALL_CACHE_DIR: join(CACHE, 'packages') };
	await execute(bunPackage, args, { ...run, env: { ...env, ...fetched } });
}

/** Runs a package manager that npm fetches. */
async function execute(
	tool: string,
	args: string[],
	{ cwd, log, what, say, env = process.env }: PackagesRun,
): Promise<void> {
	const started = Date.now();
	const ticker = setInterval(() => {
		say(`Still working on ${what}: ${Math.round((Date.now() - started) / 1000)} s`);
	}, PROGRESS_EVERY);
	const output = { file: log, append: true } as const;
	const options = { cwd, env, extendEnv: false, stdin: 'ignore', reject: false } as const;
	const [name = ''] = tool.split('@');
	// Bun's own script puts the program for this machine in its place.
	const command = ['exec', '--yes', '--ignore-scripts=false', `--package=${tool}`, '--', name];
	const { exitCode } = await execa('npm', [...command, ...args], {
		...options,
		stdout: output,
		stderr: output,
	}).finally(() => clearInterval(ticker));
	if (exitCode === 0) return;
	throw new Error(explain(await readFile(log, 'utf8'), `${name} ${args[0]}`, what, log));
}

function explain(output: string, command: string, what: string, log: string): string {
	if (!command.endsWith(' rebuild') && NO_NETWORK.test(output)) {
		return (
			`The npm registry cannot be reached, so ${what} cannot be installed; ` +
			'check the network and run this again.'
		);
	}
	const why = /^(?:npm )?error:? (?!code )(\S.*)$/m.exec(output)?.[1] ?? 'it did not say why.';
	return `${command} did not succeed for ${what}: ${why} Its output is in ${log}.`;
}
