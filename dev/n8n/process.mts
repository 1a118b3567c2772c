import { chmod, mkdir, open, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import getPort, { clearLockedPorts } from 'get-port';

import type { Runtime } from './runtime.mts';

const HOST = '127.0.0.1';
/** The last thing that n8n says while it starts: its routes answer. Its triggers may come on a little later (2.x). */
const READY = 'Editor is now accessible via';
/** The first start migrates an empty database, which takes up to a minute on a slow machine. */
const LONGEST_START = 180_000;
/** How long n8n may take to end after it was asked to, in milliseconds; then it is ended. */
const LONGEST_STOP = 15_000;
const LOOK_EVERY = 50;
const LAST_LINES = 15;

/** Whether a process with this id runs on this machine. */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM: there is one, and it is another user's.
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

/** A port on 127.0.0.1 that nothing listens on now. */
export const freePort = async (): Promise<number> => await getPort({ host: HOST });

/** @throws Error that names the port if something listens on it. */
export async function requireFreePort(port: number): Promise<void> {
	// What this process was given before is not given again for a while.
	clearLockedPorts();
	if ((await getPort({ port, host: HOST })) === port) return;
	throw new Error(
		`Port ${port} on ${HOST} is taken; stop what listens there, or choose another port.`,
	);
}

/**
 * Puts n8n's own n8n-workflow above the package under test, as it is where n8n is installed: by n8n's NODE_PATH. This
 * project has one as well, further up, and would come first; n8n would not know that one's errors for its own.
 */
async function lendWorkflow({ n8n }: Runtime, folder: string): Promise<void> {
	const modules = join(folder, 'node_modules');
	await mkdir(modules, { recursive: true });
	const own = join(dirname(n8n), '..', '..', 'n8n-workflow');
	await symlink(own, join(modules, 'n8n-workflow')).catch((error: NodeJS.ErrnoException) => {
		if (error.code !== 'EEXIST') throw error;
	});
}

interface ProcessOptions {
	/** Of n8n's command line. */
	args?: string[];
	/** What it says when it can be used. */
	ready?: string;
	/** From 0 to 19, which waits for all others where the processor is short. */
	niceness?: number;
}

/** One running process of n8n, whose output goes to `n8n.log` in its folder. It is known by its id only. */
export class N8nProcess {
	readonly log: string;

	constructor(
		readonly pid: number,
		folder: string,
	) {
		this.log = join(folder, 'n8n.log');
	}

	/**
	 * Starts n8n and waits until it is ready.
	 * @throws Error with n8n's last words if it ended
	 */
	static async start(
		runtime: Runtime,
		folder: string,
		env: Record<string, string>,
		{ args = ['start'], ready = READY, niceness = 0 }: ProcessOptions = {},
	): Promise<N8nProcess> {
		await mkdir(folder, { recursive: true });
		await lendWorkflow(runtime, env.N8N_USER_FOLDER ?? folder);
		// Database, log and settings hold keys, and what people wrote to each other: they are this user's only.
		await chmod(folder, 0o700);
		const log = join(folder, 'n8n.log');
		await writeFile(log, '', { flag: 'a' });
		await chmod(log, 0o600);
		const { size: from } = await stat(log);
		const command = [runtime.node, runtime.n8n, ...args];
		const niced = ['nice', '-n', String(niceness), ...command];
		// It does not outlive this process, which may end without stopping it.
		const child = execa('sh', ['-c', 'umask 077; exec "$@" >>n8n.log 2>&1', 'sh', ...niced], {
			cwd: folder,
			env,
			extendEnv: false,
			stdio: 'ignore',
			reject: false,
		});
		const started = new N8nProcess(child.pid ?? 0, folder);
		await started.untilReady(from, ready);
		return started;
	}

	get running(): boolean {
		return isAlive(this.pid);
	}

	/** Asks n8n to end, which lets running executions finish, and ends it if it does not. */
	async stop(): Promise<void> {
		await this.end('SIGTERM');
	}

	/** Ends n8n at once, as a crash would. */
	async kill(): Promise<void> {
		await this.end('SIGKILL');
	}

	/** Sends a signal, if there is somebody to take it. */
	signal(signal: NodeJS.Signals): void {
		if (this.running) process.kill(this.pid, signal);
	}

	private async end(signal: NodeJS.Signals): Promise<void> {
		this.signal(signal);
		const killAt = Date.now() + LONGEST_STOP;
		while (this.running) {
			if (Date.now() > killAt) this.signal('SIGKILL');
			await sleep(LOOK_EVERY);
		}
	}

	private async untilReady(from: number, ready: string): Promise<void> {
		const end = Date.now() + LONGEST_START;
		while (Date.now() < end) {
			if (!this.running) throw new Error(`n8n ended while it started. ${await this.tail(from)}`);
			if ((await this.logFrom(from)).includes(ready)) return;
			await sleep(LOOK_EVERY);
		}
		await this.kill();
		throw new Error(`n8n was not ready after ${LONGEST_START / 1000} s. ${await this.tail(from)}`);
	}

	private async tail(from: number): Promise<string> {
		const lines = (await this.logFrom(from)).trimEnd().split('\n').slice(-LAST_LINES);
		return `The last lines of ${this.log}:\n${lines.join('\n')}`;
	}

	private async logFrom(from: number): Promise<string> {
		const file = await open(this.log);
		try {
			const { size } = await file.stat();
			const buffer = Buffer.alloc(size - from);
			await file.read(buffer, 0, buffer.length, from);
			return buffer.toString('utf8');
		} finally {
			await file.close();
		}
	}
}
