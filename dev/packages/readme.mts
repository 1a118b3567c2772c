import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { operationRows } from '../docs/operations.mts';
import { TOP } from '../n8n/runtime.mts';
import type { Edition } from './edition.mts';
import { examplesOf, type ShippedExample } from './examples.mts';
import { repositoryOf } from './own.mts';
import type { Vendor } from './vendor.mts';

/** The README of a package: its operations from the code, its set-up from the vendor's pages. */
export async function readmeOf(edition: Edition): Promise<string> {
	const { name, description, vendors, own } = edition;
	const repository = repositoryOf(own);
	const pages = vendors.flatMap((vendor) => vendor.pages);
	const examples = await examplesOf(edition);
	const paths = new Set(examples.map(({ path }) => path));
	const parts = [
		`# ${name}`,
		`${description}.`,
		behaviour,
		install(name, own.engines.n8n),
		section('Operations', '| Node | Resource | Operations |', vendors.flatMap(operations)),
		section('Triggers', '| Trigger | What it does |', vendors.flatMap(triggers)),
		section('Credentials', '| Credential | What it asks for |', vendors.flatMap(credentials)),
		exampleList(examples),
		versions(vendors, repository),
		...(await Promise.all(pages.map((page) => pageIn(page, repository, paths)))),
		`## Source\n\nCut from [${own.name}](${repository}), where the code, its tests and its decisions are. MIT.`,
	];
	return `${parts.join('\n\n')}\n`;
}

const behaviour = [
	'- Lists of thousands go through at the pace that the vendor allows; nothing has to be batched by hand.',
	'- Every output item is linked to the input item it came from, also where some items did not go through.',
	'- Only what can be repeated safely is sent again; a create whose answer was lost says so.',
	'- Keys show in no message, output or log. No runtime dependency.',
].join('\n');

/** @param range the versions of n8n, such as `>=1.121.3` */
const install = (name: string, range: string): string => `## Install

In n8n, open **Settings → Community nodes → Install** and enter \`${name}\`. On a self-hosted n8n without that
page, run \`npm install ${name}\` in \`~/.n8n/nodes\` and start n8n again. n8n ${range.replace('>=', '')} and later are supported.`;

function section(title: string, header: string, rows: string[]): string {
	const line = header.replace(/[^|]+/g, '---');
	return [`## ${title}\n`, header, line, ...rows].join('\n');
}

const operations = ({ title, resources }: Vendor): string[] => operationRows(title, resources);

function triggers({ nodes }: Vendor): string[] {
	return nodes
		.filter(({ is }) => is.group.includes('trigger'))
		.map(({ is }) => `| ${is.displayName} | ${is.description} |`);
}

function credentials({ credentials: all }: Vendor): string[] {
	return all.map(({ is }) => {
		const asked = is.properties.filter(({ type }) => type !== 'notice' && type !== 'hidden');
		return `| ${is.displayName} | ${asked.map(({ displayName }) => displayName).join(', ')} |`;
	});
}

function exampleList(examples: ShippedExample[]): string {
	const head = `## Examples

They are in the package's folder \`examples\`. In a new workflow, choose **Import from File** in the menu, and your credential
in its nodes.`;
	const rows = examples.map(({ path, name }) => `- \`${path}\`: ${name}`);
	return `${head}\n\n${rows.join('\n')}`;
}

function versions(vendors: Vendor[], repository: string): string {
	const rows = vendors
		.flatMap(({ nodes }) => nodes)
		.map(({ is }) => `| ${is.displayName} | ${[is.version].flat().join(', ')} |`);
	return `${section('Versions', '| Node | Type versions |', rows)}

A node in a workflow keeps its type version, and goes on as it did after each update:
[what never changes](${repository}/blob/main/docs/versions.md). What came with which version of the package is in its
CHANGELOG.md.`;
}

/** A page of docs/ as a chapter: one level down, with links and pictures that hold from any place. */
async function pageIn(page: string, repository: string, shipped: Set<string>): Promise<string> {
	const text = await readFile(join(TOP, 'docs', page), 'utf8');
	// npm shows no dark pictures: what stands there for both is the light one.
	const plain = text.replace(
		/<picture>[^]*?<img alt="([^"]*)" src="([^"]*)">\s*<\/picture>/g,
		'![$1]($2)',
	);
	return demoted(plain.trim()).replace(
		/(!?)\[([^\]]*)\]\((?!https?:|#)([^)]+)\)/g,
		(_, picture: string, label: string, path: string) => {
			const target = posix.join('docs', path);
			// The repository's example has the nodes of the package of all vendors.
			if (shipped.has(target)) return `${label} (\`${target}\`)`;
			const kind = picture === '' ? 'blob' : 'raw';
			return `${picture}[${label}](${repository}/${kind}/main/${target})`;
		},
	);
}

/** Headings one level down; a line that begins with # in a block of code is none. */
function demoted(markdown: string): string {
	let inCode = false;
	return markdown
		.split('\n')
		.map((line) => {
			if (line.startsWith('```')) inCode = !inCode;
			return !inCode && /^#+ /.test(line) ? `#${line}` : line;
		})
		.join('\n');
}
