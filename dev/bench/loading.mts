import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureRuntime, TOP } from '../n8n/runtime.mts';
import { version } from '../n8n/harness.mts';
import type { Bench } from './bench.mts';
import { median } from './harness/measure.mts';
import { say } from './harness/say.mts';

const run = promisify(execFile);

const starts = 20;
const mostCpuMs = 50;
const mostBytes = 220 * 1024;

/** Nodes of n8n's own that do the same kind of work. */
const others = [
	'Airtable/Airtable',
	'Google/Sheet/GoogleSheets',
	'Github/GithubTrigger',
	'Hubspot/Hubspot',
	'Slack/Slack',
];

/**
 * Loads files as n8n does, `new` of the class that the file is named after, with n8n-workflow loaded before,
 * since n8n has it. @returns a script that prints CPU milliseconds, user and system, and the modules loaded
 */
const script = (files: string[]) => `
	const { createRequire } = require('node:module');
	const { basename } = require('node:path');
	const files = ${JSON.stringify(files)};
	const load = createRequire(files[0]);
	load('n8n-workflow');
	const modules = Object.keys(require.cache).length;
	const before = process.cpuUsage();
	for (const file of files) new (load(file)[basename(file).split('.')[0]])();
	const { user, system } = process.cpuUsage(before);
	console.log(JSON.stringify({ cpuMs: (user + system) / 1000, modules: Object.keys(require.cache).length - modules }));
`;

interface Loaded {
	cpuMs: number;
	modules: number;
}

/** Each file list in a fresh process of the Node that n8n runs on. */
async function load(node: string, files: string[]): Promise<Loaded> {
	const { stdout } = await run(node, ['--eval', script(files)]);
	return JSON.parse(stdout) as Loaded;
}

/** What npm says of the tarball that it would publish. */
async function tarball(): Promise<{ size: number; entryCount: number }> {
	const folder = await mkdtemp(join(tmpdir(), 'loading-'));
	try {
		const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
		const [packed] = JSON.parse((await run('npm', args, { cwd: TOP })).stdout);
		return packed as { size: number; entryCount: number };
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** How large the package is and what it takes to load, beside nodes of n8n's own. */
const loading: Bench = {
	title: 'Loading: all nodes and credentials, beside five of n8n’s own nodes',
	async run() {
		const { node, n8n } = await ensureRuntime(version);
		const { n8n: listed } = JSON.parse(await readFile(join(TOP, 'package.json'), 'utf8')) as {
			n8n: { nodes: string[]; credentials: string[] };
		};
		const own = [...listed.nodes, ...listed.credentials].map((file) => join(TOP, file));
		const missing = own.filter((file) => !existsSync(file));
		if (missing.length > 0)
			throw new Error(`Run npm run build first: ${missing.join(', ')} is missing.`);
		const base = join(n8n, '../../../n8n-nodes-base/dist/nodes');
		const contenders = [
			{
				name: `This package, ${listed.nodes.length} nodes, ${listed.credentials.length} credentials`,
				files: own,
			},
			...others.map((path) => ({ name: `n8n’s ${path}`, files: [join(base, `${path}.node.js`)] })),
		];
		const taken = new Map<string, Loaded[]>(contenders.map(({ name }) => [name, []]));
		for (let start = 0; start < starts; start++) {
			for (const { name, files } of contenders) taken.get(name)?.push(await load(node, files));
		}
		const rows = [...taken].map(([name, all]) => {
			const times = all.map(({ cpuMs }) => cpuMs);
			const range = `${Math.min(...times).toFixed(1)} to ${Math.max(...times).toFixed(1)}`;
			say(`${name}: ${median(times).toFixed(1)} ms`);
			return [name, median(times).toFixed(1), range, all[0]?.modules ?? 0];
		});
		const { size, entryCount } = await tarball();
		const cpuMs = Number(rows[0]?.[1]);
		return {
			columns: ['What', `CPU ms (median of ${starts})`, 'least to most', 'files read'],
			rows,
			claims: [
				{
					claim: `All nodes and credentials are loaded in under ${mostCpuMs} ms of CPU`,
					measured: `${cpuMs.toFixed(1)} ms`,
					holds: cpuMs < mostCpuMs,
				},
				{
					claim: `The tarball is under ${mostBytes / 1024} KB`,
					measured: `${(size / 1024).toFixed(1)} KB, ${entryCount} files`,
					holds: size < mostBytes,
				},
			],
		};
	},
};

export default loading;
