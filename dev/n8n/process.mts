import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fchmodSync, openSync, statSync } from 'node:fs';
import { chmod, mkdir, open, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { isAlive } from './lock.mts';
import type { Runtime } from './runtime.mts';

const HOST = '127.0.0.1';
/** The last thing that n8n says while it starts: its routes answer. Its triggers may come on a little later (2.x). */
const READY = 'Editor is now accessible via';
/** The first start migrates an empty database, which takes up to a minute on a slow machine. */
const LONGEST_START = 180_000;
/** n8n is asked to end, and ended after so long, in milliseconds. */
const LONGEST_STOP = 15_000;
const LOOK_EVERY = 50;
const LAST_LINES = 15;

/** What runs now, so that none outlives this process when it ends without stopping them. */
const running = new Set<N8nProcess>();
process.on('exit', () => {
	for (const one of running) one.signal('SIGTERM');
});

/** A port on 127.0.0.1 that nothing listens on now. */
export async function freePort(): Promise<number> {
	return await listenOnce(0);
}

/** @throws Error that names the port if something listens on it. */
export async function requireFreePort(port: number): Promise<void> {
	try {
		await listenOnce(port);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
		throw new Error(
			`Port ${port} on ${HOST} is taken; stop what listens there, or choose another port.`,
			{ cause: error },
		);
	}
}

async function listenOnce(port: number): Promise<number> {
	const server = createServer();
	server.listen(port, HOST);
	await once(server, 'listening');
	const address = server.address();
	server.close();
	await once(server, 'close');
	if (address === null || typeof address === 'string') throw new Error('The port has no number.');
	return address.port;
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
		const log = openSync(join(folder, 'n8n.log'), 'a', 0o600);
		fchmodSync(log, 0o600);
		const from = statSync(join(folder, 'n8n.log')).size;
		const command = [runtime.node, runtime.n8n, ...args];
		const niced = ['nice', '-n', String(niceness), ...command];
		const child = spawn('sh', ['-c', 'umask 077; exec "$@"', 'sh', ...niced], {
			cwd: folder,
			env,
			stdio: ['ignore', log, log],
		});
		closeSync(log);
		await once(child, 'spawn');
		const started = new N8nProcess(child.pid ?? 0, folder);
		running.add(started);
		child.once('exit', () => running.delete(started));
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
