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
import { textOption } from './harness/options.mts';
import { say } from './harness/say.mts';

const run = promisify(execFile);

const starts = 20;
const mostCpuMs = 50;
/** How many times what an earlier build takes for each of its nodes and credentials this one may take. */
const mostGrowth = 1.05;
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

/** The files of a built package's nodes and credentials. @throws Error where it is not built */
async function listedIn(folder: string): Promise<{ name: string; files: string[] }> {
	const { n8n } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
		n8n: { nodes: string[]; credentials: string[] };
	};
	const { nodes, credentials } = n8n;
	const files = [...nodes, ...credentials].map((file) => join(folder, file));
	const missing = files.filter((file) => !existsSync(file));
	if (missing.length > 0)
		throw new Error(`Run npm run build first: ${missing.join(', ')} is missing.`);
	return { name: `${nodes.length} nodes, ${credentials.length} credentials`, files };
}

/**
 * How large the package is and what it takes to load, beside nodes of n8n's own; with
 * `--base=<folder of an earlier, built commit>`, beside that build, too.
 */
const loading: Bench = {
	title: 'Loading: all nodes and credentials, beside five of n8n’s own nodes',
	async run() {
		const { node, n8n } = await ensureRuntime(version);
		const own = await listedIn(TOP);
		const folder = textOption('base');
		const earlier = folder === undefined ? undefined : await listedIn(folder);
		const base = join(n8n, '../../../n8n-nodes-base/dist/nodes');
		const contenders = [
			{ ...own, name: `This package, ${own.name}` },
			...(earlier ? [{ ...earlier, name: `An earlier build, ${earlier.name}` }] : []),
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
		const eachMs = cpuMs / own.files.length;
		const earlierMs = earlier && Number(rows[1]?.[1]) / earlier.files.length;
		return {
			columns: ['What', `CPU ms (median of ${starts})`, 'least to most', 'files read'],
			rows,
			claims: [
				{
					claim: `All nodes and credentials are loaded in under ${mostCpuMs} ms of CPU`,
					measured: `${cpuMs.toFixed(1)} ms`,
					holds: cpuMs < mostCpuMs,
				},
				...(earlierMs === undefined
					? []
					: [
							{
								claim: `For each node and credential at most ${mostGrowth} of the earlier build’s time`,
								measured: `${eachMs.toFixed(2)} to ${earlierMs.toFixed(2)} ms`,
								holds: eachMs <= mostGrowth * earlierMs,
							},
						]),
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
