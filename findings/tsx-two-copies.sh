#!/usr/bin/env bash
# tsx in Node 20: where package.json says nothing of modules, a class of a .ts file is there twice, once for the .ts files that
# import it and once for an .mts file; an error that the one throws is no instance of what the other catches.
. "$(dirname "$0")/lib/lib.sh"
packages tsx@4.23.15
mkdir tried
echo '{ "name": "tried" }' >tried/package.json
echo 'export class Failure extends Error {}' >tried/failure.ts
printf "import { Failure } from './failure';\nexport const fail = () => {\n\tthrow new Failure('no');\n};\n" >tried/fail.ts
cat >tried/main.mts <<'TS'
import { fail } from './fail.ts';
import { Failure } from './failure.ts';
try {
	fail();
} catch (error) {
	console.log(JSON.stringify([error.constructor.name, error instanceof Failure]));
}
TS
cat tried/main.mts >tried/other.ts
node_modules/.bin/tsx tried/main.mts >mts.json
node_modules/.bin/tsx tried/other.ts >ts.json
probe <<'JS'
import { readFileSync } from 'node:fs';
import { told } from './told.mjs';
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
told('caught in a .ts file', { seen: ['Failure', true] }, read('ts.json'));
// Node 24 loads the class once.
const isOld = Number.parseInt(process.versions.node) < 24;
told(
	'caught in an .mts file',
	isOld ? { guess: ['Failure', true], seen: ['Failure', false] } : { seen: ['Failure', true] },
	read('mts.json'),
);
JS
