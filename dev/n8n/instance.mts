import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

import { Editor } from './editor.mts';
import { type Owner, signInOwner } from './owner.mts';
import { N8nProcess, freePort, requireFreePort } from './process.mts';
import { type Runtime, type Say, type Version, ensureRuntime } from './runtime.mts';
import { settings } from './settings.mts';

export interface StartOptions {
	version: Version;
	/** A free port if not said. */
	port?: number;
	/** Where this instance keeps its database, settings, nodes and log. */
	folder: string;
	/** Settings of n8n that are added to those of this project, or replace them. */
	env?: Record<string, string>;
	say?: Say;
}

/** What is to be known of a running n8n in order to go on with it; data, which one can write into a file. */
export interface RunningN8n {
	version: Version;
	folder: string;
	port: number;
	env: Record<string, string>;
	pid: number;
	/** Who is signed in. */
	cookie: string;
}

/** A real n8n on 127.0.0.1 with an SQLite database, used by the REST API of its own editor. */
export class N8n extends Editor {
	private constructor(
		private readonly runtime: Runtime,
		readonly folder: string,
		private readonly env: Record<string, string>,
		readonly port: number,
		private process: N8nProcess,
	) {
		super(`http://127.0.0.1:${port}`, runtime.version);
	}

	/**
	 * Starts n8n, installing it first where that was not done, and waits until it is ready.
	 * @throws Error with one sentence if the port is taken, or with n8n's last words if it ended
	 */
	static async start({ version, port, folder, env, say = () => {} }: StartOptions): Promise<N8n> {
		const runtime = await ensureRuntime(version, say);
		if (port !== undefined) await requireFreePort(port);
		const home = resolve(folder);
		const own = port ?? (await freePort());
		const full = { ...settings(runtime, home, own, await freePort()), ...env };
		say(`Starting n8n ${version} on http://127.0.0.1:${own}; a first start takes up to a minute`);
		const process = await N8nProcess.start(runtime, home, full);
		return new N8n(runtime, home, full, own, process);
	}

	/** Goes on with an n8n that was started before, and that runs still. */
	static async resume({ version, folder, port, env, pid, cookie }: RunningN8n): Promise<N8n> {
		const process = new N8nProcess(pid, folder);
		const n8n = new N8n(await ensureRuntime(version), folder, env, port, process);
		n8n.rest.cookie = cookie;
		return n8n;
	}

	/** What `resume` goes on with. */
	get running(): RunningN8n {
		const { version, folder, port, env, pid } = this;
		return { version, folder, port, env, pid, cookie: this.rest.cookie };
	}

	/** The file that n8n's output goes to. */
	get log(): string {
		return this.process.log;
	}

	/** The id of n8n's process. */
	get pid(): number {
		return this.process.pid;
	}

	/** Asks n8n to end and waits until it has. */
	async stop(): Promise<void> {
		await this.process.stop();
	}

	/** Ends n8n at once, as a crash would. After a crash n8n itself waits 10 s in its next start. */
	async kill(): Promise<void> {
		await this.process.kill();
	}

	/**
	 * Starts n8n again in the same folder and on the same port; who was signed in still is.
	 * @param env settings that are another from then on
	 */
	async restart(env: Record<string, string> = {}): Promise<void> {
		await this.stop();
		await requireFreePort(this.port);
		Object.assign(this.env, env);
		this.process = await N8nProcess.start(this.runtime, this.folder, this.env);
	}

	/**
	 * Runs a command of n8n's own command line on this instance's database, while it runs.
	 * @returns what it wrote to standard output
	 * @throws Error with its output where it fails, or takes over two minutes
	 */
	async command(...args: string[]): Promise<string> {
		const { node, n8n } = this.runtime;
		const options = { env: this.env, cwd: this.folder, timeout: 120_000 };
		return (await promisify(execFile)(node, [n8n, ...args], options)).stdout;
	}

	/** Makes the owner of a new instance, or signs it in, and gives back how it signs in. */
	async setUpOwner(): Promise<Owner> {
		return await signInOwner(this.rest, this.folder);
	}
}
