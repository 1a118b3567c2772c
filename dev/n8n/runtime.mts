import { constants, existsSync } from 'node:fs';
import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { nodeIn, prepareDriver } from './driver.mts';
import { CACHE, ensureInstalled, installLocked, npm, type Say } from './pinned.mts';

/** The lines of n8n that are pinned here, each in a folder with its package.json and lock. */
export const VERSIONS = ['2.41.1', '1.123.81'] as const;
/** A version of n8n; one that is not pinned here is resolved when it is first asked for. */
export type Version = `${number}.${number}.${number}`;

export type { Say };

/** An n8n that is ready to start. */
export interface Runtime {
	version: Version;
	/** The Node 24 that n8n runs on. */
	node: string;
	/** The script that is n8n's command line; run it with `node`. */
	n8n: string;
}

/** The project's top folder. */
export const TOP = fileURLToPath(new URL('../../', import.meta.url));
const RUNTIME = join(TOP, '.runtime');
/**
 * Where instances keep what is theirs. n8n puts its editor's scripts there, thousands of lines each,
 * and eslint, which the strict rules forbid to be told of folders, passes over node_modules only.
 */
export const INSTANCES = join(RUNTIME, 'node_modules');

const OLDEST_NODE = [20, 19] as const;

const underWay = new Map<Version, Promise<Runtime>>();

/**
 * Gives back an installed n8n of this version, and installs it first where that was not done.
 * It stands in the user's cache under its version and its lock's hash, whole or not at all: the installation is made in
 * a folder of its own and moved into place with its stamp, so one that was cut off half way is never used.
 * @throws Error with one sentence: no network, a Node too old, a missing compiler.
 */
export function ensureRuntime(version: Version, say: Say = () => {}): Promise<Runtime> {
	const known = underWay.get(version);
	if (known) return known;
	const promise = ensure(version, say).finally(() => underWay.delete(version));
	underWay.set(version, promise);
	return promise;
}

async function ensure(version: Version, say: Say): Promise<Runtime> {
	requireNode();
	if (!isPinned(version)) await resolve(version, say);
	const folder = await ensureInstalled({
		name: `n8n-${version}`,
		title: `n8n ${version}`,
		source: source(version),
		install: async (work, log) => await installIn(work, log, version, say),
		say,
	});
	return { version, node: nodeIn(folder), n8n: join(folder, 'node_modules', 'n8n', 'bin', 'n8n') };
}

function requireNode(): void {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	const [oldestMajor, oldestMinor] = OLDEST_NODE;
	if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
	const oldest = OLDEST_NODE.join('.');
	throw new Error(`This needs Node ${oldest} or newer, and this is ${process.versions.node}.`);
}

/** node-gyp builds sqlite3 with these; n8n's own images have it built. */
async function requireTools(): Promise<void> {
	const missing: string[] = [];
	for (const tool of ['make', 'g++', 'python3', 'npm']) {
		if (!(await onPath(tool))) missing.push(tool);
	}
	if (missing.length === 0) return;
	throw new Error(
		`n8n's database driver is compiled on this machine, and ${missing.join(', ')} cannot be found; ` +
			'install what is missing (on Debian: apt-get install make g++ python3) and run this again.',
	);
}

async function onPath(tool: string): Promise<boolean> {
	const tries = (process.env.PATH ?? '')
		.split(delimiter)
		.map((folder) => access(join(folder, tool), constants.X_OK));
	return (await Promise.allSettled(tries)).some(({ status }) => status === 'fulfilled');
}

const isPinned = (version: Version): boolean => VERSIONS.some((one) => one === version);

/** Where a version's package.json and lock are. */
function source(version: Version): string {
	return isPinned(version) ? join(TOP, 'dev', 'n8n', version) : join(CACHE, `lock-${version}`);
}

/** Makes package.json and lock of a version that is not pinned here, on the model of one that is. */
async function resolve(version: Version, say: Say): Promise<void> {
	const folder = source(version);
	if (existsSync(join(folder, 'package-lock.json'))) return;
	await mkdir(folder, { recursive: true });
	const model = join(source(VERSIONS[0]), 'package.json');
	const text = (await readFile(model, 'utf8')).replaceAll(VERSIONS[0], version);
	await writeFile(join(folder, 'package.json'), text);
	const log = join(CACHE, `install-${version}.log`);
	await writeFile(log, '');
	say(`Resolving what n8n ${version} needs`);
	const args = ['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund'];
	await npm(args, { cwd: folder, log, what: `n8n ${version}`, say });
}

async function installIn(work: string, log: string, version: Version, say: Say): Promise<void> {
	await requireTools();
	say(`Installing n8n ${version}. This is done once and takes some minutes`);
	const driverLog = log.replace(/\.log$/, '-driver.log');
	await writeFile(driverLog, '');
	// It takes the longest, so it is begun first.
	const compileDriver = await prepareDriver({ folder: work, log: driverLog, say });
	const [putIn] = await allOf(
		compileDriver(),
		installLocked({ cwd: work, log, what: `n8n ${version}`, say }),
	);
	await putIn();
}

/**
 * Waits for both, also where one fails: what still runs would write into a folder that is removed.
 * @throws what the first of them threw
 */
async function allOf<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
	await Promise.allSettled([one, other]);
	return [await one, await other];
}
