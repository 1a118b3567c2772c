import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TOP } from '../n8n/runtime.mts';

/** This project's package.json, as far as packages are cut from it. */
export interface OwnPackage {
	name: string;
	version: string;
	description: string;
	keywords: string[];
	engines: { node: string; n8n: string };
	repository: { url: string };
	devDependencies: Record<string, string>;
	n8n: { nodes: string[]; credentials: string[]; [field: string]: unknown };
	[field: string]: unknown;
}

/** Reads this project's package.json. */
export async function ownPackage(): Promise<OwnPackage> {
	return JSON.parse(await readFile(join(TOP, 'package.json'), 'utf8')) as OwnPackage;
}

/** Where the project's files can be read, such as `https://github.com/owner/name`. */
export function repositoryOf({ repository: { url } }: OwnPackage): string {
	return url.replace(/^git\+/, '').replace(/\.git$/, '');
}
