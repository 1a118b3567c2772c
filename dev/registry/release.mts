import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Registry } from './registry.mts';

interface Manifest {
	version: string;
	n8n: { nodes: string[] };
}

/** What a release is made of. */
export interface Release {
	/** The folder of a built project. */
	project: string;
	version: string;
	/** The class of a node that it lacks, if it does. */
	without?: string;
}

/** Publishes a build under a version of its own. */
export async function release(
	registry: Registry,
	{ project, version, without }: Release,
): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'release-'));
	try {
		for (const part of ['dist', 'index.js', 'README.md', 'LICENSE'])
			await cp(join(project, part), join(folder, part), { recursive: true });
		const manifest = JSON.parse(await readFile(join(project, 'package.json'), 'utf8')) as Manifest;
		const { nodes } = manifest.n8n;
		const kept = nodes.filter((file) => !file.endsWith(`/${without}.node.js`));
		if (without !== undefined && kept.length !== nodes.length - 1)
			throw new Error(`${project} has no node ${without} to leave out.`);
		const made = { ...manifest, version, n8n: { ...manifest.n8n, nodes: kept } };
		await writeFile(join(folder, 'package.json'), JSON.stringify(made));
		await registry.publish(folder);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
