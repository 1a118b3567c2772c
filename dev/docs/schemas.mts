import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { TOP } from '../n8n/runtime.mts';
import { columnFiles } from './schemas/columns.mts';
import { schemaFiles } from './schemas/files.mts';
import { recordNames } from './shippedNames.mts';
import { vendors } from '../vendors.mts';

/**
 * Makes the output schemas anew, which n8n's editor shows before a node has run, and from them the columns of lists
 * that are returned as CSV files. The list of names that were ever shipped gets those that are new.
 */
const nodes = join(TOP, 'nodes');
for (const { folder } of vendors) {
	await rm(join(nodes, folder, '__schema__'), { recursive: true, force: true });
}
const schemas = await schemaFiles();
for (const [path, content] of [...schemas, ...(await columnFiles(schemas))]) {
	const file = join(nodes, path);
	await mkdir(dirname(file), { recursive: true });
	await writeFile(file, content);
}
await recordNames();
