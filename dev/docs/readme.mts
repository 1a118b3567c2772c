import { readFile, writeFile } from 'node:fs/promises';
import { operationsPage, withOperations } from './operations.mts';

/** Makes the table of operations in docs/operations.md anew. */
await writeFile(operationsPage, withOperations(await readFile(operationsPage, 'utf8')));
