import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './process.mts';
import { ownFolder, type Service, startServer } from './queueServices.mts';

const run = promisify(execFile);

/** Where Debian puts them; an ordinary user's PATH does not lead there. */
const SQUID = '/usr/sbin/squid';
const NCSA = '/usr/lib/squid/basic_ncsa_auth';
const TINYPROXY = '/usr/bin/tinyproxy';

/** A proxy as companies have it. */
export interface ForwardProxy extends Service {
	/** As HTTPS_PROXY takes it, without a password. */
	url: string;
}

export interface ForwardProxyOptions {
	/** Who may use it; anybody if not said. */
	user?: { name: string; password: string };
	/** Hosts to which no connection is made: what is asked for there is refused with 403. */
	denied?: readonly string[];
}

export interface SquidOptions extends ForwardProxyOptions {
	/** Names that lead to this machine, and that only the proxy can look up. */
	names?: readonly string[];
}

/** Debian's Squid, which keeps nothing. @throws Error with one sentence where it is not installed */
export async function startSquid({
	user,
	denied = [],
	names = [],
}: SquidOptions = {}): Promise<ForwardProxy> {
	const port = await freePort();
	// Squid gives up root's rights before it reads the passwords.
	const folder = await ownFolder('squid-', await account());
	const passwords = join(folder, 'passwords');
	// Of two lines for a name, Squid takes the last: on many machines ::1, where no simulator listens.
	const hosts = join(folder, 'hosts');
	await writeFile(hosts, `127.0.0.1 ${['localhost', ...names].join(' ')}\n`, { mode: 0o644 });
	const lines = [
		`http_port 127.0.0.1:${port}`,
		`pid_filename ${folder}/squid.pid`,
		`cache_log ${folder}/cache.log`,
		'access_log none',
		'cache deny all',
		'shutdown_lifetime 0 seconds',
		// Addresses are numbers here, so that no name server is ever asked.
		'dns_nameservers 127.0.0.1',
		`hosts_file ${hosts}`,
		...denied.map((host) => `acl denied dst ${host}`),
		...(denied.length > 0 ? ['http_access deny denied'] : []),
		...(user
			? [
					`auth_param basic program ${NCSA} ${passwords}`,
					'auth_param basic children 1',
					'acl known proxy_auth REQUIRED',
					'http_access allow known',
					'http_access deny all',
				]
			: ['http_access allow all']),
	];
	if (user) {
		const { stdout } = await run('openssl', ['passwd', '-apr1', user.password]);
		await writeFile(passwords, `${user.name}:${stdout}`, { mode: 0o644 });
	}
	const config = join(folder, 'squid.conf');
	await writeFile(config, lines.join('\n') + '\n');
	const service = await startServer(SQUID, ['-N', '-d1', '-f', config], {
		folder,
		port,
		ready: 'Accepting HTTP Socket connections',
		end: 'SIGTERM',
		debian: 'squid-openssl',
	});
	return { ...service, url: `http://127.0.0.1:${port}` };
}

/** Debian's Tinyproxy. @throws Error with one sentence where it is not installed */
export async function startTinyproxy({
	user,
	denied = [],
}: ForwardProxyOptions = {}): Promise<ForwardProxy> {
	const port = await freePort();
	const folder = await ownFolder('tinyproxy-');
	const filter = join(folder, 'filter');
	await writeFile(filter, denied.map((host) => `^${host.replaceAll('.', '\\.')}$\n`).join(''));
	const lines = [
		`Port ${port}`,
		'Listen 127.0.0.1',
		'Timeout 60',
		'MaxClients 200',
		'LogLevel Info',
		'FilterType ere',
		`Filter "${filter}"`,
		...(user ? [`BasicAuth ${user.name} ${user.password}`] : []),
	];
	const config = join(folder, 'tinyproxy.conf');
	await writeFile(config, lines.join('\n') + '\n');
	const service = await startServer(TINYPROXY, ['-d', '-c', config], {
		folder,
		port,
		ready: 'Accepting connections',
		end: 'SIGTERM',
		debian: 'tinyproxy',
	});
	return { ...service, url: `http://127.0.0.1:${port}` };
}

/** Debian's package makes an account for it, which it runs as where root starts it. */
async function account(): Promise<{ uid?: number; gid?: number }> {
	if (process.getuid?.() !== 0) return {};
	const id = async (flag: string) => Number((await run('id', [flag, 'proxy'])).stdout);
	return { uid: await id('-u'), gid: await id('-g') };
}
