import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { execa } from 'execa';
import { ensureRuntime, TOP, type Version, VERSIONS } from './runtime.mts';

/**
 * Installs each named version of n8n beside the others, runs the end-to-end tests on it, one version after the other,
 * and says what passed on which. Ends with code 1 where a test failed on one of them, or one could not be installed.
 *
 *     npm run test:lines -- 2.0.3 2.20.12 2.41.1 1.123.81
 *     npm run test:lines -- 2.0.3 --files 'typeVersions|credentials'
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

const { positionals: named, values } = parseArgs({
	allowPositionals: true,
	options: { files: { type: 'string', default: 'test/e2e/' } },
});
const wrong = named.filter((one) => !/^\d+\.\d+\.\d+$/.test(one));
if (wrong.length > 0) {
	console.error(`${wrong.join(', ')}: versions of n8n have three numbers, such as ${VERSIONS[0]}.`);
	process.exit(2);
}
const versions = (named.length > 0 ? named : VERSIONS) as readonly Version[];

const say = (line: string) => console.log(`› ${line}`);
const folder = join(TOP, '.runtime', 'lines');
await mkdir(folder, { recursive: true });
const table = new Table({ head: ['n8n', 'passed', 'failed', 'skipped', 'minutes'] });
let failures = 0;
for (const version of versions) {
	const { row, failed, lines } = await rowOf(version).catch((error: Error) =>
		notRun(version, error),
	);
	table.push(row);
	failures += failed;
	for (const line of lines) console.log(`${version}: ${line}`);
}
console.log(table.toString());
process.exit(failures === 0 ? 0 : 1);

/** A line of the table, and below it what failed. */
interface Outcome {
	row: Parameters<typeof table.push>[0];
	failed: number;
	lines: string[];
}

/** @throws Error where n8n cannot be installed, or jest ended without results */
async function rowOf(version: Version): Promise<Outcome> {
	await ensureRuntime(version, say);
	const started = Date.now();
	const results = await test(version, join(folder, version));
	const minutes = ((Date.now() - started) / 60_000).toFixed(0);
	const broken = results.testResults.filter(
		({ assertionResults, message }) => assertionResults.length === 0 && message,
	);
	const failed = results.numFailedTests + broken.length;
	return {
		row: [version, results.numPassedTests, failed, results.numPendingTests, minutes],
		failed,
		lines: [...broken.map(({ name, message }) => `${name}: ${message}`), ...failedTests(results)],
	};
}

/** One version that cannot be had does not keep the others from being tried. */
function notRun(version: Version, { message }: Error): Outcome {
	return { row: [version, { colSpan: 4, content: 'not run' }], failed: 1, lines: [message] };
}

/**
 * @param place where results and log go to, without an ending
 * @throws Error where jest ended without results
 */
async function test(version: Version, place: string): Promise<Results> {
	const file = `${place}.json`;
	const log = { file: `${place}.log` } as const;
	await rm(file, { force: true });
	say(`Testing on n8n ${version}; what jest says is in ${log.file}`);
	const jest = ['run', 'jest', '--', '--selectProjects', 'e2e', '--testPathPatterns', values.files];
	const settings = [
		'--maxWorkers=2',
		'--testTimeout=180000',
		'--forceExit',
		'--json',
		`--outputFile=${file}`,
	];
	await execa('npm', [...jest, ...settings], {
		cwd: TOP,
		env: { N8N_VERSION: version },
		reject: false,
		stdin: 'ignore',
		stdout: log,
		stderr: log,
	});
	if (!existsSync(file)) throw new Error(`The tests ended without results; see ${log.file}.`);
	return JSON.parse(await readFile(file, 'utf8')) as Results;
}

/** The tests that failed, with the first line of why. */
function failedTests({ testResults }: Results): string[] {
	return testResults.flatMap(({ assertionResults }) =>
		assertionResults
			.filter(({ status }) => status === 'failed')
			.map(
				({ fullName, failureMessages = [] }) =>
					`${fullName}: ${failureMessages[0]?.split('\n')[0] ?? ''}`,
			),
	);
}
