import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { TEMPLATE } from '../../dev/n8n/proxy.mts';
import { placement } from '../../dev/n8n/queue.mts';
import {
	DEPLOY,
	type ServiceName,
	nicenessOf,
	readCompose,
	readEnvExample,
} from '../../dev/n8n/queueCompose.mts';
import { VERSIONS } from '../../dev/n8n/runtime.mts';

const secrets = Object.fromEntries(
	Object.keys(await readEnvExample()).map((name) => [name, `value-of-${name}`]),
);
const { services } = await readCompose(secrets);
const n8n = ['main', 'webhook', 'worker'] as const satisfies ServiceName[];
const environmentOf = (name: ServiceName) => services[name].environment ?? {};

/** Whether Docker's plugin is on this machine; it needs no engine to read a file. */
function hasCompose(): boolean {
	try {
		execFileSync('docker', ['compose', 'version'], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}

describe('deploy/queue/compose.yaml', () => {
	it('has the processes of queue mode, three workers, and pinned official images', () => {
		expect(Object.keys(services).sort()).toEqual([
			'main',
			'postgres',
			'proxy',
			'redis',
			'webhook',
			'worker',
		]);
		expect(services.worker.deploy?.replicas).toBe(3);
		for (const name of n8n) expect(services[name].image).toBe(`n8nio/n8n:${VERSIONS[0]}`);
		expect(services.postgres.image).toMatch(/^postgres:\d+\.\d+$/);
		expect(services.redis.image).toMatch(/^redis:\d+\.\d+\.\d+$/);
		expect(services.proxy.image).toMatch(/^nginx:\d+\.\d+\.\d+$/);
	});

	it.each(['main', 'webhook', 'worker', 'postgres', 'redis', 'proxy'] as const)(
		'has a health check for %s',
		(name) => {
			expect(services[name].healthcheck?.test.length).toBeGreaterThan(1);
		},
	);

	it('gives all processes of n8n one key, one database, one queue, the nodes, and sandboxes only where needed', () => {
		for (const name of n8n) {
			expect(environmentOf(name)).toMatchObject({
				EXECUTIONS_MODE: 'queue',
				N8N_ENCRYPTION_KEY: secrets.N8N_ENCRYPTION_KEY,
				DB_POSTGRESDB_HOST: 'postgres',
				DB_POSTGRESDB_PASSWORD: environmentOf('postgres').POSTGRES_PASSWORD,
				DB_POSTGRESDB_USER: environmentOf('postgres').POSTGRES_USER,
				DB_POSTGRESDB_DATABASE: environmentOf('postgres').POSTGRES_DB,
				N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true',
				N8N_EXPRESSION_ENGINE_COMPILE_CACHE: 'true',
				QUEUE_BULL_REDIS_HOST: 'redis',
				QUEUE_BULL_REDIS_PASSWORD: environmentOf('redis').REDIS_PASSWORD,
			});
			expect(services[name].volumes).toContain('./nodes:/home/node/.n8n/nodes');
			for (const moved of placement) expect(Object.keys(environmentOf(name))).toContain(moved);
		}
	});

	it('ends long queries in PostgreSQL itself, since n8n would say so before each', () => {
		expect(services.postgres.command).toBe('postgres -c statement_timeout=5min');
		for (const name of n8n) expect(environmentOf(name).DB_POSTGRESDB_STATEMENT_TIMEOUT).toBe('0');
	});

	it('lets the workers wait for all others, in the tests as with Docker', () => {
		expect(nicenessOf(services.worker)).toBe(16);
		for (const name of ['main', 'webhook', 'postgres', 'redis'] as const)
			expect(nicenessOf(services[name])).toBe(0);
	});

	it('is reached by its proxy alone, from this machine', () => {
		const ports = Object.entries(services).flatMap(([name, service]) =>
			service.ports ? [[name, service.ports]] : [],
		);
		expect(ports).toEqual([['proxy', ['127.0.0.1:5678:8080']]]);
		expect(environmentOf('proxy').PORT).toBe('8080');
	});

	it('has a proxy that knows both processes, and the sizes that n8n takes', () => {
		const { MAIN, WEBHOOK, N8N_PAYLOAD_SIZE_MAX, N8N_FORMDATA_FILE_SIZE_MAX } =
			environmentOf('proxy');
		expect([MAIN, WEBHOOK]).toEqual(['main:5678', 'webhook:5678']);
		for (const name of n8n)
			expect(environmentOf(name)).toMatchObject({
				N8N_PAYLOAD_SIZE_MAX,
				N8N_FORMDATA_FILE_SIZE_MAX,
			});
		expect(services.proxy.volumes).toEqual([
			`./${TEMPLATE}:/etc/nginx/templates/default.conf.template:ro`,
		]);
	});

	it('has no secret in it, and says which one is missing', async () => {
		expect(Object.values(await readEnvExample()).every((value) => value === '')).toBe(true);
		for (const name of Object.keys(secrets)) {
			await expect(readCompose({ ...secrets, [name]: '' })).rejects.toThrow(name);
		}
	});

	(hasCompose() ? it : it.skip)('is what Docker reads without a complaint', () => {
		const env = { ...process.env, ...secrets };
		execFileSync('docker', ['compose', '--file', `${DEPLOY}/compose.yaml`, 'config', '--quiet'], {
			env,
		});
	});
});
