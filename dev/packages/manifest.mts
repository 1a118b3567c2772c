import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TOP } from '../n8n/runtime.mts';
import type { Edition } from './edition.mts';

/** What a package is linted and built with; the versions are this project's. */
const tools = ['@n8n/node-cli', 'eslint', 'n8n-workflow', 'typescript'];
/** What is the same in each package. */
const same = [
	'version',
	'license',
	'homepage',
	'bugs',
	'author',
	'repository',
	'engines',
	'main',
	'peerDependencies',
];

/** The package.json of a package. */
export function manifestOf({ name, description, keywords, vendors, own }: Edition): object {
	const built = (file: string): string => `dist/${file.replace(/\.ts$/, '.js')}`;
	return {
		name,
		description,
		keywords,
		...pick(own, same),
		files: ['dist', 'index.js', 'examples', 'CHANGELOG.md'],
		scripts: { build: 'n8n-node build', lint: 'n8n-node lint' },
		n8n: {
			...own.n8n,
			credentials: vendors.flatMap(({ credentials }) => credentials.map(({ file }) => built(file))),
			nodes: vendors.flatMap(({ nodes }) => nodes.map(({ file }) => built(file))),
		},
		devDependencies: pick(own.devDependencies, tools),
	};
}

function pick<T extends object>(from: T, keys: string[]): Partial<T> {
	return Object.fromEntries(
		Object.entries(from).filter(([key]) => keys.includes(key)),
	) as Partial<T>;
}

/** The tsconfig.json of a package: this project's, and codex files, which n8n's build leaves to tsc. */
export async function tsconfig(): Promise<object> {
	const own = JSON.parse(await readFile(join(TOP, 'tsconfig.json'), 'utf8')) as {
		include: string[];
	};
	return { ...own, include: [...own.include, 'nodes/**/*.node.json'] };
}
