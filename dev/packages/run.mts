import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { INSTANCES } from '../n8n/runtime.mts';
import { readEditions } from './edition.mts';
import { type MadePackage, makePackage, outFolder } from './make.mts';
import { forEachBounded } from '../../nodes/engine/util/forEachBounded.ts';

/**
 * `npm run packages` cuts this tree into the package of all vendors and one for each, lints, builds, scans and
 * packs them. `-- --out DIR` says where to; `-- --only NAME` takes one of them.
 */
const { values } = parseArgs({ options: { out: { type: 'string' }, only: { type: 'string' } } });
/** Below a node_modules, where this project's own eslint does not look. */
const out = await outFolder(resolve(values.out ?? join(INSTANCES, 'packages')));
const atOnce = 2;

const editions = (await readEditions()).filter(
	({ name }) => values.only === undefined || name === values.only,
);
if (editions.length === 0) throw new Error(`No package is called ${values.only}.`);
const made: MadePackage[] = [];
const failure = await forEachBounded(editions, atOnce, async (edition) => {
	made.push(await makePackage(edition, out));
});
if (failure) {
	console.error(failure.thrown instanceof Error ? failure.thrown.message : failure.thrown);
	process.exit(1);
}

const head = ['Package', 'Files', 'KB packed', 'Findings'];
const table = new Table({ head, style: { head: [], border: [] } });
for (const { name, files, size } of made)
	table.push([name, files.length, (size / 1024).toFixed(1), 0]);
console.log(table.toString());
console.log(`In ${out}`);
await writeFile(join(out, 'packages.json'), `${JSON.stringify(made, null, '\t')}\n`);
