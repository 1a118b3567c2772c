import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEPLOY, fillIn } from './queueCompose.mts';
import { ownFolder, type Service, startServer } from './queueServices.mts';

/** In deploy/queue; what nginx's image makes of it stands inside `http {}`, as it does here. */
export const TEMPLATE = 'proxy.conf.template';
/** Where Debian puts it; an ordinary user's PATH does not lead there. */
const NGINX = '/usr/sbin/nginx';

/** nginx as a service, and what it wrote. */
export interface Proxy extends Service {
	/** All that it logged so far, whatever into. */
	logged(): Promise<string>;
}

/**
 * Starts nginx with the configuration of deploy/queue, on 127.0.0.1, be what it leads to up or not.
 * @param environment what the template asks for, as in compose.yaml: MAIN and WEBHOOK are host and port of n8n's
 * processes, the same where one is both
 * @throws Error with one sentence where nginx is not installed, or where the environment lacks something
 */
export async function startProxy(
	port: number,
	environment: Record<string, string>,
): Promise<Proxy> {
	// Addresses are numbers here, so that no name server is ever asked.
	const values = { ...environment, PORT: `127.0.0.1:${port}`, NGINX_LOCAL_RESOLVERS: '127.0.0.1' };
	const folder = await ownFolder('nginx-');
	const servers = fillIn(await readFile(join(DEPLOY, TEMPLATE), 'utf8'), values)
		// What its image shows as the container's output.
		.replace('/dev/stdout', join(folder, 'shown.log'))
		.replace('/dev/stderr', join(folder, 'shown-error.log'));
	const config = join(folder, 'nginx.conf');
	await writeFile(config, whole(folder, servers));
	const service = await startServer(NGINX, ['-c', config], {
		folder,
		port,
		ready: 'start worker process',
		end: 'SIGTERM',
		debian: 'nginx',
	});
	const logged = async () => {
		const logs = (await readdir(folder)).filter((name) => name.endsWith('.log'));
		const texts = logs.map(async (name) => await readFile(join(folder, name), 'utf8'));
		return (await Promise.all(texts)).join('');
	};
	return { ...service, logged };
}

/** The parts around the template that nginx's image has by itself, with its logs. */
const whole = (folder: string, servers: string): string => `
daemon off;
user root;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log stderr notice;
error_log ${folder}/error.log notice;
events {
	worker_connections 1024;
}
http {
	access_log ${folder}/access.log;
	client_body_temp_path ${folder}/body;
	proxy_temp_path ${folder}/proxy;
	fastcgi_temp_path ${folder}/fastcgi;
	uwsgi_temp_path ${folder}/uwsgi;
	scgi_temp_path ${folder}/scgi;
${servers}
}
`;
