import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { stringify } from 'yaml';
import { ensureInstalled, installLocked, type Say } from '../n8n/pinned.mts';
import { freePort } from '../n8n/process.mts';
import { until } from '../n8n/until.mts';

/** Compiling its parts is the longest of it, in milliseconds. */
const longestStartMs = 120_000;

/** npm on this machine, as a person runs it: what it says, and nothing in that person's cache. */
export type Npm = (...args: string[]) => Promise<string>;

/** A registry on this machine only, which knows no other one: it has what was published to it. */
export class Registry {
	private constructor(
		readonly url: string,
		readonly npm: Npm,
		/** Ends it, and takes away what it kept. */
		readonly close: () => Promise<void>,
	) {}

	/** @param say is told where it has to be installed first, which is done once */
	static async start(say: Say = () => {}): Promise<Registry> {
		const installed = await ensureRegistry(say);
		const folder = await mkdtemp(join(tmpdir(), 'registry-'));
		const config = join(folder, 'config.yaml');
		await writeFile(config, stringify(settings(folder)));
		const url = `http://127.0.0.1:${await freePort()}/`;
		const script = join(installed, 'node_modules', 'verdaccio', 'bin', 'verdaccio');
		const args = [script, '--config', config, '--listen', url];
		const server = execa(process.execPath, args, { stdio: 'ignore', reject: false });
		const close = async () => {
			server.kill();
			await server;
			await rm(folder, { recursive: true, force: true, maxRetries: 3 });
		};
		try {
			const isUp = async () => await fetch(`${url}-/ping`).then(({ ok }) => ok || undefined);
			const late = () => 'The registry does not answer';
			await until(async () => await isUp().catch(() => undefined), late, longestStartMs);
		} catch (error) {
			await close();
			throw error;
		}
		const env = { npm_config_cache: join(folder, 'npm-cache') };
		return new Registry(url, async (...all) => (await execa('npm', all, { env })).stdout, close);
	}

	/** Publishes a built package, which becomes the latest. */
	async publish(project: string): Promise<void> {
		// It asks nobody who they are; npm publishes nothing without a token.
		const token = `--${this.url.replace('http:', '')}:_authToken=anybody`;
		await this.npm('publish', project, '--ignore-scripts', `--registry=${this.url}`, token);
	}
}

async function ensureRegistry(say: Say): Promise<string> {
	const title = 'the registry Verdaccio';
	return await ensureInstalled({
		name: 'verdaccio',
		title,
		source: fileURLToPath(new URL('locked/', import.meta.url)),
		install: async (cwd, log) => await installLocked({ cwd, log, what: title, say }),
		say,
	});
}

/** Without another registry above it. */
const settings = (folder: string): object => ({
	storage: join(folder, 'packages'),
	auth: {},
	packages: { '**': { access: '$all', publish: '$all' } },
	web: { enable: false },
	log: { type: 'stdout', level: 'error' },
});
