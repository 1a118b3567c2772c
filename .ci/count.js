// Adds up what jest wrote. A step that did not succeed before or beside the tests counts as failed too.
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const folder = '.runtime/results';
const status = Number(process.argv[2]);

function results() {
	try {
		return readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
	} catch (error) {
		console.error(`No results of tests were found: ${error.message}`);
		return [];
	}
}

let passed = 0;
let failed = 0;
for (const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } of results()) {
	passed += numPassedTests;
	failed += numFailedTests + numRuntimeErrorTestSuites;
}
if (status !== 0 && failed === 0) failed = 1;
console.log(`${passed} passed, ${failed} failed`);
