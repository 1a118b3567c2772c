import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TOP } from '../../dev/n8n/runtime.mts';
import type { Registry } from '../../dev/registry/registry.mts';

/** The commands of docs/install.md, as they stand there but for folder, registry and version. */
const documented = (await readFile(join(TOP, 'docs', 'install.md'), 'utf8')).split('\n');
const packageName = 'n8n-nodes-sales-engagement';

function command(pattern: RegExp): string[] {
	const [found, ...others] = documented.filter((line) => pattern.test(line));
	if (found === undefined || others.length > 0)
		throw new Error(`docs/install.md has ${others.length} other commands like ${pattern}.`);
	return found.split(' ').slice(1);
}

const installing = command(/^npm install --prefix ~\S+ .*--registry=/);
const uninstalling = command(/^npm uninstall --prefix ~/);

/** @param folder that stands for the home of n8n's user */
const inFolder = (args: string[], folder: string) =>
	args.map((argument) => argument.replace(/^~/, folder));

/** Installs a version of this package by its name. @param version also `latest` */
export async function install(registry: Registry, folder: string, version: string): Promise<void> {
	const args = inFolder(installing, folder).map((argument) =>
		argument
			.replace(/^--registry=.*/, `--registry=${registry.url}`)
			.replace(/^(n8n-nodes-[a-z-]+)@.*/, `$1@${version}`),
	);
	await registry.npm(...args);
}

export async function uninstall(registry: Registry, folder: string): Promise<void> {
	await registry.npm(...inFolder(uninstalling, folder));
}

/** What of this package is installed: its version, and its nodes by their names. */
export async function installed(folder: string): Promise<{ version: string; nodes: string[] }> {
	const own = join(folder, '.n8n', 'nodes', 'node_modules', packageName, 'package.json');
	const { version, n8n } = JSON.parse(await readFile(own, 'utf8')) as {
		version: string;
		n8n: { nodes: string[] };
	};
	const nodes = n8n.nodes.map((file) => file.replace(/^.*\/(.)(.*)\.node\.js$/, lowered));
	return { version, nodes: nodes.sort() };
}

const lowered = (_: string, first: string, rest: string) => first.toLowerCase() + rest;
