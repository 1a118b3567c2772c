import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { TOP } from '../n8n/runtime.mts';
import { schemaFiles } from './schemas/files.mts';
import { vendors } from '../vendors.mts';

/** Makes the output schemas anew, which n8n's editor shows before a node has run. */
const nodes = join(TOP, 'nodes');
for (const { folder } of vendors) {
	await rm(join(nodes, folder, '__schema__'), { recursive: true, force: true });
}
for (const [path, content] of await schemaFiles()) {
	const file = join(nodes, path);
	await mkdir(dirname(file), { recursive: true });
	await writeFile(file, content);
}
