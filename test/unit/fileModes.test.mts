import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { N8nProcess } from '../../dev/n8n/process.mts';
import type { Runtime } from '../../dev/n8n/runtime.mts';
import { harmlessSettings } from '../../dev/npmSettings.mts';

it('What n8n writes in a demo is its user’s only, also where others could read it before', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'modes-'));
	await writeFile(join(folder, 'n8n.log'), '', { mode: 0o644 });
	// In the place of n8n: writes a file, says that it is ready, and waits.
	const script = join(folder, 'n8n.js');
	const code = `require('fs').writeFileSync('database.sqlite', 'a'); require('fs').mkdirSync('storage');
		console.log('ready'); setInterval(() => {}, 1000);`;
	await writeFile(script, code);
	const runtime = { node: process.execPath, n8n: script } as Runtime;
	const started = await N8nProcess.start(runtime, folder, {}, { args: [], ready: 'ready' });
	await started.stop();
	const modeOf = async (name: string) =>
		((await stat(join(folder, name))).mode & 0o777).toString(8);
	const modes = [];
	for (const name of ['.', 'n8n.log', 'database.sqlite', 'storage']) modes.push(await modeOf(name));
	await rm(folder, { recursive: true });
	expect(modes).toEqual(['700', '600', '600', '700']);
});

it('Of npm’s settings a fresh machine gets nothing that may be a token', () => {
	const settings = [
		'registry=https://registry.example/npm/',
		'@acme:registry = https://npm.acme.example',
		'cafile=/etc/ssl/ca.pem',
		'strict-ssl=true',
		'//registry.example/npm/:_authToken=secret-1',
		'_auth=secret-2',
		'_password=secret-3',
		'//registry.example/:certfile=/secret-4.pem',
		'email=secret-5@example.com',
		'https-proxy=http://me:secret-6@proxy.example:3128',
		'registry=https://me:secret-7@registry.example',
		'registry=https://registry.example/?token=secret-8',
		'proxy=me:secret-9@proxy',
		'; //registry.example/:_authToken=secret-10',
		'other=${SECRET_11}',
	].join('\n');
	expect(harmlessSettings(settings)).toBe(
		'registry=https://registry.example/npm/\n@acme:registry = https://npm.acme.example\ncafile=/etc/ssl/ca.pem\nstrict-ssl=true\n',
	);
});
