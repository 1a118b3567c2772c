import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

import { authorityFile } from '../kit/network/away.mts';
import type { Runtime } from './runtime.mts';

/**
 * The environment that n8n runs in. Little is taken over from the caller's, so that an instance
 * is the same on every machine, and no proxy stands between it and the simulators.
 * n8n makes the encryption key itself, at random, in `.n8n/config` of the folder.
 */
export function settings(
	runtime: Runtime,
	folder: string,
	port: number,
	brokerPort: number,
): Record<string, string> {
	const { HOME = folder, PATH = '', TMPDIR } = process.env;
	const authority = authorityFile();
	return {
		HOME,
		PATH: [dirname(runtime.node), PATH].join(delimiter),
		...(TMPDIR && { TMPDIR }),
		...(authority && { NODE_EXTRA_CA_CERTS: authority }),
		NODE_ENV: 'production',
		// What Node compiled of n8n's many files in one start it need not compile in the next.
		NODE_COMPILE_CACHE: join(dirname(runtime.n8n), '..', '..', '.compiled'),
		GENERIC_TIMEZONE: 'UTC',
		TZ: 'UTC',

		N8N_USER_FOLDER: folder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_PROTOCOL: 'http',
		WEBHOOK_URL: `http://127.0.0.1:${port}/`,
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${port}/`,
		N8N_SECURE_COOKIE: 'false',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
		N8N_LOG_LEVEL: 'info',
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '10',

		DB_TYPE: 'sqlite',
		// 1.x reads with one connection unless told so; 2.x has a pool anyway.
		DB_SQLITE_POOL_SIZE: '3',
		// Larger executions are listed without their data (2.x).
		EXECUTIONS_DATA_MAX_DISPLAY_SIZE: String(1024 ** 3),

		// Code nodes run in a process of their own, as 2.x always does it.
		N8N_RUNNERS_ENABLED: 'true',
		N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_PYTHON_ENABLED: 'false',

		// Without this, n8n 1.x offers no community node to an AI agent.
		N8N_COMMUNITY_PACKAGES_ALLOW_TOOL_USAGE: 'true',
		// What would call servers on the internet.
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_AI_ENABLED: 'false',
		...(hasModule(runtime, callsOut) && { N8N_DISABLED_MODULES: callsOut }),
		EXTERNAL_FRONTEND_HOOKS_URLS: '',
	};
}

/** A module of later 2.x that would call a server on the internet. */
const callsOut = 'mcp-registry';

/** Whether this n8n has a module: one that is told to leave out what it does not have ends at once. */
function hasModule({ n8n }: Runtime, name: string): boolean {
	const packages = join(dirname(n8n), '..', '..');
	const known = join(packages, '@n8n/backend-common/dist/modules/modules.config.js');
	return existsSync(known) && readFileSync(known, 'utf8').includes(`'${name}'`);
}
