#!/usr/bin/env bash
# jest with ES modules: modules that are imported side by side and share a module of Node cannot be linked; one after
# the other they can. Node itself takes both.
. "$(dirname "$0")/lib/lib.sh"
packages jest@30.2.0
mkdir -p tried
printf "import http from 'node:http';\nexport default http;\n" >tried/shared.mjs
for name in one two; do
	printf "import http from './shared.mjs';\nexport const verbs = http.METHODS.length;\n" >tried/$name.mjs
done
printf '{"testMatch":["**/*.test.mjs"],"transform":{},"moduleFileExtensions":["mjs","js"],"rootDir":"tried"}' >jest.json
cat >tried/load.mjs <<'JS'
export const sideBySide = async () =>
	await Promise.all(['./one.mjs', './two.mjs'].map((file) => import(file)));
JS
cat >tried/any.test.mjs <<'JS'
import { sideBySide } from './load.mjs';
test('side by side', async () => {
	await sideBySide();
});
JS
cat >tried/ordered.test.mjs <<'JS'
test('one after the other', async () => {
	for (const file of ['./one.mjs', './two.mjs']) await import(file);
});
JS
node --experimental-vm-modules node_modules/jest/bin/jest.js --config jest.json --json >jest-results.json 2>jest.log || true
probe <<'JS'
import { readFileSync } from 'node:fs';
import { told } from './told.mjs';
import { sideBySide } from './tried/load.mjs';
const { testResults } = JSON.parse(readFileSync('jest-results.json', 'utf8'));
const results = testResults.flatMap(({ assertionResults }) => assertionResults);
const statusOf = (title) => results.find((one) => one.title === title)?.status;
const loaded = await sideBySide();

told('modules that Node loads side by side', { seen: 2 }, loaded.length);
told('one after the other in jest', { seen: 'passed' }, statusOf('one after the other'));
told('side by side in jest', { guess: 'passed', seen: 'failed' }, statusOf('side by side'));
const said = results.find(({ title }) => title === 'side by side').failureMessages.join();
told('its reason', { seen: true }, said.includes("'node:http' is not in cache"));
JS
