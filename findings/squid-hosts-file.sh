#!/usr/bin/env bash
# Squid: which address it asks for a name that /etc/hosts has two lines for, as most machines have localhost. It asks
# that of the last line and no other; the system's own resolver gives both.
. "$(dirname "$0")/lib/lib.sh"
debian squid-openssl=5.7-2+deb12u6
export PATH="$PATH:/usr/sbin"
probe <<'JS'
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { told } from './told.mjs';

const target = http.createServer((_, response) => response.end('here')).listen(0, '127.0.0.1');
await once(target, 'listening');
const free = createServer().listen(0, '127.0.0.1');
await once(free, 'listening');
const { port } = free.address();
free.close();

/** To Squid, once it listens. */
async function connection() {
	for (let tries = 0; tries < 100; tries++) {
		const socket = connect(port, '127.0.0.1');
		const [error] = await Promise.race([once(socket, 'connect'), once(socket, 'error')]).catch(
			(thrown) => [thrown],
		);
		if (!error) return socket;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error('Squid does not listen');
}

/** The status with which a Squid that has these hosts answers who wants to be connected to the target by its name. */
async function connected(hosts) {
	const folder = mkdtempSync(join(tmpdir(), 'squid-'));
	writeFileSync(join(folder, 'hosts'), hosts);
	const lines = [
		`http_port 127.0.0.1:${port}`,
		`pid_filename ${folder}/pid`,
		`cache_log ${folder}/log`,
		`hosts_file ${folder}/hosts`,
		'access_log none',
		'cache deny all',
		'shutdown_lifetime 0 seconds',
		'dns_nameservers 127.0.0.1',
		'http_access allow all',
	];
	writeFileSync(join(folder, 'conf'), lines.join('\n') + '\n');
	chmodSync(folder, 0o755);
	if (process.getuid() === 0) execFileSync('chown', ['-R', 'proxy:proxy', folder]);
	const squid = spawn('squid', ['-N', '-d1', '-f', join(folder, 'conf')]);
	try {
		squid.stderr.resume();
		const socket = await connection();
		const name = `localhost:${target.address().port}`;
		socket.write(`CONNECT ${name} HTTP/1.1\r\nHost: ${name}\r\n\r\n`);
		const [answer] = await once(socket, 'data');
		socket.destroy();
		return Number(answer.toString().split(' ')[1]);
	} finally {
		const ended = once(squid, 'exit');
		squid.kill();
		await ended;
		rmSync(folder, { recursive: true });
	}
}

const [four, six] = ['127.0.0.1 localhost\n', '::1 localhost\n'];
told('only 127.0.0.1', { seen: 200 }, await connected(four));
told('127.0.0.1, then ::1', { guess: 200, seen: 503 }, await connected(four + six));
told('::1, then 127.0.0.1', { seen: 200 }, await connected(six + four));
target.close();
JS
