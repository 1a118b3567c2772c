import { randomBytes } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Editor } from './editor.mts';
import { type Owner, signInOwner } from './owner.mts';
import { packAndUnpack } from './package.mts';
import { N8nProcess, freePort } from './process.mts';
import { startProxy } from './proxy.mts';
import { type ComposeService, type Secrets, nicenessOf, readCompose } from './queueCompose.mts';
import { type Database, type Service, startPostgres, startRedis } from './queueServices.mts';
import { INSTANCES, type Runtime, type Say, type Version, ensureRuntime } from './runtime.mts';
import { settings } from './settings.mts';

export interface QueueOptions {
	version: Version;
	/** How many there are; as many as in the compose file if not said. */
	workers?: number;
	/** Settings of n8n that are added to those of the compose file, or replace them, for all processes. */
	env?: Record<string, string>;
	say?: Say;
}

/** What each kind of process says last while it starts. */
const READY = {
	main: 'Editor is now accessible via',
	webhook: 'Webhook listener waiting for requests',
	worker: 'n8n worker is now ready',
};
type Kind = keyof typeof READY;

const wordsOf = ({ command }: ComposeService): string[] => String(command).split(' ');

/**
 * What differs between the compose file's containers and processes on one machine: where each finds the
 * others, and which port it listens on. Nothing else of the compose file is replaced.
 */
export const placement = [
	'DB_POSTGRESDB_HOST',
	'DB_POSTGRESDB_PORT',
	'QUEUE_BULL_REDIS_HOST',
	'QUEUE_BULL_REDIS_PORT',
];

/** Where each of them listens on 127.0.0.1. */
type Ports = Record<'main' | 'webhook' | 'proxy', number>;

const addressOf = (port: number): string => `127.0.0.1:${port}`;
const urlOf = (port: number): string => `http://${addressOf(port)}`;

/** n8n's queue mode, whole and real, on 127.0.0.1: the services of deploy/queue/compose.yaml as processes. */
export class QueueCluster {
	readonly workers: N8nProcess[] = [];
	private webhook: N8nProcess | undefined;
	private mainProcess: N8nProcess | undefined;
	private database: Database | undefined;
	private redis: Service | undefined;
	private proxy: Service | undefined;
	private signedIn: Owner | undefined;

	private constructor(
		private readonly runtime: Runtime,
		readonly folder: string,
		private readonly secrets: Secrets,
		private readonly extra: Record<string, string>,
		/** The main process, used as a person does in the editor: by the proxy. */
		readonly main: Editor,
		private readonly ports: Ports,
	) {}

	/** Starts everything and signs the owner in. @throws with nothing left running */
	static async start({
		version,
		workers,
		env = {},
		say = () => {},
	}: QueueOptions): Promise<QueueCluster> {
		const runtime = await ensureRuntime(version, say);
		await mkdir(INSTANCES, { recursive: true });
		const folder = await mkdtemp(join(INSTANCES, 'queue-'));
		const ports = { main: await freePort(), webhook: await freePort(), proxy: await freePort() };
		const secret = () => randomBytes(32).toString('hex');
		const secrets: Secrets = {
			N8N_ENCRYPTION_KEY: secret(),
			POSTGRES_PASSWORD: secret(),
			REDIS_PASSWORD: secret(),
			WEBHOOK_URL: `${urlOf(ports.proxy)}/`,
		};
		const main = new Editor(urlOf(ports.proxy), version);
		const cluster = new QueueCluster(runtime, folder, secrets, env, main, ports);
		try {
			await cluster.startAll(workers, say);
			return cluster;
		} catch (error) {
			await cluster.stop();
			throw error;
		}
	}

	/** Where the proxy listens, for all that comes from outside. */
	get url(): string {
		return urlOf(this.ports.proxy);
	}

	/** Where the main process listens itself. */
	get mainUrl(): string {
		return urlOf(this.ports.main);
	}

	/** Where the process for production webhooks listens itself. */
	get webhookUrl(): string {
		return urlOf(this.ports.webhook);
	}

	/** Who signs in to its editor. */
	get owner(): Owner {
		if (!this.signedIn) throw new Error('Nobody has signed in yet.');
		return this.signedIn;
	}

	/** Starts a worker more. @returns its place in `workers` */
	async addWorker(): Promise<number> {
		const { services } = await readCompose(this.secrets);
		return this.workers.push(await this.startOne('worker', services.worker, await freePort())) - 1;
	}

	/** Which worker ran each execution, by the workers' own logs: the place in `workers` by execution id. */
	async workerOf(): Promise<Map<string, number>> {
		const found = new Map<string, number>();
		for (const [place, { log }] of this.workers.entries()) {
			const text = await readFile(log, 'utf8');
			for (const [, id = ''] of text.matchAll(/Worker started execution (\d+) /g))
				found.set(id, place);
		}
		return found;
	}

	/** The workers that began or went on with an execution, by their own logs: their places in `workers`, with repeats. */
	async startsOf(executionId: string): Promise<number[]> {
		const logs = this.workers.map(async ({ log }) => await readFile(log, 'utf8'));
		const started = `Worker started execution ${executionId} `;
		return (await Promise.all(logs)).flatMap((text, place) =>
			Array<number>(text.split(started).length - 1).fill(place),
		);
	}

	/**
	 * All executions of a workflow, from the database: the pages of n8n 2.41's list leave out some of those that
	 * began in the same millisecond.
	 */
	async executionIds(workflowId: string): Promise<string[]> {
		const sql = `select id from execution_entity where "workflowId" = '${workflowId}' order by id`;
		return (await this.database?.query(sql)) ?? [];
	}

	/** The log of each process, by its name. */
	get logs(): string[] {
		const all = [this.mainProcess, this.webhook, ...this.workers];
		return all.filter((one) => one !== undefined).map(({ log }) => log);
	}

	/** Ends everything, the workers first, and removes what it kept. */
	async stop(): Promise<void> {
		// At once, since nothing of it is kept: a worker would wait for its executions.
		await Promise.all(this.workers.map(async (worker) => await worker.kill()));
		await Promise.all([this.webhook?.kill(), this.mainProcess?.kill()]);
		await Promise.all([this.proxy?.stop(), this.redis?.stop(), this.database?.stop()]);
		await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
	}

	private async startAll(workers: number | undefined, say: Say): Promise<void> {
		const compose = await readCompose(this.secrets);
		const { main, webhook, worker, postgres, proxy } = compose.services;
		say('Starting PostgreSQL, Redis and nginx');
		const { POSTGRES_PASSWORD = '', REDIS_PASSWORD = '' } = this.secrets;
		this.database = await startPostgres(POSTGRES_PASSWORD, wordsOf(postgres).slice(1));
		this.redis = await startRedis(REDIS_PASSWORD);
		const behind = { MAIN: addressOf(this.ports.main), WEBHOOK: addressOf(this.ports.webhook) };
		this.proxy = await startProxy(this.ports.proxy, { ...proxy.environment, ...behind });
		await packAndUnpack(this.folder);
		say('Starting the main process, which makes the tables');
		this.mainProcess = await this.startOne('main', main, this.ports.main);
		this.signedIn = await signInOwner(this.main.rest, this.folder);
		say('Starting the webhook process and the workers');
		const others = [this.startOne('webhook', webhook, this.ports.webhook)];
		const count = workers ?? worker.deploy?.replicas ?? 1;
		for (let n = 0; n < count; n++) others.push(this.startOne('worker', worker, await freePort()));
		const started = await Promise.allSettled(others);
		const [first, ...rest] = started.map((one) =>
			one.status === 'fulfilled' ? one.value : undefined,
		);
		this.webhook = first;
		this.workers.push(...rest.filter((one) => one !== undefined));
		for (const one of started) if (one.status === 'rejected') throw one.reason;
	}

	private async startOne(kind: Kind, service: ComposeService, port: number): Promise<N8nProcess> {
		const folder = await mkdtemp(join(this.folder, `${kind}-`));
		await cp(join(this.folder, '.n8n'), join(folder, '.n8n'), { recursive: true });
		const env = {
			...settings(this.runtime, folder, port, await freePort()),
			...service.environment,
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(this.database?.port),
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(this.redis?.port),
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
			QUEUE_HEALTH_CHECK_PORT: String(port),
			...this.extra,
		};
		return await N8nProcess.start(this.runtime, folder, env, {
			args: wordsOf(service),
			ready: READY[kind],
			niceness: nicenessOf(service),
		});
	}
}
