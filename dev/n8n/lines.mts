import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import Table from 'cli-table3';
import { execa } from 'execa';
import { ensureRuntime, TOP, type Version, VERSIONS } from './runtime.mts';

/**
 * Runs the end-to-end tests on each named version of n8n, one after the other, and says what passed on which.
 * Ends with code 1 where a test failed on one of them.
 *
 *     npm run test:lines -- 2.0.3 2.20.12 2.41.1 1.123.81
 */
interface Results {
	numPassedTests: number;
	numFailedTests: number;
	numPendingTests: number;
	testResults: Array<{
		name: string;
		/** Of a file that could not be run at all. */
		message?: string;
		assertionResults: Array<{ fullName: string; status: string; failureMessages?: string[] }>;
	}>;
}

const named = process.argv.slice(2);
const wrong = named.filter((one) => !/^\d+\.\d+\.\d+$/.test(one));
if (wrong.length > 0) {
	console.error(`${wrong.join(', ')}: versions of n8n have three numbers, such as ${VERSIONS[0]}.`);
	process.exit(2);
}
const versions = (named.length > 0 ? named : VERSIONS) as readonly Version[];

const folder = join(TOP, '.runtime', 'lines');
await mkdir(folder, { recursive: true });
const table = new Table({ head: ['n8n', 'passed', 'failed', 'skipped', 'minutes'] });
let failures = 0;
for (const version of versions) {
	await ensureRuntime(version, (line) => console.log(`› ${line}`));
	const started = Date.now();
	const results = await test(version, join(folder, `${version}.json`));
	const minutes = ((Date.now() - started) / 60_000).toFixed(0);
	const broken = results.testResults.filter(
		({ assertionResults, message }) => assertionResults.length === 0 && message,
	);
	failures += results.numFailedTests + broken.length;
	table.push([
		version,
		results.numPassedTests,
		results.numFailedTests + broken.length,
		results.numPendingTests,
		minutes,
	]);
	for (const { name, message } of broken) console.log(`${version}: ${name}: ${message}`);
	for (const line of failed(results)) console.log(`${version}: ${line}`);
}
console.log(table.toString());
process.exit(failures === 0 ? 0 : 1);

/** @throws Error where jest ended without results */
async function test(version: Version, file: string): Promise<Results> {
	await rm(file, { force: true });
	const jest = ['run', 'jest', '--', '--selectProjects', 'e2e', '--maxWorkers=2'];
	const settings = ['--testTimeout=180000', '--forceExit', '--json', `--outputFile=${file}`];
	await execa('npm', [...jest, ...settings], {
		cwd: TOP,
		env: { N8N_VERSION: version },
		reject: false,
		stdio: ['ignore', 'ignore', 'ignore'],
	});
	if (!existsSync(file)) throw new Error(`The tests on n8n ${version} ended without results.`);
	return JSON.parse(await readFile(file, 'utf8')) as Results;
}

/** The tests that failed, with the first line of why. */
function failed({ testResults }: Results): string[] {
	return testResults.flatMap(({ assertionResults }) =>
		assertionResults
			.filter(({ status }) => status === 'failed')
			.map(
				({ fullName, failureMessages = [] }) =>
					`${fullName}: ${failureMessages[0]?.split('\n')[0] ?? ''}`,
			),
	);
}
