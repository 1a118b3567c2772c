import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startDemo } from './demo/demo.mts';
import { say } from './demo/terminal.mts';
import { TOP } from './n8n/runtime.mts';

/** For people who change the nodes: rebuilds on save, and the running n8n reads them anew. */
const demo = await startDemo({
	live: false,
	fresh: false,
	port: 5678,
	version: '2.41.1',
	reload: true,
});
demo.introduce();
say('Watching nodes, credentials and icons. Save a file, then reload the page of the editor');
const unpacked = join(demo.folder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-sales-engagement');
const gulp = spawn(process.execPath, [join(TOP, 'node_modules/gulp/bin/gulp.js'), 'watch'], {
	cwd: TOP,
	stdio: 'inherit',
	env: { ...process.env, DEPLOY_TO: join(unpacked, 'dist') },
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => gulp.kill());
await once(gulp, 'exit');
await demo.stop();
