import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';

import { CACHE, installLocked, npm, type PackagesRun, type Say } from './pinned.mts';

/** As much of a package-lock.json as is read here; packages by the path of their folder. */
export interface Lock {
	packages: Record<string, LockedPackage>;
}

interface LockedPackage {
	version?: string;
	dependencies?: Record<string, string>;
	optionalDependencies?: Record<string, string>;
}

/** The Node that n8n runs on. */
const nodeOfN8n = 24;
/** What of n8n is machine code: its database driver, and what evaluates expressions. */
const compiled = ['sqlite3', 'isolated-vm'];

const folderOf = (name: string, above = ''): string =>
	`${above && `${above}/`}node_modules/${name}`;

/** Where Node finds a package that a package in a folder asks for. */
function found({ packages }: Lock, from: string, name: string): string | undefined {
	for (
		let above = from;
		;
		above = above.slice(0, Math.max(0, above.lastIndexOf('/node_modules/')))
	) {
		if (packages[folderOf(name, above)]) return folderOf(name, above);
		if (above === '') return undefined;
	}
}

/**
 * The part of n8n's lock that its compiled packages need, with the Node that they are compiled for.
 * @param lock n8n's own, whose root asks for that Node
 * @returns a package.json and a package-lock.json, in which everything has the version and the place that it has in n8n
 */
export function driverLock(lock: Lock): { manifest: object; lock: Lock } {
	const { '': root = {} } = lock.packages;
	const { optionalDependencies = {} } = root;
	const wanted = compiled.filter((name) => lock.packages[folderOf(name)]);
	const versionOf = (name: string) => [name, lock.packages[folderOf(name)]?.version ?? ''] as const;
	const own = { dependencies: Object.fromEntries(wanted.map(versionOf)), optionalDependencies };
	const packages: Lock['packages'] = { '': { ...own } };
	const open = [...wanted, ...Object.keys(optionalDependencies)].map((name) => folderOf(name));
	for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
		const known = lock.packages[folder];
		if (!known || packages[folder]) continue;
		packages[folder] = known;
		const names = Object.keys({ ...known.dependencies, ...known.optionalDependencies });
		open.push(...names.flatMap((name) => found(lock, folder, name) ?? []));
	}
	return { manifest: { name: 'driver', private: true, ...own }, lock: { ...lock, packages } };
}

/** Where n8n is installed while its driver is compiled. */
export interface Work {
	/** Has n8n's package.json and lock. */
	folder: string;
	/** The file that npm's output is added to. */
	log: string;
	say: Say;
}

/**
 * Gets what n8n's compiled packages are compiled from, in a folder of their own, so that n8n can be installed meanwhile.
 * What was compiled before is taken as it is.
 * @returns what compiles them, and gives what puts them into n8n's installation, once that is there
 * @throws Error with one sentence where it does not succeed
 */
export async function prepareDriver({ folder, log, say }: Work): Promise<() => Promise<PutIn>> {
	const text = await readFile(join(folder, 'package-lock.json'), 'utf8');
	const { manifest, lock } = driverLock(JSON.parse(text) as Lock);
	const packages = compiled.filter((name) => lock.packages[folderOf(name)]);
	const missing = packages.filter((name) => !existsSync(keptAt(lock, name)));
	const putIn = async () => {
		for (const name of packages)
			await cp(keptAt(lock, name), join(folder, folderOf(name)), { recursive: true });
	};
	if (missing.length === 0) return () => Promise.resolve(putIn);
	const work = join(folder, 'driver');
	await mkdir(work, { recursive: true });
	await writeFile(join(work, 'package.json'), JSON.stringify(manifest));
	await writeFile(join(work, 'package-lock.json'), JSON.stringify(lock));
	const run = { cwd: work, log, what: "n8n's database driver", say };
	await installLocked(run);
	return async () => {
		await compile(missing, run);
		for (const name of missing) await keep(join(work, folderOf(name), 'build'), keptAt(lock, name));
		await rm(work, { recursive: true, force: true });
		return putIn;
	};
}

/** Puts what was compiled into n8n's installation. */
export type PutIn = () => Promise<void>;

async function compile(packages: string[], run: PackagesRun): Promise<void> {
	run.say(`Compiling n8n's database driver for Node ${nodeOfN8n}`);
	const node = nodeIn(run.cwd);
	const home = dirname(dirname(node));
	const headers = existsSync(join(home, 'include')) ? [`--nodedir=${home}`] : [];
	// npm and node-gyp run on the Node that comes first in PATH, and compile for it.
	const PATH = [dirname(node), process.env.PATH].join(delimiter);
	const env = { ...process.env, PATH, JOBS: 'max' };
	await npm(['rebuild', ...packages, '--ignore-scripts=false', ...headers], { ...run, env });
}

/** Where what was compiled of a package is kept: n8n's versions have the same one for years, and it takes a minute. */
function keptAt({ packages }: Lock, name: string): string {
	const { version = '' } = packages[folderOf(name)] ?? {};
	const parts = [name, version, 'node', nodeOfN8n, process.platform, process.arch];
	return join(CACHE, 'compiled', parts.join('-'));
}

/** Keeps it whole or not at all. What was compiled stands in `build`; a package that has it ready has none. */
async function keep(built: string, kept: string): Promise<void> {
	await mkdir(dirname(kept), { recursive: true });
	const copy = await mkdtemp(`${kept}-copy-`);
	if (existsSync(built)) await cp(built, join(copy, 'build'), { recursive: true });
	try {
		await rename(copy, kept);
	} catch (error) {
		// Another installation was as quick.
		if (!existsSync(kept)) throw error;
		await rm(copy, { recursive: true, force: true });
	}
}

/** Node 24 from the registry, which has it for Linux; elsewhere the running Node, if it is 24. */
export function nodeIn(folder: string): string {
	const pinned = join(folder, 'node_modules', `node-${process.platform}-${process.arch}`);
	if (existsSync(pinned)) return join(pinned, 'bin', 'node');
	if (Number(process.versions.node.split('.')[0]) === nodeOfN8n) return process.execPath;
	throw new Error(
		`n8n runs on Node ${nodeOfN8n}, which the registry lacks for ${process.platform} on ` +
			`${process.arch}; run this with Node ${nodeOfN8n}.`,
	);
}
