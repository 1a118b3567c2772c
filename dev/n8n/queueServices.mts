import { type ChildProcess, execFile } from 'node:child_process';
import { chown, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { execa } from 'execa';
import { freePort } from './process.mts';

const run = promisify(execFile);

const LONGEST_START = 60_000;
const LONGEST_STOP = 15_000;
/** Bytes that a query may give. */
const MOST_TOLD = 16 * 2 ** 20;
/** Where Debian puts PostgreSQL, in a folder for each version. */
const DEBIAN_POSTGRES = '/usr/lib/postgresql';

/** A server that n8n's queue mode stands on: on 127.0.0.1, with a port and a folder of its own. */
export interface Service {
	port: number;
	pid: number | undefined;
	/** Ends it and removes its folder. */
	stop(): Promise<void>;
}

/** PostgreSQL, which can be asked. */
export interface Database extends Service {
	/** The lines that a query gives. @throws what psql says */
	query(sql: string): Promise<string[]>;
}

/** Who a server runs as. */
interface Account {
	uid?: number;
	gid?: number;
}

/**
 * Starts PostgreSQL with an empty database `n8n` that belongs to the user `n8n`. Nothing is written through
 * to the disk: what is tested here are processes that die, not machines. `more` are arguments of its command line.
 * @throws Error with one sentence where it is not installed
 */
export async function startPostgres(password: string, more: string[] = []): Promise<Database> {
	const bin = await postgresFolder();
	const account = await postgresAccount();
	const folder = await ownFolder('postgres-', account);
	const port = await freePort();
	const secret = join(folder, 'password');
	await writeFile(secret, password, { mode: 0o600 });
	if (account.uid !== undefined) await chown(secret, account.uid, account.gid ?? account.uid);
	const data = join(folder, 'data');
	const init = [
		'--pgdata',
		data,
		'--username',
		'n8n',
		'--pwfile',
		secret,
		'--auth',
		'scram-sha-256',
	];
	await run(join(bin, 'initdb'), [...init, '--encoding', 'UTF8', '--locale', 'C', '--no-sync'], {
		...account,
		cwd: folder,
	});
	const settings = [
		'listen_addresses=127.0.0.1',
		`port=${port}`,
		'unix_socket_directories=',
		'fsync=off',
	];
	const args = ['-D', data, ...settings.flatMap((setting) => ['-c', setting]), ...more];
	const ready = 'database system is ready to accept connections';
	// SIGINT is PostgreSQL's fast shutdown: it does not wait for its clients.
	const service = await startServer(join(bin, 'postgres'), args, {
		folder,
		port,
		account,
		ready,
		end: 'SIGINT',
		debian: 'postgresql',
	});
	try {
		const env = { ...process.env, PGPASSWORD: password };
		const where = ['--host', '127.0.0.1', '--port', String(port), '--username', 'n8n'];
		await run(join(bin, 'createdb'), [...where, 'n8n'], { env });
		const ask = ['--tuples-only', '--no-align', '--dbname', 'n8n', '--command'];
		const query = async (sql: string) => {
			const { stdout } = await run(join(bin, 'psql'), [...where, ...ask, sql], {
				env,
				maxBuffer: MOST_TOLD,
			});
			return stdout.split('\n').filter(Boolean);
		};
		return { ...service, query };
	} catch (error) {
		await service.stop();
		throw error;
	}
}

/** Starts Redis, which keeps nothing on disk. @throws Error with one sentence where it is not installed */
export async function startRedis(password: string): Promise<Service> {
	const folder = await ownFolder('redis-');
	const port = await freePort();
	const config = join(folder, 'redis.conf');
	const lines = ['bind 127.0.0.1', `port ${port}`, 'save ""', `requirepass ${password}`];
	await writeFile(config, lines.join('\n'), { mode: 0o600 });
	const ready = 'Ready to accept connections';
	const start = { folder, port, ready, end: 'SIGTERM', debian: 'redis-server' } as const;
	return await startServer('redis-server', [config], start);
}

/** How a server is started, in a folder of its own. */
export interface Start {
	folder: string;
	port: number;
	/** Whom it runs as, where it does not as this process. */
	account?: Account;
	/** What it says when it can be used. */
	ready: string;
	/** What ends it. */
	end: NodeJS.Signals;
	/** Debian's package that has it. */
	debian: string;
}

/**
 * Starts a server that is one of Debian's packages.
 * @throws Error with one sentence where it is not installed, or ends as it starts; its folder is gone then
 */
export async function startServer(
	command: string,
	args: string[],
	options: Start,
): Promise<Service> {
	const { folder, port, account, ready, end, debian } = options;
	// It does not outlive this process, which may end without stopping it.
	const child = execa(command, args, {
		...account,
		cwd: folder,
		stdin: 'ignore',
		buffer: false,
		reject: false,
		killSignal: end,
		forceKillAfterDelay: LONGEST_STOP,
	});
	const stop = async () => {
		child.kill();
		await child;
		await rm(folder, { recursive: true, force: true, maxRetries: 3 });
	};
	try {
		await untilSaid(child, { command, ready, debian });
		return { port, pid: child.pid, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

async function untilSaid(
	child: ChildProcess,
	{ command, ready, debian }: Pick<Start, 'ready' | 'debian'> & { command: string },
): Promise<void> {
	let said = '';
	await new Promise<void>((resolve, reject) => {
		const fail = (why: string) => reject(new Error(`${command} ${why}. ${said.slice(-500)}`));
		const late = setTimeout(() => fail('was not ready in time'), LONGEST_START);
		const listen = (chunk: Buffer) => {
			if (said.includes(ready)) return;
			said += chunk.toString();
			if (!said.includes(ready)) return;
			clearTimeout(late);
			resolve();
		};
		// Read to the end, or the server would wait for its own log.
		child.stdout?.on('data', listen);
		child.stderr?.on('data', listen);
		child.once('error', () => fail(`is not installed (on Debian: apt-get install ${debian})`));
		child.once('exit', (code) => fail(`ended with code ${String(code)} as it started`));
	});
}

async function postgresFolder(): Promise<string> {
	const versions = await readdir(DEBIAN_POSTGRES).catch(() => []);
	const [newest] = versions.sort((a, b) => Number(b) - Number(a));
	if (newest) return join(DEBIAN_POSTGRES, newest, 'bin');
	throw new Error('PostgreSQL is not installed (on Debian: apt-get install postgresql).');
}

/** PostgreSQL refuses to run as root; Debian's package makes an account for it. */
async function postgresAccount(): Promise<Account> {
	if (process.getuid?.() !== 0) return {};
	const id = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout);
	return { uid: await id('-u'), gid: await id('-g') };
}

/** In the system's folder for such things, since another account has to reach it. */
export async function ownFolder(prefix: string, { uid, gid }: Account = {}): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), prefix));
	if (uid !== undefined && gid !== undefined) await chown(folder, uid, gid);
	return folder;
}
