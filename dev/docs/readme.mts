import { readFile, writeFile } from 'node:fs/promises';
import { withOperations } from './operations.mts';

/** Makes the README's table of operations anew. */
const file = new URL('../../README.md', import.meta.url);
await writeFile(file, withOperations(await readFile(file, 'utf8')));
