import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ICredentialType, INodeType, INodeTypeDescription } from 'n8n-workflow';
import type { Resource } from '../../nodes/engine/operation/operation.ts';
import { TOP } from '../n8n/runtime.mts';
import { ownPackage } from './own.mts';

/** A node or credential type of a vendor, with the file that it is made in. */
export interface Made<T> {
	/** Below the project's top, such as `nodes/ZenviaSales/ZenviaSales.node.ts`. */
	file: string;
	is: T;
}

/** What a codex file (`*.node.json`) says; n8n reads more of it than this. */
export interface Codex {
	node: string;
	alias?: string[];
	resources: { primaryDocumentation: Array<{ url: string }> };
}

/** All that the code itself says of a vendor; nothing is listed a second time. */
export interface Vendor {
	/** Its folder in nodes/, such as `ZenviaSales`. */
	folder: string;
	/** Its name in the editor, such as `Zenvia Sales`. */
	title: string;
	description: string;
	/** What people also search for. */
	aliases: string[];
	resources: readonly Resource[];
	/** Its action node. */
	node: INodeType;
	nodes: Array<Made<INodeTypeDescription>>;
	credentials: Array<Made<ICredentialType>>;
	/** Its pages in docs/, the action node's first. */
	pages: string[];
}

/** The vendors of this project, read from package.json, the nodes and their codex files. */
export async function readVendors(): Promise<Vendor[]> {
	const { n8n } = await ownPackage();
	const files = n8n.nodes.map(sourceOf);
	const folders = [...new Set(files.map((file) => file.split('/')[1] ?? ''))];
	const credentials = await Promise.all(n8n.credentials.map(sourceOf).map(made<ICredentialType>));
	return await Promise.all(
		folders.map((folder) =>
			readVendor(
				folder,
				files.filter((file) => file.split('/')[1] === folder),
				credentials,
			),
		),
	);
}

/** `dist/nodes/X/X.node.js` in package.json is made from `nodes/X/X.node.ts`. */
function sourceOf(built: string): string {
	return built.replace(/^dist\//, '').replace(/\.js$/, '.ts');
}

async function readVendor(
	folder: string,
	files: string[],
	allCredentials: Array<Made<ICredentialType>>,
): Promise<Vendor> {
	const classes = await Promise.all(files.map(made<INodeType>));
	const nodes = classes.map(({ file, is }) => ({ file, is: is.description }));
	const action = nodes.find(({ is }) => !is.group.includes('trigger'));
	if (!action) throw new Error(`nodes/${folder} has no action node.`);
	const wanted = new Set(nodes.flatMap(({ is }) => (is.credentials ?? []).map(({ name }) => name)));
	const codices = await Promise.all(
		[action, ...nodes].map(async ({ file }) => await codexOf(file)),
	);
	const urls = codices.flatMap(({ resources }) =>
		resources.primaryDocumentation.map(({ url }) => url),
	);
	const { resources } = await load<{ resources: readonly Resource[] }>(
		`nodes/${folder}/resources/index.ts`,
	);
	return {
		folder,
		title: action.is.displayName,
		description: action.is.description,
		aliases: [...new Set(codices.flatMap(({ alias = [] }) => alias))],
		resources,
		node: classes[nodes.indexOf(action)]?.is as INodeType,
		nodes,
		credentials: allCredentials.filter(({ is }) => wanted.has(is.name)),
		pages: [...new Set(urls.map((url) => basename(url)))],
	};
}

/** An instance of the class that a file is named after. */
async function made<T>(file: string): Promise<Made<T>> {
	const name = basename(file).split('.')[0] ?? '';
	const Class = (await load<Record<string, new () => T>>(file))[name];
	if (!Class) throw new Error(`${file} has no class ${name}.`);
	return { file, is: new Class() };
}

async function load<T>(file: string): Promise<T> {
	return (await import(pathToFileURL(join(TOP, file)).href)) as T;
}

/** The codex file beside a node's source. */
export function codexFile(nodeFile: string): string {
	return nodeFile.replace(/\.ts$/, '.json');
}

async function codexOf(nodeFile: string): Promise<Codex> {
	return JSON.parse(await readFile(join(TOP, codexFile(nodeFile)), 'utf8')) as Codex;
}

/** The vendor's output schemas, which n8n serves to the editor. */
export async function schemasOf({ folder }: Vendor): Promise<string[]> {
	const names = await readdir(join(TOP, 'nodes', folder), { recursive: true });
	return names
		.filter((name) => name.includes('__schema__') && name.endsWith('.json'))
		.map((name) => join('nodes', folder, name));
}

/** What finds a vendor's name in any text: `Zenvia` of ZenviaSales. */
export function nameOf({ folder }: Vendor): RegExp {
	return new RegExp(/^[A-Z][a-z]+/.exec(folder)?.[0] ?? folder, 'i');
}
