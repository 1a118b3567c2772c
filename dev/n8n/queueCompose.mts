import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { TOP } from './runtime.mts';

/** The folder that people with Docker start n8n's queue mode from. */
export const DEPLOY = join(TOP, 'deploy', 'queue');

/** A service of a compose file, as far as it is of interest here. */
export interface ComposeService {
	image: string;
	command?: string | string[];
	environment?: Record<string, string>;
	volumes?: string[];
	ports?: string[];
	healthcheck?: { test: string[] };
	depends_on?: Record<string, { condition: string }>;
	deploy?: { replicas?: number };
	/** Its part of a processor that is short, beside 1024 of a service that says nothing. */
	cpu_shares?: number;
}

export type ServiceName = 'postgres' | 'redis' | 'main' | 'webhook' | 'worker' | 'proxy';

export interface Compose {
	services: Record<ServiceName, ComposeService>;
}

/** What has to be filled in before Docker, or a test, can start: a line of .env each. */
export type Secrets = Record<string, string>;

/**
 * Reads deploy/queue/compose.yaml as `docker compose` would, with `${NAME:?…}` and `${NAME}` filled in.
 * @throws Error that names what is missing
 */
export async function readCompose(secrets: Secrets): Promise<Compose> {
	const text = await readFile(join(DEPLOY, 'compose.yaml'), 'utf8');
	const compose = parse(text, { merge: true }) as Compose;
	for (const service of Object.values(compose.services)) {
		for (const [name, value] of Object.entries(service.environment ?? {})) {
			(service.environment ??= {})[name] = fillIn(String(value), secrets);
		}
	}
	return compose;
}

/**
 * Fills in `${NAME}` and `${NAME:?Why it has to be there}`.
 * @throws Error that names what is missing
 */
export function fillIn(text: string, values: Record<string, string>): string {
	return text.replace(/\$\{(\w+)(?::\?([^}]*))?\}/g, (_, name: string, why = 'It is not set') => {
		const value = values[name];
		if (!value) throw new Error(`${name}: ${String(why)}`);
		return value;
	});
}

/** The niceness at which Linux gives a process that part of a processor: each step takes a fifth of it. */
export const nicenessOf = ({ cpu_shares: shares = 1024 }: ComposeService): number =>
	Math.round(Math.log(1024 / shares) / Math.log(1.25));

/** The names in .env.example, each with what stands there. */
export async function readEnvExample(): Promise<Secrets> {
	const lines = (await readFile(join(DEPLOY, '.env.example'), 'utf8')).split('\n');
	const pairs = lines.filter((line) => /^\w+=/.test(line)).map((line) => line.split(/=(.*)/s, 2));
	return Object.fromEntries(pairs as Array<[string, string]>);
}
